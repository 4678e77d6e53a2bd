import MatrixFiles

// What follows from the stored tensors: found by the names of those, only when it is asked for.
extension ModelFile {
  /// What `entry` – one of ``tensors``, or derived itself – can be taken apart into: the parts of a fused weight, the
  /// slices of a stack of experts, heads; and the products of heads that its attention has, under the attention's name:
  /// QK with the queries, OV with the output. Empty where there is nothing, or nothing is known.
  ///
  /// - Complexity: proportional to the number of heads or experts; nothing is read.
  package func derived(of entry: TensorEntry) -> [TensorEntry] {
    guard let name = entry.name, adapters[name] == nil else { return [] }
    if let stored = stored(name) { return derivedTensors(of: stored, called: name).map(\.entry) }
    guard let (base, path) = split(name) else { return [] }
    return derivedTensors(of: base, called: name, under: path).map(\.entry)
  }

  /// The experts of a stack, a matrix each, in place of which nothing should be said of the stack as a whole; empty for
  /// what is no stack.
  package func experts(of entry: TensorEntry) -> [TensorEntry] {
    guard let name = entry.name, let stored = stored(name), stored == entry else { return [] }
    return experts(of: stored, under: name).map(\.entry)
  }

  /// The products of the heads of the attention called `parent`: "layers.3.self_attn/qk.head.0", …, "…/ov.head.0", ….
  package func products(under parent: String) -> [TensorEntry] { headProducts(under: parent).map(\.entry) }

  /// Why `entry` stays whole although its name says that it holds several weights; nil where it does not.
  package func remark(on entry: TensorEntry) -> String? {
    guard let name = entry.name, adapters[name] == nil, let purpose = TensorPurpose(name) else { return nil }
    let architecture = description.architecture.map { "“\(printable($0, limit: 40))”" }
    switch purpose.kind {
    case .attention: return nil
    case .fusedAttention:
      guard entry.axes.count == 2, description.headedWeights(of: entry).isEmpty else { return nil }
      guard let architecture else {
        return "q, k and v in one weight, shown whole: no config.json says how they lie"
      }
      return description.fusedOrder(tail: purpose.tail) == nil
        ? "q, k and v in one weight, shown whole: how \(architecture) lays them is not known"
        : "q, k and v in one weight, shown whole: its sizes are not those of the heads that \(architecture) states"
    case .fusedGate:
      guard purpose.tail == "gate_up_proj", description.gateHalves(tail: purpose.tail, axes: entry.axes) == nil else {
        return nil
      }
      return "gate and up in one weight, shown whole: how they lie is not known"
    }
  }

  /// What is called `name`, which is no stored tensor's.
  func derivedTensor(named name: String) -> DerivedTensor? {
    siblings(of: name).first { $0.entry.name?.isExactly(name) == true }
  }

  /// What lies where something called `name` would.
  func siblings(of name: String) -> [DerivedTensor] {
    guard let slash = name.lastIndex(of: "/") else { return [] }
    let parent = String(name[..<slash])
    var found: [DerivedTensor] = []
    if let base = stored(parent) {
      found = derivedTensors(of: base, called: parent)
    } else if let (base, path) = split(parent) {
      found = derivedTensors(of: base, called: parent, under: path)
    }
    return found.isEmpty ? headProducts(under: parent) : found
  }

  /// The stored tensor that `name` lies under, and what follows its name.
  private func split(_ name: String) -> (base: TensorEntry, path: String)? {
    var end = name.endIndex
    while let slash = name[..<end].lastIndex(of: "/") {
      if let base = stored(String(name[..<slash])) { return (base, String(name[name.index(after: slash)...])) }
      end = slash
    }
    return nil
  }

  /// The parts of a stored tensor, and the products that belong to it.
  private func derivedTensors(of base: TensorEntry, called name: String) -> [DerivedTensor] {
    let weights = description.headedWeights(of: base)
    if let only = weights.first, weights.count == 1 {
      return heads(of: only, under: name) + products(belongingTo: only.part, base)
    }
    if !weights.isEmpty {
      return weights.compactMap { weight in
        DerivedTensor(
          name: "\(name)/\(weight.part.rawValue)", base: base, view: weight.view(),
          notes: ["\(weight.part.rawValue) of \(weight.layout.title)"])
      } + products(belongingTo: .query, base)
    }
    return experts(of: base, under: name) + halves(of: base, expert: nil, under: name)
  }

  /// What lies under the part called `name`, which is `path` of `base`.
  private func derivedTensors(of base: TensorEntry, called name: String, under path: String) -> [DerivedTensor] {
    if let part = AttentionPart(rawValue: path) {
      let weights = description.headedWeights(of: base)
      guard weights.count > 1, let weight = weights.first(where: { $0.part == part }) else { return [] }
      return heads(of: weight, under: name)
    }
    guard path.hasPrefix("expert."), let index = Int(path.dropFirst(7)), isExpertStack(base), index >= 0,
      index < base.axes[0], path == "expert.\(index)"
    else { return [] }
    return halves(of: base, expert: index, under: name)
  }

  private func heads(of weight: HeadedWeight, under name: String) -> [DerivedTensor] {
    guard weight.heads > 1 else { return [] }
    return (0..<weight.heads).compactMap { head in
      DerivedTensor(
        name: "\(name)/head.\(head)", base: weight.base, view: weight.view(head: head),
        notes: ["head \(head) of \(weight.heads)"])
    }
  }

  /// More experts than any model has are a mistake, and are not listed.
  private static let expertLimit = 4096

  private func isExpertStack(_ base: TensorEntry) -> Bool {
    guard base.axes.count == 3, base.axes[0] <= Self.expertLimit, let name = base.name else { return false }
    return name.split(separator: ".").contains { $0 == "experts" || $0.hasSuffix("_exps") }
  }

  private func experts(of base: TensorEntry, under name: String) -> [DerivedTensor] {
    guard isExpertStack(base) else { return [] }
    return (0..<base.axes[0]).compactMap { index in
      DerivedTensor(
        name: "\(name)/expert.\(index)", base: base, view: .slice([index]),
        notes: ["expert \(index) of \(base.axes[0])"])
    }
  }

  /// The gate and what it multiplies, of all or of one expert.
  private func halves(of base: TensorEntry, expert: Int?, under name: String) -> [DerivedTensor] {
    guard let purpose = base.name.flatMap({ TensorPurpose($0) }), purpose.kind == .fusedGate,
      let halves = description.gateHalves(tail: purpose.tail, axes: base.axes)
    else { return [] }
    return halves.compactMap { half in
      var axes = Array(repeating: [TensorBlock.Factor(.all)], count: base.axes.count)
      axes[half.axis] = half.factors
      if let expert { axes[0] = [TensorBlock.Factor(.index(expert))] }
      while axes.last == [TensorBlock.Factor(.all)] { axes.removeLast() }
      return DerivedTensor(
        name: "\(name)/\(half.name)", base: base, view: .block(TensorBlock(axes)),
        notes: ["\(half.name) of gate and up" + (half.factors.count > 1 ? ", interleaved" : "")])
    }
  }
}
