import LinearAlgebra

/// NumPy's archive of named arrays: a ZIP of `.npy` files, stored or deflated.
struct NPZFormat: ArchiveFormat {
  let name = "npz"
  let summary = "NumPy arrays (.npz): numpy.savez and numpy.savez_compressed; a name chooses one of several"

  func recognises(_ archive: ZipArchive) -> Bool { archive.entries.contains { $0.name.hasSuffix(".npy") } }

  func open(
    _ archive: ZipArchive, of bytes: any ByteSource, control: WorkControl
  ) throws(FileError) -> any MatrixFile {
    var members: [NPZFile.Member] = []
    var unreadable: [UnreadableTensor] = []
    var names = Set<ExactName>()
    for (index, entry) in archive.entries.enumerated() where entry.name.hasSuffix(".npy") {
      try control.advance(Double(index) / Double(archive.entries.count))
      let name = String(entry.name.dropLast(4))
      guard names.insert(ExactName(name)).inserted else {
        throw zipError(bytes.name, "it has two arrays called “\(printable(name))”")
      }
      do {
        let member = try member(entry, name: name, in: archive, of: bytes)
        let tensor = member.header.layout.entry
        if tensor.axes.isEmpty {
          unreadable.append(
            UnreadableTensor(
              name: name, reason: "\(tensor.subject) is a single number, not a matrix", type: tensor.type.rawValue,
              bytes: tensor.bytes))
        } else {
          members.append(member)
        }
      } catch .invalid(_, let reason) {
        unreadable.append(UnreadableTensor(name: name, reason: reason))
      }
    }
    var tensors = members.map(\.header.layout.entry)
    PackedWeights.separate(&tensors, &unreadable)
    return NPZFile(bytes: bytes, archive: archive, tensors: tensors, members: members, unreadable: unreadable)
  }

  private func member(
    _ entry: ZipArchive.Entry, name: String, in archive: ZipArchive, of bytes: any ByteSource
  ) throws(FileError) -> NPZFile.Member {
    let stream = try archive.stream(entry, of: bytes)
    let header = try NPYHeader(from: stream, name: name, available: entry.size, source: bytes.name)
    return NPZFile.Member(entry: entry, header: header)
  }
}

/// An opened `.npz`.
private struct NPZFile: MatrixFile {
  struct Member: Sendable {
    let entry: ZipArchive.Entry
    let header: NPYHeader
  }

  let bytes: any ByteSource
  let archive: ZipArchive
  let tensors: [TensorEntry]
  let members: [Member]
  let unreadable: [UnreadableTensor]

  var source: String { bytes.name }
  var format: String { "npz" }

  func number(named name: String, control: WorkControl) throws(FileError) -> Double? {
    guard let member = archive.entries.first(where: { $0.name.isExactly(name + ".npy") }) else { return nil }
    let stream = try archive.stream(member, of: bytes)
    let header = try NPYHeader(from: stream, name: name, available: member.size, source: source)
    guard header.layout.entry.axes.isEmpty else { return nil }
    return try header.layout.readNumber(from: stream, source: source, control: control)
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    guard let member = members.first(where: { $0.header.layout.entry == entry }) else {
      throw .chooseTensor(source, names: tensors.compactMap(\.name), asked: entry.name)
    }
    let stream = ChecksumStream(try archive.stream(member.entry, of: bytes))
    _ = try stream.next(member.header.byteCount)
    let loaded = try member.header.layout.read(from: stream, options: options, source: source, control: control)
    // Bytes beyond the entries are legal, and then the sum over all is not known. Some writers leave the sum out.
    let isWhole = member.header.byteCount + entry.bytes == member.entry.size
    if isWhole, member.entry.checksum != 0 {
      // A slice ends before its array does, and only the whole has a sum.
      try stream.skip(member.entry.size - stream.count, control: control)
      guard stream.checksum == member.entry.checksum else {
        throw .invalid(source, reason: "\(entry.subject) is damaged: its checksum does not match")
      }
    }
    return loaded
  }
}
