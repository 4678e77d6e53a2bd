/// The header of a safetensors file: JSON that names each tensor's type, axes and bytes.
///
/// Source: https://github.com/huggingface/safetensors, README.md and safetensors/src/tensor.rs.
struct SafetensorsHeader {
  /// What the header says of one tensor.
  struct Tensor {
    var name: String
    /// The type in the format's own words.
    var type: String
    var axes: [Int]
    /// The bytes, counted from the end of the header.
    var begin: Int, end: Int
  }

  /// In the order of their bytes.
  private(set) var tensors: [Tensor] = []
  /// What stands under `__metadata__`.
  private(set) var metadata: [String: String] = [:]
  /// The bytes before the first element.
  let byteCount: Int

  /// The format's own limit.
  static let lengthLimit = 100_000_000
  /// More axes than any library makes.
  private static let axesLimit = 64

  /// Whether `prefix` begins with the length of a header and the header.
  static func begins(_ prefix: [UInt8]) -> Bool {
    guard prefix.count > 8, prefix[8] == UInt8(ascii: "{"), let length = prefix.u64(0) else { return false }
    return length <= lengthLimit
  }

  /// Reads and checks the header of `bytes`: the tensors' bytes must follow one another without gap or overlap from the
  /// header's end to the file's, so that nothing can hide between them.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` with the first tensor or byte that is wrong.
  /// - Complexity: O(header) and a sort of the tensors; memory beyond the header is what the tensors' names and axes take.
  init(of bytes: any ByteSource) throws(FileError) {
    func fail(_ reason: String) -> FileError { .invalid(bytes.name, reason: reason) }
    guard let length = try bytes.bytes(at: 0, count: 8).length, length <= Self.lengthLimit else {
      throw fail("its header claims more bytes than the \(Self.lengthLimit) that safetensors allows")
    }
    byteCount = 8 + length
    guard byteCount <= bytes.count else {
      throw fail(
        "it is cut short inside its header, which claims \(length) bytes of \(bytes.count - 8); copy or download it again"
      )
    }
    var scanner = JSONScanner(try bytes.bytes(at: 8, count: length))
    do throws(JSONRefusal) {
      try parse(&scanner)
    } catch {
      throw fail("its header is damaged: \(error.reason) of it")
    }
    do throws(JSONRefusal) {
      try arrange(available: bytes.count - byteCount)
    } catch {
      throw fail(error.reason)
    }
  }

  // MARK: Reading

  private mutating func parse(_ scanner: inout JSONScanner) throws(JSONRefusal) {
    try scanner.expect("{")
    if !scanner.take("}") {
      var hasMetadata = false
      repeat {
        let key = try scanner.string()
        try scanner.expect(":")
        if key == "__metadata__" {
          guard !hasMetadata else { throw scanner.malformed("__metadata__ stands twice") }
          hasMetadata = true
          try parseMetadata(&scanner)
        } else {
          tensors.append(try Self.tensor(key, &scanner))
        }
      } while try scanner.anotherFollows(until: "}")
    }
    guard scanner.peek() == nil else { throw scanner.malformed("text stands after its end") }
  }

  private mutating func parseMetadata(_ scanner: inout JSONScanner) throws(JSONRefusal) {
    try scanner.expect("{")
    if scanner.take("}") { return }
    repeat {
      let key = try scanner.string()
      try scanner.expect(":")
      guard metadata.updateValue(try scanner.string(), forKey: key) == nil else {
        throw scanner.malformed("the metadata “\(printable(key, limit: 60))” stand twice")
      }
    } while try scanner.anotherFollows(until: "}")
  }

  private static func tensor(_ name: String, _ scanner: inout JSONScanner) throws(JSONRefusal) -> Tensor {
    var type: String?
    var axes: [Int]?
    var offsets: [Int]?
    try scanner.expect("{")
    repeat {
      let key = try scanner.string()
      try scanner.expect(":")
      switch key {
      case "dtype" where type == nil: type = try scanner.string()
      case "shape" where axes == nil: axes = try counts(&scanner, atMost: axesLimit)
      case "data_offsets" where offsets == nil: offsets = try counts(&scanner, atMost: 2)
      default:
        throw scanner.malformed(
          "“\(printable(name, limit: 80))” has an unexpected key “\(printable(key, limit: 40))”")
      }
    } while try scanner.anotherFollows(until: "}")
    guard let type, let axes, let offsets, offsets.count == 2 else {
      throw scanner.malformed("“\(printable(name, limit: 80))” has no dtype, no shape or no two data_offsets")
    }
    return Tensor(name: name, type: type, axes: axes, begin: offsets[0], end: offsets[1])
  }

  private static func counts(_ scanner: inout JSONScanner, atMost limit: Int) throws(JSONRefusal) -> [Int] {
    try scanner.expect("[")
    var values: [Int] = []
    if scanner.take("]") { return values }
    repeat {
      guard values.count < limit else { throw scanner.malformed("a list has more than \(limit) numbers") }
      values.append(try scanner.count())
    } while try scanner.anotherFollows(until: "]")
    return values
  }

  // MARK: Checking

  /// Sorts the tensors by their bytes and checks that these fill `available` without gap, and fit their types and axes.
  private mutating func arrange(available: Int) throws(JSONRefusal) {
    tensors.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
    var position = 0
    for tensor in tensors {
      func fail(_ reason: String) -> JSONRefusal {
        JSONRefusal(reason: "“\(printable(tensor.name))” \(reason)")
      }
      guard tensor.begin == position, tensor.end >= tensor.begin else {
        throw fail(
          "claims the bytes from \(tensor.begin) to \(tensor.end) of the data, where the tensor before it ends at "
            + "\(position): its header is damaged")
      }
      // With a zero among the axes the others are unbounded by the bytes there are.
      guard let elements = checkedProduct(tensor.axes.filter { $0 > 0 }), tensor.axes.allSatisfy({ $0 < 1 << 31 })
      else {
        throw fail("claims a shape that no memory could hold")
      }
      if let bits = SafetensorsType.bits(of: tensor.type) {
        let stored = tensor.axes.contains(0) ? 0 : checkedProduct([elements, bits])
        guard let stored, stored % 8 == 0, stored / 8 == tensor.end - tensor.begin else {
          throw fail(
            "has \(tensor.end - tensor.begin) bytes, which are not those of \(printable(tensor.type, limit: 20)) "
              + "of the shape [\(tensor.axes.map(String.init).joined(separator: ", "))]: its header is damaged")
        }
      }
      position = tensor.end
    }
    guard position <= available else {
      throw JSONRefusal(
        reason: "it is cut short: its tensors take \(position) bytes and it has \(available); copy or download it again"
      )
    }
    guard position == available else {
      throw JSONRefusal(
        reason: "it has \(available - position) bytes after its last tensor, which belong to none; download it again")
    }
  }
}

extension [UInt8] {
  /// Eight bytes as a length; nil when there are fewer, or it does not fit.
  fileprivate var length: Int? { count == 8 ? u64(0) : nil }
}
