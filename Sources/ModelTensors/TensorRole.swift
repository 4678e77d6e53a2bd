/// Where a tensor stands in a model: its layer, and what it does there.
///
/// Layers repeat the same names under a number. "encoder.layer.3.attention.self.query.weight" has layer 3 and role
/// "attention.self.query"; "embeddings.word_embeddings.weight" has no layer.
package struct TensorRole: Hashable, Sendable {
  /// What stands before the number: "encoder.layer"; empty without a layer.
  package let stack: String
  /// The number; nil for tensors that stand outside the layers.
  package let layer: Int?
  /// What is left of the name, without a final ".weight".
  package let role: String

  /// Takes `name` apart at its first segment that is a number.
  package init(_ name: String) {
    var segments = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if segments.count > 1, segments.last == "weight" { segments.removeLast() }
    guard
      let place = segments.indices.dropFirst().first(where: { index in
        index + 1 < segments.count && !segments[index].isEmpty && segments[index].count <= 6
          && segments[index].utf8.allSatisfy { (0x30...0x39).contains($0) }
      }), let number = Int(segments[place])
    else {
      (stack, layer, role) = ("", nil, segments.joined(separator: "."))
      return
    }
    stack = segments[..<place].joined(separator: ".")
    layer = number
    role = segments[(place + 1)...].joined(separator: ".")
  }
}
