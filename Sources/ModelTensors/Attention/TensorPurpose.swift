/// What a weight is for, as far as its name says.
package struct TensorPurpose: Hashable, Sendable {
  /// The purposes that matter for parts and products.
  package enum Kind: Hashable, Sendable {
    /// One part of an attention.
    case attention(AttentionPart)
    /// Queries, keys and values in one weight.
    case fusedAttention
    /// The gate of a gated feed-forward network and what it multiplies, in one weight.
    case fusedGate
  }

  /// The purpose.
  package let kind: Kind
  /// What the weights of the same attention have in common: "layers.3.self_attn".
  package let parent: String
  /// What follows it, without ".weight": "q_proj".
  package let tail: String

  /// Understands `name`; nil for names that are none of these.
  package init?(_ name: String) {
    let stem = name.hasSuffix(".weight") ? String(name.dropLast(7)) : name
    // Parameters without ".weight" are biases, scales and the like, but for these.
    guard stem.count < name.count || stem.hasSuffix(".in_proj_weight") || stem.hasSuffix(".gate_up_proj") else {
      return nil
    }
    let last = stem.lastIndex(of: ".").map { String(stem[stem.index(after: $0)...]) } ?? stem
    for pattern in Self.patterns[last] ?? [] {
      let whole = pattern.context.isEmpty ? pattern.tail : pattern.context + "." + pattern.tail
      guard stem == whole || stem.hasSuffix("." + whole), stem.count > pattern.tail.count else { continue }
      kind = pattern.kind
      parent = String(stem.dropLast(pattern.tail.count + 1))
      tail = pattern.tail
      return
    }
    return nil
  }

  /// What `parent` may be followed by for a weight that is `kind`.
  static func tails(_ kind: Kind) -> [String] { tailsByKind[kind] ?? [] }

  private struct Pattern {
    /// What must stand before the tail, and belongs to the parent.
    let context: String
    let tail: String
    let kind: Kind
  }

  /// By the last word of the tail.
  private static let patterns = Dictionary(grouping: all) { pattern in
    pattern.tail.split(separator: ".").last.map(String.init) ?? pattern.tail
  }

  private static let tailsByKind = Dictionary(grouping: all, by: \.kind).mapValues { $0.map(\.tail) }

  private static let all: [Pattern] = {
    var all: [Pattern] = []
    func add(_ kind: Kind, _ tails: [String], after contexts: [String] = [""]) {
      for tail in tails {
        for context in contexts { all.append(Pattern(context: context, tail: tail, kind: kind)) }
      }
    }
    let texts = ["SelfAttention", "EncDecAttention"]
    let words = ["attention", "self_attention", "self_attn", "attn"]
    add(.attention(.query), ["q_proj", "q_lin", "wq", "attn_q", "self.query", "self.query_proj"])
    add(.attention(.key), ["k_proj", "k_lin", "wk", "attn_k", "self.key", "self.key_proj"])
    add(.attention(.value), ["v_proj", "v_lin", "wv", "attn_v", "self.value", "self.value_proj"])
    // Vision transformers say attention twice, once for the projections and once for the layer.
    add(.attention(.query), ["attention.query"], after: ["attention"])
    add(.attention(.key), ["attention.key"], after: ["attention"])
    add(.attention(.value), ["attention.value"], after: ["attention"])
    add(.attention(.query), ["q"], after: texts)
    add(.attention(.key), ["k"], after: texts)
    add(.attention(.value), ["v"], after: texts)
    add(.attention(.output), ["o"], after: texts)
    add(.attention(.output), ["o_proj", "out_proj", "out_lin", "wo", "Wo", "attn_output"])
    add(.attention(.output), ["output.dense"], after: ["attention"])
    add(.attention(.output), ["dense", "c_proj"], after: words)
    add(
      .fusedAttention,
      ["c_attn", "query_key_value", "qkv_proj", "Wqkv", "wqkv", "W_pack", "in_proj_weight", "attn_qkv"])
    add(.fusedAttention, ["qkv"], after: words)
    add(.fusedGate, ["gate_up_proj", "dense_h_to_4h", "ffn_up"])
    return all
  }()
}
