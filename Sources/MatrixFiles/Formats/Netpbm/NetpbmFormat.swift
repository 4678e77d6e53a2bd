import LinearAlgebra

/// A Netpbm picture: PGM (grey) as stored, PPM (colour) as its luma; plain or raw, up to 16 bits.
///
/// Source: the Netpbm format specifications, pgm(5) and ppm(5).
struct NetpbmFormat: FileFormat {
  let name = "pnm"
  let summary = "a Netpbm picture (.pgm, .ppm): grey as stored, colour as luma; plain or raw, up to 16 bits"

  func recognises(_ prefix: [UInt8]) -> Bool {
    guard prefix.count > 2, prefix[0] == UInt8(ascii: "P"), NetpbmHeader.Kind(rawValue: prefix[1]) != nil else {
      return false
    }
    return prefix[2].isSpace || prefix[2] == UInt8(ascii: "#")
  }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    NetpbmFile(bytes: bytes, header: try NetpbmHeader(bytes))
  }
}

/// The header: kind, width, height and the largest sample, with comments anywhere between.
struct NetpbmHeader: Hashable, Sendable {
  /// The second byte of the file.
  enum Kind: UInt8 {
    case plainGrey = 0x32
    case plainColour = 0x33
    case rawGrey = 0x35
    case rawColour = 0x36
  }

  let kind: Kind
  let width: Int, height: Int
  /// The sample that means white.
  let maximum: Int
  /// Where the samples begin.
  let dataOffset: Int

  var isColour: Bool { kind == .plainColour || kind == .rawColour }
  var isRaw: Bool { kind == .rawGrey || kind == .rawColour }
  /// The bytes of a raw sample.
  var sampleSize: Int { maximum < 256 ? 1 : 2 }
  /// The samples of the picture.
  var sampleCount: Int { width * height * (isColour ? 3 : 1) }

  init(_ bytes: any ByteSource) throws(FileError) {
    let prefix = try bytes.bytes(at: 0, count: 1 << 16)
    guard prefix.count > 2, let kind = Kind(rawValue: prefix[1]) else { throw Self.damaged(bytes.name) }
    var position = 2
    var numbers: [Int] = []
    while numbers.count < 3 {
      while position < prefix.count, prefix[position].isSpace || prefix[position] == UInt8(ascii: "#") {
        if prefix[position] == UInt8(ascii: "#") {
          while position < prefix.count, prefix[position] != 0x0A { position += 1 }
        } else {
          position += 1
        }
      }
      let digits = prefix[position...].prefix { (0x30...0x39).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)), number < 1 << 31 else {
        throw Self.damaged(bytes.name)
      }
      numbers.append(number)
      position += digits.count
    }
    guard position < prefix.count, prefix[position].isSpace else { throw Self.damaged(bytes.name) }
    self.kind = kind
    (width, height, maximum, dataOffset) = (numbers[0], numbers[1], numbers[2], position + 1)
    guard width > 0, height > 0, (1...65535).contains(maximum) else { throw Self.damaged(bytes.name) }
    try PictureLayout.requirePixels(height: height, width: width, source: bytes.name)
    // A plain sample takes a digit and a blank.
    let needed = isRaw ? sampleCount * sampleSize : 2 * sampleCount - 1
    guard bytes.count - dataOffset >= needed else {
      throw .invalid(
        bytes.name,
        reason:
          "it has too few bytes for \(height) × \(width) \(isColour ? "colour" : "grey") pixels; copy or save it again")
    }
  }

  private static func damaged(_ source: String) -> FileError {
    .invalid(source, reason: "its Netpbm header is damaged: width, height and a maximum from 1 to 65535 are needed")
  }
}

/// An opened picture.
private struct NetpbmFile: MatrixFile {
  let bytes: any ByteSource
  let header: NetpbmHeader

  var source: String { bytes.name }
  var format: String { header.isColour ? "ppm" : "pgm" }
  var tensors: [TensorEntry] {
    [TensorEntry(name: nil, type: header.sampleSize == 1 ? .u8 : .u16, axes: [header.height, header.width])]
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    try options.view.requireUsual(for: entry, source: source)
    let layout = PictureLayout(
      height: header.height, width: header.width, samplesPerPixel: header.isColour ? 3 : 1, isColour: header.isColour)
    // A row of the picture is a column of the transpose.
    let stored = layout.shape(options.channel).transposed
    try MemoryBudget.require(stored, scalarSize: 8, source: source)
    let samples = NetpbmSamples(bytes, header)
    let row = UnsafeMutableBufferPointer<Int>.allocate(capacity: layout.rowLength)
    defer { row.deallocate() }
    let matrix = try Matrix<Double>(stored) { (target) throws(FileError) in
      for index in 0..<header.height {
        try control.advance(Double(index) / Double(header.height))
        for sample in row.indices { row[sample] = try samples.next() }
        guard let from = row.baseAddress, let to = target.baseAddress else { return }
        layout.take(options.channel, of: UnsafePointer(from), into: to + index * stored.rows)
      }
    }
    return try LoadedMatrix(
      resolving: DenseMatrix(.double(matrix), isStoredTransposed: true), entry: entry, options: options,
      notes: layout.notes(options.channel) + (header.maximum == 255 ? [] : ["0 … \(header.maximum)"]),
      picture: layout.kind(options.channel), source: source)
  }
}

/// The samples of a picture in their order, raw or plain.
private final class NetpbmSamples {
  private let bytes: any ByteSource
  private let header: NetpbmHeader
  private var block: [UInt8] = []
  private var position = 0
  private var offset: Int

  init(_ bytes: any ByteSource, _ header: NetpbmHeader) {
    self.bytes = bytes
    self.header = header
    offset = header.dataOffset
  }

  func next() throws(FileError) -> Int {
    let value: Int
    if header.isRaw {
      let high = try byte()
      value = header.sampleSize == 1 ? Int(high) : Int(high) << 8 | Int(try byte())
    } else {
      value = try plain()
    }
    guard value <= header.maximum else {
      throw .invalid(bytes.name, reason: "a sample is \(value), beyond the maximum of \(header.maximum)")
    }
    return value
  }

  private func plain() throws(FileError) -> Int {
    var digit = try byte()
    while digit.isSpace { digit = try byte() }
    var value = 0
    while (0x30...0x39).contains(digit) {
      value = min(value * 10 + Int(digit - 0x30), 1 << 20)
      guard !isAtEnd else { return value }
      digit = try byte()
      if digit.isSpace { return value }
    }
    throw .invalid(
      bytes.name, reason: "its samples hold a character that is no digit, near byte \(offset - block.count + position)")
  }

  private var isAtEnd: Bool { position == block.count && offset >= bytes.count }

  private func byte() throws(FileError) -> UInt8 {
    if position == block.count {
      block = try bytes.bytes(at: offset, count: 1 << 16)
      guard !block.isEmpty else { throw bytes.endsEarly(at: offset) }
      offset += block.count
      position = 0
    }
    defer { position += 1 }
    return block[position]
  }
}

extension UInt8 {
  /// White space as C's isspace knows it.
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
