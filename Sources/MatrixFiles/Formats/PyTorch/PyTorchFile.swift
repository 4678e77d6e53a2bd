import LinearAlgebra

/// An opened checkpoint of PyTorch, of either form.
struct PyTorchFile: MatrixFile {
  let format: String
  let tensors: [TensorEntry]
  let unreadable: [UnreadableTensor]
  let notes: [String]

  private let bytes: any ByteSource
  /// The archive that the storages are in, where there is one.
  private let archive: ZipArchive?
  private let isBigEndian: Bool
  private let members: [PyTorchListing.Member]
  private let memberOfEntry: [TensorEntry: Int]
  private let numbers: NameTable<PyTorchListing.Member>

  var source: String { bytes.name }

  /// The file of what `listing` found in `bytes`.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when there is none.
  init(
    _ listing: PyTorchListing, format: String, bytes: any ByteSource, archive: ZipArchive? = nil,
    isBigEndian: Bool = false, notes: [String] = []
  ) throws(FileError) {
    guard !listing.members.isEmpty || !listing.unreadable.isEmpty else {
      throw .invalid(bytes.name, reason: "it is a PyTorch checkpoint without a tensor")
    }
    self.format = format
    self.bytes = bytes
    self.archive = archive
    self.isBigEndian = isBigEndian
    self.notes = notes + listing.notes
    members = listing.members
    numbers = listing.numbers
    var (tensors, unreadable) = (members.map(\.entry), listing.unreadable)
    memberOfEntry = Dictionary(tensors.enumerated().map { ($1, $0) }) { first, _ in first }
    PackedWeights.separate(&tensors, &unreadable)
    (self.tensors, self.unreadable) = (tensors, unreadable)
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    guard let index = memberOfEntry[entry] else {
      throw .chooseTensor(source, names: tensors.compactMap(\.name), asked: entry.name)
    }
    return try load(members[index], as: entry, options: options, control: control)
  }

  func number(named name: String, control: WorkControl) throws(FileError) -> Double? {
    guard let member = numbers[name] else { return nil }
    return try load(member, as: member.entry, options: ReadOptions(), control: control).matrix[0, 0]
  }

  private func load(
    _ member: PyTorchListing.Member, as entry: TensorEntry, options: ReadOptions, control: WorkControl
  ) throws(FileError) -> LoadedMatrix {
    let tensor = member.tensor
    let storage = try stream(of: member.place)
    // Only the whole storage has a sum. Some writers leave it out.
    let isWhole = member.start == 0 && tensor.span * tensor.type.block.bytes == member.place.count
    let checksum = options.view == .usual && isWhole ? member.place.entry?.checksum ?? 0 : 0
    let checked = checksum != 0 ? ChecksumStream(storage) : nil
    let stream: any ByteStream = checked ?? storage
    try stream.skip(member.start, control: control)

    let loaded: LoadedMatrix
    if tensor.isNested {
      let layout = TensorLayout(entry: entry, isBigEndian: isBigEndian, strides: tensor.strides)
      loaded = try layout.read(from: stream, options: options, source: source, control: control)
    } else {
      let repeated = OverlappingElements(
        of: stream, axes: tensor.axes, strides: tensor.strides, elementSize: tensor.type.block.bytes, source: source,
        control: control)
      let layout = TensorLayout(entry: entry, isBigEndian: isBigEndian)
      loaded = try layout.read(from: repeated, options: options, source: source, control: control)
    }
    if let checked, checked.count == member.place.count, checked.checksum != checksum {
      throw .invalid(source, reason: "\(entry.subject) is damaged: its checksum does not match")
    }
    return loaded
  }

  private func stream(of place: PyTorchPlace) throws(FileError) -> any ByteStream {
    if let archive, let entry = place.entry { return try archive.stream(entry, of: bytes) }
    return RangeStream(bytes, from: place.offset, count: place.count)
  }
}
