/// What a checkpoint says tensors are made by, and what would come of it.
///
/// Source: torch/_utils.py; torch/_tensor.py; torch/jit/_pickle.py.
struct PyTorchBuilders {
  let arena: PickleArena

  /// The parts of a call: what is called, and with what.
  struct Call {
    /// "module.name"; nil when it is no global.
    let name: String?
    let arguments: [PickleReference]
    /// Whether it makes an object of a class rather than calling a function.
    let isObject: Bool
  }

  /// The call or object at `reference`; nil when it is something else.
  func call(_ reference: PickleReference) -> Call? {
    switch arena[reference].kind {
    case .call(let function, let arguments):
      Call(name: name(of: function), arguments: arena[arguments].elements, isObject: false)
    case .object(let function, let arguments):
      Call(name: name(of: function), arguments: arena[arguments].elements, isObject: true)
    default: nil
    }
  }

  /// "module.name" of a function or class. The older checkpoints keep the classes of modules with their source code.
  private func name(of function: PickleReference) -> String? {
    guard case .persistent(let identifier) = arena[function].kind else { return arena.global(function) }
    guard let parts = arena.sequence(identifier), parts.count > 1, arena.text(parts[0]) == "module" else { return nil }
    return arena.global(parts[1])
  }

  private static let parameters: Set<String> = [
    "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state", "torch.nn.parameter.Parameter",
    "torch.nn.parameter.Buffer",
  ]

  private static let subclasses: Set<String> = [
    "torch._tensor._rebuild_from_type_v2", "torch._tensor._rebuild_from_type",
  ]

  /// Whether what is called `name` makes a tensor, readable or not.
  static func makesTensor(_ name: String) -> Bool {
    name.hasPrefix("torch._utils._rebuild_") || parameters.contains(name) || subclasses.contains(name)
  }

  /// Whether a call of `name` comes to its first argument.
  static func isTransparent(_ name: String) -> Bool {
    [
      "collections.OrderedDict", "torch.jit._pickle.build_tensorlist", "torch.jit._pickle.restore_type_tag",
      "torch.jit._pickle.build_intlist",
      "torch.jit._pickle.build_boollist", "torch.jit._pickle.build_doublelist",
    ].contains(name)
  }

  /// The tensor that would come of the call at `reference`.
  ///
  /// - Throws: ``PyTorchRefusal`` with what it is instead.
  func tensor(_ reference: PickleReference) throws(PyTorchRefusal) -> PyTorchTensor {
    var reference = reference
    // A parameter of a parameter is none; a few wrappers are enough.
    for _ in 0..<4 {
      guard let call = call(reference), let name = call.name else { break }
      if Self.parameters.contains(name), let data = call.arguments.first {
        reference = data
      } else if Self.subclasses.contains(name), call.arguments.count >= 3,
        let function = arena.global(call.arguments[0]), let arguments = arena.sequence(call.arguments[2])
      {
        return try tensor(by: function, arguments)
      } else {
        return try tensor(by: name, call.arguments)
      }
    }
    throw PyTorchRefusal("is damaged: it is a parameter without a tensor")
  }

  private func tensor(by name: String, _ arguments: [PickleReference]) throws(PyTorchRefusal) -> PyTorchTensor {
    let version: Int
    switch name {
    case "torch._utils._rebuild_tensor": version = 1
    case "torch._utils._rebuild_tensor_v2": version = 2
    case "torch._utils._rebuild_tensor_v3": version = 3
    default:
      var refusal = Self.refusal(by: name)
      if name == "torch._utils._rebuild_qtensor", arguments.count >= 3, let stored = try storage(arguments[0]).1 {
        (refusal.type, refusal.axes) = (stored.name, integers(arguments[2]) ?? [])
      }
      throw refusal
    }
    guard arguments.count >= [4, 6, 7][version - 1], let offset = arena.integer(arguments[1]),
      let axes = integers(arguments[2]), let strides = integers(arguments[3])
    else { throw PyTorchRefusal("is damaged: its offset, shape or strides are no numbers") }
    let (storage, stored) = try storage(arguments[0])
    var element = stored
    if version == 3 {
      guard let dtype = arena.global(arguments[6]), let known = PyTorchElement(dtype: dtype) else {
        let word = arena.global(arguments[6]).map { " (\(printable($0)))" } ?? ""
        throw PyTorchRefusal("has an element type that is not known\(word)")
      }
      element = known
    } else if arguments.count > 6, arena[arguments[6]].pairs.count <= 256,
      let isNegated = arena.value(of: "neg", in: arguments[6]),
      case .boolean(true) = arena[isNegated].kind
    {
      throw PyTorchRefusal("is stored as the negative of its values; save x.resolve_neg()")
    }
    guard let element else { throw PyTorchRefusal("has no element type") }
    return try PyTorchTensor(storage: storage, element: element, offset: offset, axes: axes, strides: strides)
  }

  /// The integers of a tuple, a list or a `torch.Size`.
  private func integers(_ reference: PickleReference) -> [Int]? {
    var reference = reference
    if let call = call(reference), call.name == "torch.Size", let sizes = call.arguments.first { reference = sizes }
    // A tuple that many tensors share is read for each of them.
    guard let elements = arena.sequence(reference), elements.count <= 256 else { return nil }
    let integers = elements.compactMap(arena.integer)
    return integers.count == elements.count ? integers : nil
  }

  /// The storage at `reference` and its elements, which an untyped one does not know.
  private func storage(_ reference: PickleReference) throws(PyTorchRefusal) -> (PyTorchStorage, PyTorchElement?) {
    guard case .persistent(let identifier) = arena[reference].kind, let parts = arena.sequence(identifier),
      parts.count >= 5, arena.text(parts[0]) == "storage"
    else {
      let name = call(reference)?.name ?? arena.global(reference)
      throw PyTorchRefusal(
        "has no storage of its own" + (name.map { ": it depends on \(printable($0)), which is not run" } ?? ""))
    }
    guard let storageClass = arena.global(parts[1]) else { throw PyTorchRefusal("has a storage of no class") }
    let element = PyTorchElement(storageClass: storageClass)
    guard let size = Self.elementSize(storageClass: storageClass) else {
      throw PyTorchRefusal("depends on the storage class \(printable(storageClass)), which is not known")
    }
    guard let key = key(parts[2]), let count = arena.integer(parts[4]), count >= 0,
      checkedProduct([count, size]) != nil
    else { throw PyTorchRefusal("is damaged: its storage has no key or size") }
    var storage = PyTorchStorage(key: key, elementSize: size, count: count, windowCount: count)
    if parts.count > 5, let window = arena.sequence(parts[5]) {
      guard window.count == 3, let start = arena.integer(window[1]), let length = arena.integer(window[2]), start >= 0,
        length >= 0, start <= count, length <= count - start
      else { throw PyTorchRefusal("is damaged: its storage is a view that leaves the other one") }
      storage.windowStart = start
      storage.windowCount = length
    }
    return (storage, element)
  }

  /// Why what `name` makes is not read.
  static func refusal(by name: String) -> PyTorchRefusal {
    switch name.split(separator: ".").last {
    case "_rebuild_qtensor": PyTorchRefusal("is quantised, and its scales lie beside it; save x.dequantize()")
    case "_rebuild_sparse_tensor", "_rebuild_sparse_csr_tensor":
      PyTorchRefusal("is sparse; save x.to_dense()")
    case "_rebuild_meta_tensor_no_storage": PyTorchRefusal("has no elements: it was on the “meta” device")
    case "_rebuild_nested_tensor": PyTorchRefusal("is nested: it has rows of several lengths; save them one by one")
    default: PyTorchRefusal("depends on \(printable(name)), which is not run; save it as a plain tensor")
    }
  }
}

extension PyTorchBuilders {
  /// The bytes of an element of every storage that is referred to, by its key.
  var storageElementSizes: [String: Int] {
    var sizes: [String: Int] = [:]
    for value in arena.values {
      guard case .persistent(let identifier) = value.kind, let parts = arena.sequence(identifier), parts.count >= 5,
        arena.text(parts[0]) == "storage", let storageClass = arena.global(parts[1]),
        let size = Self.elementSize(storageClass: storageClass), let key = key(parts[2])
      else { continue }
      sizes[key] = size
    }
    return sizes
  }

  /// The bytes of an element as storages of a class count them; nil for a class that is not known.
  private static func elementSize(storageClass: String) -> Int? {
    PyTorchElement.isUntyped(storageClass) ? 1 : PyTorchElement(storageClass: storageClass)?.size
  }

  /// The key of a storage: a text, or a number in the oldest files.
  private func key(_ reference: PickleReference) -> String? {
    arena.text(reference) ?? arena.integer(reference).map(String.init)
  }
}
