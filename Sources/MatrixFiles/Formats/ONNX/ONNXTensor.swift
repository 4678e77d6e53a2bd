import LinearAlgebra

/// A tensor as a model states it, before its data are looked at: TensorProto of onnx.proto.
struct ONNXTensor {
  var name = ""
  /// The graph that it belongs to.
  var scope = ONNXScope.model
  /// The number of its element type.
  var typeNumber = 0
  /// The lengths of its axes; no more than ``axisLimit`` are kept.
  var axes: [Int] = []
  /// Whether an axis was negative or there were too many of them: what follows the name in a sentence.
  var axisRefusal: String?
  /// Where `raw_data` lie.
  var raw: Range<Int>?
  /// The field that holds typed numbers, `float_data` and its like; nil where all are empty.
  var typed: ONNXNumbers?
  /// Whether more than one field holds numbers.
  var hasSeveralData = false
  /// Whether the data lie in a file beside the model.
  var isExternal = false
  /// `location`, `offset`, `length` and what else is said of that file.
  var external: [String: String] = [:]

  /// NumPy allows 64.
  static let axisLimit = 64

  /// Reads the message in `range`.
  init(_ window: ByteWindow, _ range: Range<Int>) throws(FileError) {
    var message = ProtobufMessage(window, range)
    while let (number, value) = try message.next() {
      switch (number, value) {
      case (1, .varint(let length)): add(axis: length)
      case (1, .bytes(let packed)):
        var lengths = ProtobufMessage(window, packed)
        while let length = try lengths.nextVarint() { add(axis: length) }
      case (2, .varint(let type)): typeNumber = Int(truncatingIfNeeded: type)
      case (8, .bytes(let text)): name = try window.text(text)
      case (9, .bytes(let bytes)): raw = bytes
      case (13, .bytes(let entry)):
        let (key, value) = try Self.stringPair(window, entry)
        if external.count < 16 { external[key] = value }
      case (14, .varint(let location)): isExternal = location == 1
      default:
        guard let kind = ONNXNumbers.Kind(rawValue: number) else { continue }
        let found = try ONNXNumbers(kind, in: range, first: value, window)
        guard found.count > 0 else { continue }
        if let typed, typed.kind != kind { hasSeveralData = true }
        typed = typed.map { $0.kind == kind ? $0.joined(with: found) : $0 } ?? found
      }
    }
    if raw?.isEmpty == true { raw = nil }
    if raw != nil, typed != nil { hasSeveralData = true }
  }

  private mutating func add(axis: UInt64) {
    guard let length = Int(exactly: axis) else {
      axisRefusal = axisRefusal ?? "has a negative axis"
      return
    }
    guard axes.count < Self.axisLimit else {
      axisRefusal = axisRefusal ?? "has more than \(Self.axisLimit) axes"
      return
    }
    axes.append(length)
  }

  /// A StringStringEntryProto: key=1, value=2.
  static func stringPair(_ window: ByteWindow, _ range: Range<Int>) throws(FileError) -> (key: String, value: String) {
    var pair = (key: "", value: "")
    var message = ProtobufMessage(window, range)
    while let (number, value) = try message.next() {
      switch (number, value) {
      case (1, .bytes(let text)): pair.key = try window.text(text)
      case (2, .bytes(let text)): pair.value = try window.text(text)
      default: break
      }
    }
    return pair
  }
}
