/// What a container or an object of a checkpoint holds, with the key that adds to the name of each.
struct PyTorchChildren {
  /// One value.
  struct Child {
    let reference: PickleReference
    /// Nil for what bears the name of its container.
    let key: String?
    /// The function that would be called with it.
    let maker: String?
  }

  /// Those that may hold tensors, in their order.
  private(set) var all: [Child] = []
  private let arena: PickleArena

  /// How many values ``init(of:builders:maker:)`` looks at.
  static func looks(at reference: PickleReference, builders: PyTorchBuilders) -> Int {
    let value = builders.arena[reference]
    let state = value.state.map { builders.arena[$0].pairs.count } ?? 0
    let arguments = builders.call(reference)?.arguments ?? []
    let items = arguments.first.map { builders.arena[$0].elements.count } ?? 0
    return value.elements.count + value.pairs.count + state + arguments.count + items
  }

  /// What `reference` holds; under a `maker` nothing has a name of its own.
  init(of reference: PickleReference, builders: PyTorchBuilders, maker: String?) {
    arena = builders.arena
    if let call = builders.call(reference) { addArguments(of: call, maker: maker) }
    if let state = arena[reference].state {
      if case .dictionary = arena[state].kind {
        addPairs(arena[state].pairs, maker: maker, isState: true)
      } else {
        add(state, key: nil, maker: maker)
      }
    }
    for (index, element) in arena[reference].elements.enumerated() { add(element, key: "\(index)", maker: maker) }
    addPairs(arena[reference].pairs, maker: maker)
  }

  private mutating func addArguments(of call: PyTorchBuilders.Call, maker: String?) {
    if call.isObject {
      for (index, argument) in call.arguments.enumerated() { add(argument, key: "\(index)", maker: maker) }
    } else if let name = call.name, PyTorchBuilders.isTransparent(name) {
      if let first = call.arguments.first { addItems(of: first, maker: maker) }
    } else {
      let name = call.name ?? "a function without a name"
      for argument in call.arguments { add(argument, key: nil, maker: maker ?? name) }
    }
  }

  /// The pairs that an OrderedDict may be made of, or `argument` itself.
  private mutating func addItems(of argument: PickleReference, maker: String?) {
    let pairs = (arena.sequence(argument) ?? []).map { arena.sequence($0) ?? [] }
    if !pairs.isEmpty, pairs.allSatisfy({ $0.count == 2 && arena.text($0[0]) != nil }) {
      addPairs(pairs.flatMap(\.self), maker: maker)
    } else {
      add(argument, key: nil, maker: maker)
    }
  }

  /// - Parameter isState: whether they are an object's own names: modules keep three dictionaries among theirs whose keys
  ///   count as the module's.
  private mutating func addPairs(_ pairs: [PickleReference], maker: String?, isState: Bool = false) {
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      let key = text(ofKey: pairs[index]) ?? "\(index / 2)"
      let isModulePart = isState && ["_parameters", "_buffers", "_modules"].contains(key)
      add(pairs[index + 1], key: isModulePart ? nil : key, maker: maker)
    }
  }

  private mutating func add(_ reference: PickleReference, key: String?, maker: String?) {
    switch arena[reference].kind {
    case .tuple, .list, .set, .dictionary, .call, .object, .persistent:
      all.append(Child(reference: reference, key: maker == nil ? key : nil, maker: maker))
    default: break
    }
  }

  /// A key as a part of a name; nil for one that is no text or number.
  private func text(ofKey reference: PickleReference) -> String? {
    switch arena[reference].kind {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .boolean(let value): value ? "True" : "False"
    case .none: "None"
    default: nil
    }
  }
}
