import FoundationEssentials

/// Reports as JSON: one object on one line, keys in order, numbers that read back as the same doubles.
package enum JSONText {
  /// `report` as one line that ends in a newline.
  ///
  /// - Throws: `EncodingError` when a number is not finite: JSON has no word for it.
  package static func line(_ report: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
  }
}

/// A value that JSON spells `null` when there is none, where an optional property would be left out.
package struct Nullable<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
  /// The value, if there is one.
  package let value: Value?

  /// `value`, or null.
  package init(_ value: Value?) { self.value = value }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    value = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}
