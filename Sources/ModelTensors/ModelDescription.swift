import MatrixFiles

/// What a model says of itself: its architecture and the sizes of its attention.
///
/// Read from `config.json` as Hugging Face's libraries write it, or from the metadata of a GGUF file.
package struct ModelDescription: Hashable, Sendable {
  /// `model_type`, or GGUF's `general.architecture`: "bert", "gpt_neox"; nil where nothing says.
  package var architecture: String?
  /// Whether the weights lie as GGUF's converters leave them.
  package var isGGUF = false
  /// The width of the residual stream.
  package var hiddenSize: Int?
  /// The query heads of a layer.
  package var heads: Int?
  /// The key and value heads of a layer, which groups of query heads share.
  package var keyValueHeads: Int?
  /// The width of a head.
  package var headDimension: Int?
  /// Whether positions enter by turning queries and keys.
  package var isRotary = false
  /// What else decides how fused weights lie: `multi_query`, `new_decoder_architecture`, … where they are true.
  package var flags: Set<String> = []

  /// Nothing is known.
  package init() {}

  /// What a configuration says; of a model of several towers the part of language.
  package init(config: JSONValue) {
    self.init()
    let type = config["model_type"]?.string
    let text = ["text_config", "llm_config", "language_config"].lazy.compactMap { config[$0] }
      .first { $0.object != nil && $0["model_type"]?.string != nil }
    let isNested = Self.first(of: Self.hiddenKeys, in: config) == nil
    let part = isNested ? text ?? config : config
    architecture = isNested ? text?["model_type"]?.string ?? type : type
    hiddenSize = Self.first(of: Self.hiddenKeys, in: part)
    heads = Self.first(
      of: [
        "num_attention_heads", "n_head", "n_heads", "num_heads", "encoder_attention_heads", "decoder_attention_heads",
      ], in: part)
    for flag in ["multi_query", "new_decoder_architecture", "multi_query_attention"] where part[flag]?.bool == true {
      flags.insert(flag)
    }
    keyValueHeads = Self.keyValueHeads(of: part, architecture: architecture, flags: flags, heads: heads)
    headDimension =
      Self.first(of: ["head_dim", "d_kv", "kv_channels", "attention_head_size"], in: part)
      ?? Self.quotient(hiddenSize, heads)
    isRotary = Self.isRotary(part, architecture: architecture)
  }

  /// What the header of a GGUF file says; nil where that names no architecture.
  package init?(metadata: [String: String]) {
    guard let name = metadata["general.architecture"] else { return nil }
    self.init()
    func count(_ key: String) -> Int? { metadata["\(name).\(key)"].flatMap { Self.checked(Int($0)) } }
    architecture = name
    isGGUF = true
    hiddenSize = count("embedding_length")
    heads = count("attention.head_count")
    keyValueHeads = count("attention.head_count_kv") ?? heads
    headDimension = count("attention.key_length") ?? Self.quotient(hiddenSize, heads)
    isRotary = metadata["\(name).rope.dimension_count"] != nil || metadata["\(name).rope.freq_base"] != nil
  }

  private static let hiddenKeys = ["hidden_size", "d_model", "n_embd", "dim", "model_dim"]

  private static func keyValueHeads(
    of part: JSONValue, architecture: String?, flags: Set<String>, heads: Int?
  ) -> Int? {
    switch architecture {
    case "falcon", "RefinedWeb", "RefinedWebModel":
      if flags.contains("new_decoder_architecture") || architecture == "RefinedWeb" {
        return first(of: ["num_kv_heads", "n_head_kv"], in: part) ?? heads
      }
      return flags.contains("multi_query") ? 1 : heads
    case "gpt_bigcode": return part["multi_query"]?.bool != false ? 1 : heads
    case "chatglm":
      return flags.contains("multi_query_attention") ? first(of: ["multi_query_group_num"], in: part) : heads
    default:
      return first(of: ["num_key_value_heads", "num_kv_heads", "n_head_kv"], in: part)
        ?? part["attn_config"].flatMap { first(of: ["kv_n_heads"], in: $0) } ?? heads
    }
  }

  private static func isRotary(_ part: JSONValue, architecture: String?) -> Bool {
    if part["alibi"]?.bool == true { return false }
    if let kind = part["position_embedding_type"]?.string { return kind.hasPrefix("rotary") || kind == "rope" }
    let keys = [
      "rope_theta", "rope_scaling", "rope_parameters", "rope_ratio", "rotary_pct", "rotary_dim", "rotary_emb_base",
      "rotary_emb_fraction", "partial_rotary_factor", "global_rope_theta",
    ]
    if keys.contains(where: { key in part[key].map { $0 != .null } ?? false }) { return true }
    let known: Set = [
      "llama", "mistral", "mixtral", "qwen", "qwen2", "qwen3", "gemma", "phi", "phi3", "falcon", "RefinedWebModel",
      "RefinedWeb", "chatglm", "internlm2", "gptj", "codegen", "gpt_neox", "stablelm", "starcoder2", "baichuan",
    ]
    return architecture.map(known.contains) ?? false
  }

  private static func first(of keys: [String], in part: JSONValue) -> Int? {
    for key in keys { if let value = checked(part[key]?.int) { return value } }
    return nil
  }

  /// A size that models may have; products of three of them fit.
  private static func checked(_ value: Int?) -> Int? {
    value.flatMap { (1...(1 << 20)).contains($0) ? $0 : nil }
  }

  private static func quotient(_ size: Int?, _ count: Int?) -> Int? {
    guard let size, let count, size % count == 0 else { return nil }
    return size / count
  }
}
