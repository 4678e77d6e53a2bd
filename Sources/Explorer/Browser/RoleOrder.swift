/// The order of a layer's roles in which models compute: queries, keys and values, what they come to, then the
/// feed-forward part. Files are often sorted by letters.
enum RoleOrder {
  /// What segments begin with, by the step they belong to.
  private static let steps: [[String]] = [
    ["qkv", "query_key_value", "c_attn", "in_proj", "Wqkv"], ["query", "q_proj", "q_lin", "wq", "q"],
    ["key", "k_proj", "k_lin", "wk", "k"], ["value", "v_proj", "v_lin", "wv", "v"],
    ["o_proj", "out_proj", "out_lin", "wo", "out"], ["gate_up_proj", "gate_proj", "gate", "w1"],
    ["up_proj", "fc1", "c_fc", "intermediate", "lin1", "dense_h_to_4h", "wi", "w3"],
    ["down_proj", "fc2", "lin2", "dense_4h_to_h", "w2"],
  ]

  /// `roles` as models compute them; of what is not known the order stays, behind what is.
  static func sorted(_ roles: [String]) -> [String] {
    roles.enumerated().sorted { ($0.element.step, $0.offset) < ($1.element.step, $1.offset) }.map(\.element)
  }

  fileprivate static func step(_ role: String) -> Int {
    let segments = role.split(separator: ".").map(String.init)
    if let step = steps.indices.first(where: { index in segments.contains { steps[index].contains($0) } }) {
      return 2 * step
    }
    // BERT says "output" twice: once of the attention, once of the layer.
    guard segments.contains("output") || segments.contains("c_proj") else { return 2 * steps.count + 2 }
    return segments.contains { $0.hasPrefix("att") } ? 9 : 2 * steps.count
  }
}

extension String {
  fileprivate var step: Int { RoleOrder.step(self) }
}
