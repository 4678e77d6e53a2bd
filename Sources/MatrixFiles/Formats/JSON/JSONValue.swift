/// A JSON text as a value: the configuration of a model, the index of its shards.
///
/// Source: RFC 8259; beyond it, the words NaN, Infinity and -Infinity are read as the numbers that Python writes so.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number without fraction and exponent that fits 64 bits.
  case integer(Int)
  /// Any other number.
  case real(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// Deeper texts are refused: what is built of them could not be let go of without a deep stack.
  package static let depthLimit = 64
  /// Longer texts are refused unless more is asked for.
  package static let sizeLimit = 32_000_000

  /// Parses the whole of `bytes`.
  ///
  /// - Parameters:
  ///   - source: what the text is called in messages.
  ///   - sizeLimit: the most bytes that are looked at.
  /// - Throws: ``FileError/invalid(_:reason:)`` with what is wrong and at which byte: no JSON, a key that stands twice in
  ///   an object, more than ``depthLimit`` levels, more than `sizeLimit` bytes.
  /// - Complexity: one pass; memory is proportional to the text.
  package static func parse(
    _ bytes: [UInt8], source: String, sizeLimit: Int = sizeLimit
  ) throws(FileError) -> JSONValue {
    guard bytes.count <= sizeLimit else {
      throw .invalid(source, reason: "its JSON has \(bytes.count) bytes, more than the \(sizeLimit) that are read")
    }
    var scanner = JSONScanner(bytes)
    do throws(JSONRefusal) {
      let value = try parse(&scanner, depth: 1)
      guard scanner.peek() == nil else { throw scanner.malformed("text stands after its end") }
      return value
    } catch {
      throw .invalid(source, reason: "it is not valid JSON: \(error.reason)")
    }
  }

  private static func parse(_ scanner: inout JSONScanner, depth: Int) throws(JSONRefusal) -> JSONValue {
    guard depth <= depthLimit else { throw scanner.malformed("it nests deeper than \(depthLimit) levels") }
    switch scanner.peek() {
    case UInt8(ascii: "{"): return .object(try object(&scanner, depth: depth))
    case UInt8(ascii: "["): return .array(try array(&scanner, depth: depth))
    case UInt8(ascii: "\""): return .string(try scanner.string())
    case nil: throw scanner.malformed("it ends where a value should stand")
    default: break
    }
    if scanner.take(word: "true") { return .bool(true) }
    if scanner.take(word: "false") { return .bool(false) }
    if scanner.take(word: "null") { return .null }
    if scanner.take(word: "NaN") { return .real(.nan) }
    if scanner.take(word: "Infinity") { return .real(.infinity) }
    if scanner.take(word: "-Infinity") { return .real(-.infinity) }
    let (text, isWhole) = try scanner.number()
    if isWhole, let integer = Int(text) { return .integer(integer) }
    guard let real = Double(text) else { throw scanner.malformed("a number cannot be understood") }
    return .real(real)
  }

  private static func array(_ scanner: inout JSONScanner, depth: Int) throws(JSONRefusal) -> [JSONValue] {
    try scanner.expect("[")
    var values: [JSONValue] = []
    if scanner.take("]") { return values }
    repeat { values.append(try parse(&scanner, depth: depth + 1)) } while try scanner.anotherFollows(until: "]")
    return values
  }

  private static func object(_ scanner: inout JSONScanner, depth: Int) throws(JSONRefusal) -> JSONObject {
    try scanner.expect("{")
    var object = JSONObject()
    if scanner.take("}") { return object }
    repeat {
      let key = try scanner.string()
      try scanner.expect(":")
      guard object.append(key, try parse(&scanner, depth: depth + 1)) else {
        throw scanner.malformed("the key “\(printable(key, limit: 60))” stands twice")
      }
    } while try scanner.anotherFollows(until: "}")
    return object
  }
}

extension JSONValue {
  /// The member of an object; nil where there is none, or this is no object.
  package subscript(key: String) -> JSONValue? { object?[key] }

  /// The text of a string.
  package var string: String? { if case .string(let text) = self { text } else { nil } }
  /// A whole number, also when it is written 16.0.
  package var int: Int? {
    switch self {
    case .integer(let value): value
    case .real(let value): Int(exactly: value)
    default: nil
    }
  }
  /// Any number.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }
  /// A truth value.
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The values of an array.
  package var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
  /// An object.
  package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
}

/// The members of a JSON object, in the text's order.
package struct JSONObject: Hashable, Sendable {
  /// The keys, each of which stands once.
  package private(set) var keys: [String] = []
  private var values = NameTable<JSONValue>()

  /// The value of `key`.
  package subscript(key: String) -> JSONValue? { values[key] }

  /// Adds a member; false if `key` is there already.
  fileprivate mutating func append(_ key: String, _ value: JSONValue) -> Bool {
    guard values.updateValue(value, forName: key) == nil else { return false }
    keys.append(key)
    return true
  }
}
