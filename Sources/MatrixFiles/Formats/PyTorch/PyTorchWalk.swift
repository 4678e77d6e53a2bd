import LinearAlgebra

/// Finds the tensors among the values of a checkpoint, in the order they stand there, and what each is called: the keys
/// on the way joined by ".", as PyTorch's own `state_dict` does.
///
/// It keeps its own stack, so that no depth of nesting is too much for the program's. What several keys share is walked
/// once for each of them, but only so often: time is bounded by the number of values.
struct PyTorchWalk {
  /// A tensor that was found.
  struct Finding {
    /// Nil for a checkpoint that is a single tensor.
    let name: String?
    let reference: PickleReference
    /// The function that is not run, when the tensor is only among what it is called with.
    let maker: String?
  }

  /// What a walk ends with.
  struct Findings {
    /// The tensors, in their order.
    let tensors: [Finding]
    /// How many containers were met again under another name and not walked again: the names of what they hold are
    /// missing, the tensors are not.
    let passedOver: Int
  }

  private enum Step {
    case enter(PickleReference, path: Int, depth: Int, maker: String?)
    case leave(PickleReference)
  }

  /// One key of a path and where its parent stands.
  private struct PathPart {
    let parent: Int
    let key: String
  }

  /// Containers within containers; a module of PyTorch takes two or three for each part of a name.
  private static let depthLimit = 128
  /// The bytes of all names together.
  private static let nameLimit = 1 << 26
  /// How many values may be looked at again under another name.
  static let repetitionLimit = 1 << 16
  /// How many values may be looked at in what contains them, which may share them.
  private static let lookLimit = 10_000_000

  private let builders: PyTorchBuilders
  private let source: String
  private var steps: [Step] = []
  private var paths: [PathPart] = [PathPart(parent: -1, key: "")]
  private var isVisited: [Bool]
  private var isOnPath: [Bool]
  private var repetitions = 0
  private var passedOver = 0
  private var looks = 0
  private var nameSize = 0
  private var findings: [Finding] = []

  private var arena: PickleArena { builders.arena }

  /// The tensors of `pickle`.
  ///
  /// - Parameters:
  ///   - isConstants: whether it holds the constants of a TorchScript program, which calls them CONSTANTS.c0, ….
  static func findings(
    of pickle: Pickle, isConstants: Bool = false, source: String, control: WorkControl
  ) throws(FileError) -> Findings {
    var walk = PyTorchWalk(pickle, source: source)
    if isConstants {
      let path = walk.path(0, "CONSTANTS")
      for (index, element) in (pickle.arena.sequence(pickle.root) ?? []).enumerated() {
        walk.steps.append(.enter(element, path: walk.path(path, "c\(index)"), depth: 1, maker: nil))
      }
      walk.steps.reverse()
    } else {
      walk.steps.append(.enter(pickle.root, path: 0, depth: 0, maker: nil))
    }
    var count = 0
    while let step = walk.steps.popLast() {
      count += 1
      if count % 4096 == 0, control.token.isCancelled { throw .cancelled }
      try walk.take(step)
    }
    return Findings(tensors: walk.findings, passedOver: walk.passedOver)
  }

  private init(_ pickle: Pickle, source: String) {
    builders = PyTorchBuilders(arena: pickle.arena)
    self.source = source
    isVisited = [Bool](repeating: false, count: pickle.arena.count)
    isOnPath = isVisited
  }

  private mutating func take(_ step: Step) throws(FileError) {
    switch step {
    case .leave(let reference): isOnPath[reference.number] = false
    case .enter(let reference, let path, let depth, let maker):
      switch arena[reference].kind {
      case .persistent(let identifier):
        guard let word = arena.sequence(identifier)?.first, arena.text(word) == "storage" else { return }
        try find(reference, path: path, maker: maker)
      case .call, .object:
        if let name = builders.call(reference)?.name, PyTorchBuilders.makesTensor(name) {
          return try find(reference, path: path, maker: maker)
        }
        try enter(reference, path: path, depth: depth, maker: maker)
      case .list, .tuple, .set, .dictionary: try enter(reference, path: path, depth: depth, maker: maker)
      default: break
      }
    }
  }

  /// Puts what `reference` holds on the stack, the first on top.
  private mutating func enter(_ reference: PickleReference, path: Int, depth: Int, maker: String?) throws(FileError) {
    // What contains itself ends there.
    guard !isOnPath[reference.number] else { return }
    guard depth < Self.depthLimit else {
      throw .invalid(
        source, reason: "its objects nest more than \(Self.depthLimit) deep; save the model's state_dict()")
    }
    if isVisited[reference.number] {
      repetitions += 1 + arena[reference].elements.count + arena[reference].pairs.count
      guard repetitions <= Self.repetitionLimit else {
        passedOver += 1
        return
      }
    }
    isVisited[reference.number] = true
    isOnPath[reference.number] = true
    looks += PyTorchChildren.looks(at: reference, builders: builders)
    guard looks <= Self.lookLimit else {
      throw .invalid(
        source, reason: "its objects share so many others that it has no end; save the model's state_dict()")
    }
    steps.append(.leave(reference))
    for child in PyTorchChildren(of: reference, builders: builders, maker: maker).all.reversed() {
      let childPath = child.key.map { self.path(path, $0) } ?? path
      steps.append(.enter(child.reference, path: childPath, depth: depth + 1, maker: child.maker))
    }
  }

  private mutating func path(_ parent: Int, _ key: String) -> Int {
    paths.append(PathPart(parent: parent, key: key))
    return paths.count - 1
  }

  private mutating func find(_ reference: PickleReference, path: Int, maker: String?) throws(FileError) {
    var keys: [String] = []
    var part = path
    while part > 0 {
      keys.append(paths[part].key)
      part = paths[part].parent
    }
    let name = keys.isEmpty ? nil : keys.reversed().joined(separator: ".")
    nameSize += name?.utf8.count ?? 0
    guard nameSize <= Self.nameLimit else {
      throw .invalid(source, reason: "the names of its tensors take more than \(Self.nameLimit >> 20) MB")
    }
    // What a function is called with is one thing, however many tensors are in it.
    if let maker, let last = findings.last, last.name == name, last.maker == maker { return }
    findings.append(Finding(name: name, reference: reference, maker: maker))
  }
}
