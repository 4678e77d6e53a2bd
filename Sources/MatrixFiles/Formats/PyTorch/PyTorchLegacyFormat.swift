import LinearAlgebra

/// PyTorch's checkpoints before version 1.6: five pickles one after the other, then the storages.
///
/// Source: torch/serialization.py, `_legacy_save`.
struct PyTorchLegacyFormat: FileFormat {
  let name = "pytorch-legacy"
  let summary = "a PyTorch checkpoint of before version 1.6 (.pt, .pth, .bin): its tensors; nothing in it is run"

  /// The number 0x1950a86a20f9469cfc6c as a pickle writes it, after the protocol and perhaps a frame.
  private static let magic: [UInt8] = [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]

  func recognises(_ prefix: [UInt8]) -> Bool {
    guard prefix.count > 11, prefix[0] == 0x80 else { return false }
    return prefix[2...].starts(with: Self.magic) || prefix[11...].starts(with: Self.magic)
  }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    var position = 0
    func next(_ title: String) throws(FileError) -> Pickle {
      let pickle = try PickleInterpreter.read(
        PickleBytes(bytes, in: position..<bytes.count, title: title, origin: 0), control: control)
      position = pickle.end
      return pickle
    }
    _ = try next("its magic number")
    let version = try next("its version")
    guard version.arena.integer(version.root) == 1001 else {
      throw .invalid(bytes.name, reason: "it is a PyTorch checkpoint of an unknown version; save it again")
    }
    _ = try next("its description of the machine")
    let object = try next("its pickle of the tensors")
    let keys = try next("its list of storages")

    let findings = try PyTorchWalk.findings(of: object, source: bytes.name, control: control)
    let storages = try PyTorchLegacyStorages(
      keys, from: position, in: bytes, elementSizes: PyTorchBuilders(arena: object.arena).storageElementSizes)
    var listing = PyTorchListing(source: bytes.name)
    try listing.add(findings, in: object.arena) { (storage) throws(PyTorchRefusal) in try storages.place(of: storage) }
    let left = bytes.count - storages.end
    return try PyTorchFile(
      listing, format: name, bytes: bytes,
      notes: left > 0 ? ["\(left) bytes follow its last storage and are not read"] : [])
  }
}

/// The storages at the end of a checkpoint: each is the number of its elements in 64 bits, then the elements; all of it
/// with the lowest byte first, whatever machine wrote it.
struct PyTorchLegacyStorages {
  private var places: [String: PyTorchPlace] = [:]
  /// The offset after the last one.
  private(set) var end: Int

  /// Finds the storages that `keys` lists, from `start` on.
  ///
  /// - Parameter elementSizes: the bytes of an element of each, which only the tensors know.
  /// - Throws: ``FileError/invalid(_:reason:)`` when the file ends before they do.
  init(
    _ keys: Pickle, from start: Int, in bytes: any ByteSource, elementSizes: [String: Int]
  ) throws(FileError) {
    end = start
    guard let keys = keys.arena.sequence(keys.root).map({ elements in elements.map(keys.arena.text) }) else {
      throw .invalid(bytes.name, reason: "its list of storages is damaged")
    }
    for key in keys {
      guard let key, let size = elementSizes[key] else {
        throw .invalid(
          bytes.name,
          reason: "it lists the storage “\(printable(key ?? "?"))”, whose elements no tensor knows; save it again")
      }
      let length = try bytes.bytes(at: end, count: 8)
      guard length.count == 8, let count = length.u64(0), let byteCount = checkedProduct([count, size]),
        byteCount <= bytes.count - end - 8
      else {
        throw .invalid(
          bytes.name, reason: "it ends before its storage “\(printable(key))” does; copy or save it again")
      }
      guard places.updateValue(PyTorchPlace(offset: end + 8, count: byteCount), forKey: key) == nil else {
        throw .invalid(bytes.name, reason: "it lists the storage “\(printable(key))” twice")
      }
      end += 8 + byteCount
    }
  }

  /// Where `storage` is.
  func place(of storage: PyTorchStorage) throws(PyTorchRefusal) -> PyTorchPlace {
    guard let place = places[storage.key] else {
      throw PyTorchRefusal("is damaged: its storage “\(printable(storage.key))” is missing")
    }
    guard place.count == storage.byteCount else {
      throw PyTorchRefusal(
        "is damaged: its storage “\(printable(storage.key))” has \(place.count) bytes instead of \(storage.byteCount)")
    }
    return place
  }
}
