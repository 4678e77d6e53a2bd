/// Where a value of a pickle stands in its arena.
struct PickleReference: Hashable, Sendable {
  fileprivate let index: Int32

  /// A number of its own, from 0 to the arena's count.
  var number: Int { Int(index) }
}

/// One value that a pickle describes. Nothing of Python is behind it: an object is what it would be made of.
struct PickleValue: Sendable {
  enum Kind: Sendable {
    case none
    case boolean(Bool)
    case integer(Int)
    /// Beyond 64 bits.
    case wideInteger
    case real(Double)
    case text(String)
    /// Bytes, or a text that is too long to be a name: their content is not kept.
    case bytes
    case tuple, list, set, dictionary
    /// "module.name".
    case global(String)
    /// What Python would get by calling a function – which is not called – with a tuple of arguments.
    case call(PickleReference, arguments: PickleReference)
    /// What Python would get as a new object of a class, from a tuple of arguments.
    case object(PickleReference, arguments: PickleReference)
    /// What the pickle's writer keeps elsewhere, by its identifier.
    case persistent(PickleReference)
  }

  let kind: Kind
  /// The elements of a tuple, list or set, and what was appended to an object.
  var elements: [PickleReference] = []
  /// The keys and values of a dictionary in turn, and what was set in an object.
  var pairs: [PickleReference] = []
  /// What an object was said to have for its state.
  var state: PickleReference?
}

/// The values of a pickle, which refer to each other by number: letting go of them is one step, however deep they nest.
struct PickleArena: Sendable {
  /// In the order they were made.
  private(set) var values: [PickleValue] = []

  /// No checkpoint comes near as many values: a tensor takes about 17.
  static let limit = 1_000_000

  /// How many values there are.
  var count: Int { values.count }

  /// The value at `reference`.
  subscript(_ reference: PickleReference) -> PickleValue {
    _read { yield values[reference.number] }
    _modify { yield &values[reference.number] }
  }

  /// Keeps `value`; nil beyond ``limit``.
  mutating func add(_ value: PickleValue) -> PickleReference? {
    guard values.count < Self.limit else { return nil }
    values.append(value)
    return PickleReference(index: Int32(values.count - 1))
  }
}

extension PickleArena {
  /// The integer at `reference`; nil when it is something else.
  func integer(_ reference: PickleReference) -> Int? {
    if case .integer(let value) = self[reference].kind { return value }
    return nil
  }

  /// The text at `reference`; nil when it is something else.
  func text(_ reference: PickleReference) -> String? {
    if case .text(let value) = self[reference].kind { return value }
    return nil
  }

  /// "module.name" of the global at `reference`; nil when it is something else.
  func global(_ reference: PickleReference) -> String? {
    if case .global(let name) = self[reference].kind { return name }
    return nil
  }

  /// The elements of the tuple or list at `reference`; nil when it is something else.
  func sequence(_ reference: PickleReference) -> [PickleReference]? {
    switch self[reference].kind {
    case .tuple, .list: self[reference].elements
    default: nil
    }
  }

  /// The value of the text `key` in the dictionary at `reference`; nil where there is none.
  func value(of key: String, in reference: PickleReference) -> PickleReference? {
    let pairs = self[reference].pairs
    // The last one counts, as in Python.
    return stride(from: pairs.count - 2, through: 0, by: -2).first { text(pairs[$0]) == key }.map { pairs[$0 + 1] }
  }
}
