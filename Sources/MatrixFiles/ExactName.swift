import Glibc

/// A name by its bytes: what tensors are looked up by.
///
/// Strings of Swift are equal when they look the same, so that "é" as one scalar equals "e" with an accent after it. A
/// file may hold a tensor of each name.
package struct ExactName: Hashable, Sendable {
  /// The name.
  package let text: String

  /// `text` as a name.
  package init(_ text: String) { self.text = text }

  package static func == (a: ExactName, b: ExactName) -> Bool { a.text.isExactly(b.text) }

  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension String {
  /// Whether the two have the same bytes.
  package func isExactly(_ other: String) -> Bool {
    var (own, other) = (self, other)
    return own.withUTF8 { own in
      other.withUTF8 { other in
        guard own.count == other.count else { return false }
        guard let first = own.baseAddress, let second = other.baseAddress else { return true }
        return memcmp(first, second, own.count) == 0
      }
    }
  }
}

/// What belongs to tensors, by the bytes of their names.
package struct NameTable<Value: Sendable>: Sendable {
  private var values: [ExactName: Value] = [:]

  /// An empty table.
  package init() {}

  /// A table of `pairs`; of two with the same name the first counts.
  package init(_ pairs: some Sequence<(String, Value)>) {
    for (name, value) in pairs where values[ExactName(name)] == nil { values[ExactName(name)] = value }
  }

  /// Whether nothing is in it.
  package var isEmpty: Bool { values.isEmpty }
  /// What is in it, in no order.
  package var all: Dictionary<ExactName, Value>.Values { values.values }

  /// Makes room for so many names.
  package mutating func reserveCapacity(_ count: Int) { values.reserveCapacity(count) }

  /// What belongs to `name`.
  package subscript(name: String) -> Value? {
    get { values[ExactName(name)] }
    set { values[ExactName(name)] = newValue }
  }

  /// Puts `value` under `name`; what was there before.
  @discardableResult
  package mutating func updateValue(_ value: Value, forName name: String) -> Value? {
    values.updateValue(value, forKey: ExactName(name))
  }
}

extension NameTable: Equatable where Value: Equatable {}
extension NameTable: Hashable where Value: Hashable {}
