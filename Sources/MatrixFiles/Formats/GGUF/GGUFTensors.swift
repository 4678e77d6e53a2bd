/// The tensors of a GGUF header: what can be read, where it lies, and what cannot.
struct GGUFTensors: Sendable {
  /// A tensor that can be read.
  struct Placed: Sendable {
    let layout: TensorLayout
    /// Where its elements begin, in bytes from the start of the file.
    let offset: Int
  }

  /// In the file's order.
  private(set) var placed: [Placed] = []
  private(set) var unreadable: [UnreadableTensor] = []

  /// What the header says of one tensor.
  private struct Record {
    let name: String
    let type: GGUFTensorType
    /// Outermost first.
    let axes: [Int]
    /// From the start of the data.
    let offset: UInt64
    /// Nil where the type's size is not known.
    let bytes: Int?
  }

  /// The least bytes that a tensor takes in the header: an empty name, no axes, a type, an offset.
  static let leastSize = 24
  /// The longest name in bytes. llama.cpp takes 63; programs built on it for pictures take 127.
  private static let nameLimit = 127
  private static let axisLimit = 4

  /// Reads `count` descriptions, after which the cursor stands at their end; the data follow, each tensor's at a multiple
  /// of `alignment`.
  init(_ count: Int, from cursor: inout GGUFCursor, alignment: Int) throws(FileError) {
    var records: [Record] = []
    var names = Set<ExactName>()
    for _ in 0..<count {
      let record = try Self.record(from: &cursor)
      guard names.insert(ExactName(record.name)).inserted else {
        throw cursor.damaged("two tensors are called “\(printable(record.name))”")
      }
      records.append(record)
    }
    guard let start = Self.padded(cursor.position, to: alignment) else {
      throw cursor.damaged("its alignment of \(alignment) bytes is absurd")
    }
    try place(records, start: start, alignment: alignment, cursor)
  }

  private static func record(from cursor: inout GGUFCursor) throws(FileError) -> Record {
    let (text, length) = try cursor.string(of: "a tensor's name", limit: nameLimit)
    guard let name = text else {
      throw cursor.damaged("a tensor's name has \(length) bytes, more than \(nameLimit)")
    }
    let axisCount = try cursor.word()
    guard axisCount <= axisLimit else {
      throw cursor.damaged("“\(printable(name))” has \(axisCount) axes, more than \(axisLimit)")
    }
    var axes: [Int] = []
    for _ in 0..<axisCount {
      guard let axis = Int(exactly: try cursor.bits(8)) else {
        throw cursor.damaged("an axis of “\(printable(name))” is beyond 2⁶³")
      }
      axes.insert(axis, at: 0)
    }
    let type = GGUFTensorType.numbered(try cursor.word())
    let offset = try cursor.bits(8)
    return Record(
      name: name, type: type, axes: axes, offset: offset, bytes: try bytes(of: name, type, axes, cursor))
  }

  private static func bytes(
    of name: String, _ type: GGUFTensorType, _ axes: [Int], _ cursor: GGUFCursor
  ) throws(FileError) -> Int? {
    // With a zero among the axes the others are unbounded by the bytes there are.
    guard let elements = checkedProduct(axes), checkedProduct(axes.filter { $0 > 0 }) != nil else {
      throw cursor.damaged("the elements of “\(printable(name))” cannot be counted in 64 bits")
    }
    guard let blockElements = type.blockElements, let blockBytes = type.blockBytes else { return nil }
    guard (axes.last ?? 1) % blockElements == 0 else {
      throw cursor.damaged(
        "the rows of “\(printable(name))” have \(axes.last ?? 1) elements, no multiple of the \(blockElements) of a "
          + "\(type.name) block")
    }
    guard let bytes = checkedProduct([elements / blockElements, blockBytes]) else {
      throw cursor.damaged("the bytes of “\(printable(name))” cannot be counted in 64 bits")
    }
    return bytes
  }

  /// Checks that the tensors follow one another without holes, each at a multiple of `alignment`, inside the file.
  private mutating func place(
    _ records: [Record], start: Int, alignment: Int, _ cursor: GGUFCursor
  ) throws(FileError) {
    // Where the next tensor must begin, or after an unknown size may begin at the earliest.
    var expected = 0
    var isExact = true
    for record in records {
      let subject = "“\(printable(record.name))”"
      guard let offset = Int(exactly: record.offset), offset % alignment == 0,
        isExact ? offset == expected : offset >= expected
      else {
        throw cursor.damaged(
          "the elements of \(subject) begin at \(record.offset) and should begin at "
            + (isExact ? "\(expected)" : "\(expected) or later, at a multiple of \(alignment)"))
      }
      let end = start.addingReportingOverflow(offset)
      guard !end.overflow, end.partialValue <= cursor.source.count || record.bytes == 0,
        record.bytes ?? 0 <= max(0, cursor.source.count - end.partialValue)
      else {
        throw .invalid(
          cursor.source.name,
          reason: "\(subject) ends beyond the \(cursor.source.count) bytes of the file, which was cut short; copy or "
            + "download it again")
      }
      append(record, offset: end.partialValue, isBigEndian: cursor.isBigEndian)
      guard let next = Self.padded(offset + (record.bytes ?? 0), to: alignment) else {
        throw cursor.damaged("its alignment of \(alignment) bytes is absurd")
      }
      (expected, isExact) = (next, record.bytes != nil)
    }
  }

  private mutating func append(_ record: Record, offset: Int, isBigEndian: Bool) {
    let refusal =
      record.type.refusal(isBigEndian: isBigEndian)
      ?? (record.axes.isEmpty ? "is a single number, not a matrix" : nil)
    if let refusal {
      unreadable.append(
        UnreadableTensor(
          name: record.name, reason: "“\(printable(record.name))” \(refusal)", type: record.type.name,
          axes: record.axes, bytes: record.bytes))
    } else if let element = record.type.element {
      let notes =
        element.isQuantized ? ["\(record.type.name) rounds the entries, which leaves a flat tail of σ"] : []
      placed.append(
        Placed(
          layout: TensorLayout(
            entry: TensorEntry(name: record.name, type: element, axes: record.axes), isBigEndian: isBigEndian,
            notes: notes),
          offset: offset))
    }
  }

  /// `offset` moved up to the next multiple of `alignment`, a power of two; nil when that overflows.
  private static func padded(_ offset: Int, to alignment: Int) -> Int? {
    let (sum, overflow) = offset.addingReportingOverflow(alignment - 1)
    return overflow ? nil : sum & ~(alignment - 1)
  }
}
