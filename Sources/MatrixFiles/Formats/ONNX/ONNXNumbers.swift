import LinearAlgebra

/// Numbers in a typed field of a tensor – one varint or fixed number each – instead of its raw bytes.
struct ONNXNumbers: Hashable, Sendable {
  /// The fields, by their numbers.
  enum Kind: Int, Sendable {
    case float = 4, int32 = 5, int64 = 7, double = 10, uint64 = 11

    /// Whether elements of `type` stand here: narrow ones stand in `int32_data`, one each.
    func holds(_ type: ElementType) -> Bool {
      switch self {
      case .float: type == .f32
      case .double: type == .f64
      case .int64: type == .i64
      case .uint64: type == .u64 || type == .u32
      case .int32: type.block.bytes < 4 || type == .i32
      }
    }

    /// The bytes of a number that has as many whatever it is; nil for varints.
    var fixedSize: Int? { self == .float ? 4 : self == .double ? 8 : nil }
  }

  let kind: Kind
  /// The tensor's message, whose fields of this kind hold them.
  let message: Range<Int>
  /// How many there are.
  var count: Int
  /// Where they lie in one piece as bytes; nil where they must be gathered.
  var contiguous: Range<Int>?

  /// Those that one field holds.
  init(_ kind: Kind, in message: Range<Int>, first value: ProtobufValue, _ window: ByteWindow) throws(FileError) {
    (self.kind, self.message) = (kind, message)
    switch (value, kind.fixedSize) {
    case (.bytes(let packed), let size?):
      guard packed.count % size == 0 else { throw window.damage("a number cut short", at: packed.upperBound) }
      count = packed.count / size
      contiguous = packed
    case (.bytes(let packed), nil):
      count = 0
      // The last byte of a varint has its high bit clear.
      for offset in packed where try window.byte(at: offset) < 0x80 { count += 1 }
    case (.fixed32(let offset), 4?): (count, contiguous) = (1, offset..<offset + 4)
    case (.fixed64(let offset), 8?): (count, contiguous) = (1, offset..<offset + 8)
    case (.varint, nil): count = 1
    default: throw window.damage("numbers of the wrong width", at: message.lowerBound)
    }
  }

  /// These and `others`, which follow in another field.
  func joined(with others: ONNXNumbers) -> ONNXNumbers {
    var all = self
    all.count += others.count
    all.contiguous = nil
    return all
  }
}

/// Typed numbers as the bytes that elements of their type have: little-endian, one after the other.
final class ONNXNumberStream: ByteStream {
  private let window: ByteWindow
  private let numbers: ONNXNumbers
  private let size: Int
  /// The fields that were not looked at yet, and the numbers of the current one.
  private var fields: ProtobufMessage
  private var packed: ProtobufMessage?
  private var packedFixed = 0..<0
  /// Bytes of the current element that were not asked for yet.
  private var pending: UInt64 = 0
  private var pendingCount = 0

  /// - Parameter size: the bytes of an element.
  init(_ numbers: ONNXNumbers, size: Int, _ source: any ByteSource) {
    window = ByteWindow(source)
    self.numbers = numbers
    self.size = size
    fields = ProtobufMessage(window, numbers.message)
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    for index in 0..<target.count {
      if pendingCount == 0 {
        pending = try nextNumber()
        pendingCount = size
      }
      target[index] = UInt8(truncatingIfNeeded: pending)
      pending >>= 8
      pendingCount -= 1
    }
  }

  private func nextNumber() throws(FileError) -> UInt64 {
    while true {
      if let number = try packed?.nextVarint() { return try checked(number) }
      packed = nil
      if let width = numbers.kind.fixedSize, !packedFixed.isEmpty {
        let start = packedFixed.lowerBound
        packedFixed = start + width..<packedFixed.upperBound
        return try fixed(at: start, width)
      }
      guard let (number, value) = try fields.next() else {
        throw window.source.endsEarly(at: numbers.message.upperBound)
      }
      guard number == numbers.kind.rawValue else { continue }
      switch value {
      case .varint(let value): return try checked(value)
      case .fixed32(let offset): return try fixed(at: offset, 4)
      case .fixed64(let offset): return try fixed(at: offset, 8)
      case .bytes(let range) where numbers.kind.fixedSize == nil: packed = ProtobufMessage(window, range)
      case .bytes(let range): packedFixed = range
      }
    }
  }

  private func fixed(at offset: Int, _ width: Int) throws(FileError) -> UInt64 {
    var bits: UInt64 = 0
    for index in 0..<width { bits |= UInt64(try window.byte(at: offset + index)) << UInt64(8 * index) }
    return bits
  }

  /// `number`, whose element must be able to hold it: as a signed number or as a pattern of bits.
  private func checked(_ number: UInt64) throws(FileError) -> UInt64 {
    let bits = 8 * size
    guard bits < 64 else { return number }
    let value = Int64(bitPattern: number)
    guard value >= -(1 << Int64(bits - 1)), value < 1 << Int64(bits) else {
      throw window.damage(
        "the number \(value), which \(bits) bits cannot hold, in a tensor", at: numbers.message.lowerBound)
    }
    return number
  }
}
