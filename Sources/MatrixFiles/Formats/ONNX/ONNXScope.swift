/// A graph within which names are unique: the model's own, a branch or body of one of its nodes, or a function.
struct ONNXScope: Hashable, Sendable {
  /// Its number in the walk; 0 is the model's graph.
  let number: Int
  /// Where the words lie that tell it from others: the node or function, and the node's attribute.
  let words: [Range<Int>]

  /// The model's own graph.
  static let model = ONNXScope(number: 0, words: [])

  private static let wordLimit = 64

  /// "If_3.then_branch".
  func title(_ window: ByteWindow) throws(FileError) -> String {
    var title: [String] = []
    for word in words { title.append(try window.text(word, limit: Self.wordLimit)) }
    return title.joined(separator: ".")
  }
}

/// What the tensors of a model are called in its list: by their own names, wherever those are free. A name that the model's
/// graph or an earlier one has taken stands behind its graph: "If_3.then_branch: weight".
struct ONNXNames {
  /// One a tensor, in their order, each different.
  private(set) var all: [String] = []

  private var taken = Set<ExactName>()
  /// How often a name was taken before.
  private var repetitions = NameTable<Int>()

  private struct Place: Hashable {
    let scope: Int
    let name: ExactName
  }

  /// Names `tensors`, those of the model's graph first.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when one graph has two of the same name.
  init(of tensors: [ONNXTensor], _ window: ByteWindow) throws(FileError) {
    var places = Set<Place>()
    for tensor in tensors {
      guard places.insert(Place(scope: tensor.scope.number, name: ExactName(tensor.name))).inserted else {
        throw .invalid(window.source.name, reason: "it has two tensors called “\(printable(tensor.name))”")
      }
      if tensor.scope == .model { taken.insert(ExactName(tensor.name)) }
    }
    all.reserveCapacity(tensors.count)
    for tensor in tensors {
      let isPlain = tensor.scope == .model || taken.insert(ExactName(tensor.name)).inserted
      all.append(isPlain ? tensor.name : free("\(try tensor.scope.title(window)): \(tensor.name)"))
    }
  }

  /// `name`, or with a number where graphs of the same words have taken it.
  private mutating func free(_ name: String) -> String {
    var candidate = name
    while !taken.insert(ExactName(candidate)).inserted {
      let count = (repetitions[name] ?? 1) + 1
      repetitions[name] = count
      candidate = "\(name) (\(count))"
    }
    return candidate
  }
}
