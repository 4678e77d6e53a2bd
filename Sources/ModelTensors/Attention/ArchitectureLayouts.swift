import MatrixFiles

// How architectures lay their fused weights, as their published code takes them apart.
extension ModelDescription {
  /// Whether the weights of attention are stored in × out, as GPT-2's Conv1D has them, and not out × in.
  package var storesInputsFirst: Bool {
    guard !isGGUF, let architecture else { return false }
    return ["gpt2", "openai-gpt", "imagegpt", "decision_transformer", "jais"].contains(architecture)
  }

  /// How queries, keys and values lie in the fused weight that ends in `tail`; nil where that is not known.
  ///
  /// Sources: transformers' modeling files of each architecture; llama.cpp's converters, which bring every architecture
  /// to the concatenated order; torch.nn.MultiheadAttention for `in_proj_weight`.
  func fusedOrder(tail: String) -> HeadLayout.Order? {
    if tail == "in_proj_weight" || isGGUF { return .concatenated }
    switch architecture {
    case "gpt2", "openai-gpt", "imagegpt", "decision_transformer", "jais", "phi3", "qwen", "mpt", "dbrx", "baichuan",
      "modernbert", "nomic_bert":
      return .concatenated
    case "gpt_neox", "gpt_neox_japanese", "bloom", "persimmon", "fuyu", "internlm2": return .grouped
    case "falcon", "RefinedWeb", "RefinedWebModel":
      // 7b: one key and one value for all queries at the end; 40b: by key-value head; the smallest: by head.
      let isConcatenated =
        !flags.contains("new_decoder_architecture") && architecture != "RefinedWeb" && flags.contains("multi_query")
      return isConcatenated ? .concatenated : .grouped
    case "gpt_bigcode": return keyValueHeads == 1 ? .concatenated : .grouped
    case "chatglm": return flags.contains("multi_query_attention") ? .concatenated : .grouped
    case "codegen": return .blocked(4)
    default: return nil
    }
  }

  /// The layout of the fused weight that ends in `tail` along its axis of `length`; nil where it is not known or the
  /// model's numbers do not fit.
  func fusedLayout(tail: String, length: Int) -> HeadLayout? {
    guard let order = fusedOrder(tail: tail) else { return nil }
    if let heads, let keyValueHeads, let headDimension,
      let layout = HeadLayout(order, heads: heads, keyValueHeads: keyValueHeads, depth: headDimension)
    {
      if layout.length(of: .query) == length { return layout }
    }
    // Thirds need no heads to be told apart.
    guard order == .concatenated, length % 3 == 0, heads == keyValueHeads else { return nil }
    return HeadLayout(thirdsOf: length)
  }

  /// The heads of a weight that holds `part` alone, along its axis of `length`.
  func separateLayout(of part: AttentionPart, length: Int) -> HeadLayout? {
    guard let heads, let keyValueHeads, let headDimension,
      let layout = HeadLayout(.separate, heads: heads, keyValueHeads: keyValueHeads, depth: headDimension)
    else { return nil }
    return layout.length(of: part) == length ? layout : nil
  }

  /// The names and places of the two halves of a fused gate of `axes` that ends in `tail`; nil where they are not known.
  func gateHalves(tail: String, axes: [Int]) -> [(name: String, axis: Int, factors: [TensorBlock.Factor])]? {
    guard let architecture, let axis = gateAxis(tail: tail, axes: axes), axes[axis] % 2 == 0 else { return nil }
    let half = axes[axis] / 2
    return ["gate", "up"].enumerated().map { place, name in
      let factors: [TensorBlock.Factor] =
        architecture == "gpt_oss"
        ? [.init(.all, of: half), .init(.index(place), of: 2)] : [.init(.range(place * half..<(place + 1) * half))]
      return (name, axis, factors)
    }
  }

  private func gateAxis(tail: String, axes: [Int]) -> Int? {
    switch (tail, architecture) {
    case ("gate_up_proj", _):
      guard axes.count == 3 else { return axes.count == 2 ? 0 : nil }
      if ["gpt_oss", "llama4", "llama4_text"].contains(architecture) { return 2 }
      // Experts are either out × in or in × out: the side that is not the model's is the fused one.
      guard let hiddenSize, axes[1] != axes[2] else { return nil }
      return axes[2] == hiddenSize ? 1 : axes[1] == hiddenSize ? 2 : nil
    case ("dense_h_to_4h", "chatglm"): return flags.contains("multi_query_attention") ? 0 : nil
    case ("ffn_up", "phi3"): return isGGUF && axes.count == 2 ? 0 : nil
    default: return nil
    }
  }
}
