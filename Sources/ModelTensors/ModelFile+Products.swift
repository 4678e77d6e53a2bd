import MatrixFiles

// The products of an attention's heads: what it compares, and what it moves.
extension ModelFile {
  /// The products under `parent`, QK before OV; none where the heads are not known.
  ///
  /// With weights of shape out × in, head h compares x_i and x_j as x_iᵀ·(W_Q,hᵀ·W_K,g)·x_j and moves (W_O,h·W_V,g)·x_j;
  /// g is the key-value head that h shares with others.
  ///
  /// Source: Elhage et al., A Mathematical Framework for Transformer Circuits (2021).
  func headProducts(under parent: String) -> [DerivedTensor] { comparing(parent) + moving(parent) }

  /// The products that are listed with `base`, which holds `part` of its attention.
  func products(belongingTo part: AttentionPart, _ base: TensorEntry) -> [DerivedTensor] {
    guard let parent = base.name.flatMap({ TensorPurpose($0) })?.parent else { return [] }
    switch part {
    case .query: return comparing(parent)
    case .output: return moving(parent)
    case .key, .value: return []
    }
  }

  private func comparing(_ parent: String) -> [DerivedTensor] {
    guard let query = weight(.query, of: parent), let key = weight(.key, of: parent) else { return [] }
    var notes: [String] = []
    if description.isRotary { notes.append("the rotary embedding between them, which depends on positions, left out") }
    if hasNorms(parent) { notes.append("the norms of q and k left out") }
    if hasBias(query) || hasBias(key) { notes.append("biases left out") }
    return products("qk", parent, of: query.heads, keyValueHeads: key.heads) { head, group in
      (query.operand(head: head), true, key.operand(head: group), ["W_Qᵀ·W_K"] + notes)
    }
  }

  private func moving(_ parent: String) -> [DerivedTensor] {
    guard let output = weight(.output, of: parent), let value = weight(.value, of: parent) else { return [] }
    let notes = hasBias(value) ? ["biases left out"] : []
    return products("ov", parent, of: output.heads, keyValueHeads: value.heads) { head, group in
      (output.operand(head: head), false, value.operand(head: group), ["W_O·W_V"] + notes)
    }
  }

  private func products(
    _ kind: String, _ parent: String, of heads: Int, keyValueHeads: Int,
    _ factors: (Int, Int) -> (DerivedTensor.Operand, Bool, DerivedTensor.Operand, [String])
  ) -> [DerivedTensor] {
    guard heads > 0, keyValueHeads > 0, heads % keyValueHeads == 0 else { return [] }
    let group = heads / keyValueHeads
    return (0..<heads).compactMap { head in
      let (left, isTransposed, right, notes) = factors(head, head / group)
      let place = "head \(head) of \(heads)" + (group > 1 ? ", key-value head \(head / group) of \(keyValueHeads)" : "")
      return DerivedTensor(
        name: "\(parent)/\(kind).head.\(head)", left: left, transposesLeft: isTransposed, right: right,
        notes: [place] + notes)
    }
  }

  /// The weight that holds `part` of the attention called `parent`.
  private func weight(_ part: AttentionPart, of parent: String) -> HeadedWeight? {
    for kind in [TensorPurpose.Kind.attention(part)] + (part == .output ? [] : [.fusedAttention]) {
      for tail in TensorPurpose.tails(kind) {
        let stem = "\(parent).\(tail)"
        guard let entry = stored(stem + ".weight") ?? stored(stem), TensorPurpose(entry.name ?? "")?.kind == kind else {
          continue
        }
        if let weight = description.headedWeights(of: entry).first(where: { $0.part == part }) { return weight }
      }
    }
    return nil
  }

  private func hasBias(_ weight: HeadedWeight) -> Bool {
    guard let name = weight.base.name else { return false }
    if name.hasSuffix("_weight") { return stored(name.dropLast(6) + "bias") != nil }
    return name.hasSuffix(".weight") && stored(name.dropLast(6) + "bias") != nil
  }

  private func hasNorms(_ parent: String) -> Bool {
    ["q_norm.weight", "query_norm.weight", "q_layernorm.weight", "attn_q_norm.weight"].contains {
      stored("\(parent).\($0)") != nil
    }
  }
}
