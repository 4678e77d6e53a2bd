import LinearAlgebra

/// PyTorch's checkpoints since version 1.6: a ZIP of a pickle and the storages that it refers to. TorchScript programs are
/// such archives too.
///
/// Source: pytorch/docs/source/notes/serialization.rst.
struct PyTorchFormat: ArchiveFormat {
  let name = "pytorch"
  let summary = "a PyTorch checkpoint or TorchScript program (.pt, .pth, .bin): its tensors; nothing in it is run"

  func recognises(_ archive: ZipArchive) -> Bool { Self.prefix(of: archive) != nil }

  func open(
    _ archive: ZipArchive, of bytes: any ByteSource, control: WorkControl
  ) throws(FileError) -> any MatrixFile {
    guard let prefix = Self.prefix(of: archive) else {
      throw zipError(bytes.name, "it has no pickle of a checkpoint")
    }
    var entries = NameTable<ZipArchive.Entry>()
    for entry in archive.entries where entries.updateValue(entry, forName: entry.name) != nil {
      throw zipError(bytes.name, "it has two entries called “\(printable(entry.name))”")
    }
    let isBigEndian = try Self.isBigEndian(entries[prefix + "byteorder"], in: archive, of: bytes)
    var listing = PyTorchListing(source: bytes.name)
    for part in ["data", "constants"] {
      guard let entry = entries["\(prefix)\(part).pkl"] else { continue }
      let pickle = try PickleInterpreter.read(
        Self.pickle(entry, title: "its \(part).pkl", in: archive, of: bytes), control: control)
      let findings = try PyTorchWalk.findings(
        of: pickle, isConstants: part == "constants", source: bytes.name, control: control)
      try listing.add(findings, in: pickle.arena) { (storage) throws(PyTorchRefusal) in
        try Self.place(of: storage, in: entries["\(prefix)\(part)/\(storage.key)"])
      }
    }
    return try PyTorchFile(listing, format: name, bytes: bytes, archive: archive, isBigEndian: isBigEndian)
  }

  /// The one directory that everything is in, with its slash.
  private static func prefix(of archive: ZipArchive) -> String? {
    for entry in archive.entries where entry.name.hasSuffix("/data.pkl") {
      let prefix = entry.name.dropLast("data.pkl".utf8.count)
      if prefix.firstIndex(of: "/") == prefix.indices.last { return String(prefix) }
    }
    return nil
  }

  /// The bytes of a pickle: a range of the file, or unpacked to memory.
  private static func pickle(
    _ entry: ZipArchive.Entry, title: String, in archive: ZipArchive, of bytes: any ByteSource
  ) throws(FileError) -> PickleBytes {
    let stream = try archive.stream(entry, of: bytes)
    if entry.method == 0 {
      let start = entry.dataOffset
      return PickleBytes(bytes, in: start..<start + entry.size, title: title, origin: start)
    }
    guard entry.size <= pickleLimit else {
      throw .invalid(bytes.name, reason: "\(title) takes \(MemoryBudget.describe(entry.size)), more than is unpacked")
    }
    let unpacked = SpooledBytes(name: bytes.name, try stream.next(entry.size))
    return PickleBytes(unpacked, in: 0..<unpacked.count, title: title, origin: 0)
  }

  /// Of a pickle that is unpacked.
  private static let pickleLimit = 1 << 26

  private static func isBigEndian(
    _ entry: ZipArchive.Entry?, in archive: ZipArchive, of bytes: any ByteSource
  ) throws(FileError) -> Bool {
    guard let entry else { return false }
    let word = try archive.stream(entry, of: bytes).next(min(entry.size, 16))
    switch word {
    case Array("little".utf8): return false
    case Array("big".utf8): return true
    default: throw .invalid(bytes.name, reason: "its byte order is neither little nor big")
    }
  }

  private static func place(
    of storage: PyTorchStorage, in entry: ZipArchive.Entry?
  ) throws(PyTorchRefusal) -> PyTorchPlace {
    guard let entry else { throw PyTorchRefusal("is damaged: its storage “\(printable(storage.key))” is missing") }
    guard entry.size == storage.byteCount else {
      throw PyTorchRefusal(
        "is damaged: its storage “\(printable(storage.key))” has \(entry.size) bytes instead of \(storage.byteCount)")
    }
    return PyTorchPlace(offset: entry.dataOffset, count: entry.size, entry: entry)
  }
}
