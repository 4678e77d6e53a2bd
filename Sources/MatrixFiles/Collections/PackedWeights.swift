/// Quantised weights that lie packed beside their scales: what is stored under the weight's name is no matrix of it, and
/// its spectrum would mean nothing. They are told by the tensors beside them.
package enum PackedWeights {
  /// Why tensors of one file are not to be taken for matrices: sentences by the tensors' names.
  ///
  /// - Parameters:
  ///   - tensors: all that are readable, of all parts of the file.
  ///   - unreadable: those that are not, which can be the siblings that tell.
  /// - Returns: a sentence for every packed weight and for every tensor that belongs to one; nothing for plain ones.
  /// - Complexity: a few look-ups a tensor.
  package static func explanations(
    of tensors: [TensorEntry], beside unreadable: [UnreadableTensor] = []
  ) -> NameTable<String> {
    var axes = NameTable<[Int]>()
    axes.reserveCapacity(tensors.count + unreadable.count)
    for tensor in tensors { if let name = tensor.name { axes[name] = tensor.axes } }
    for tensor in unreadable { axes[tensor.name] = tensor.axes }
    var sentences = NameTable<String>()
    for tensor in tensors {
      guard let name = tensor.name else { continue }
      guard let (scheme, stem) = PackedScheme.scheme(of: tensor, called: name, axes) else { continue }
      let members = scheme.companions.map { stem + $0 }.filter { $0 != name && axes[$0] != nil }
      sentences[name] = scheme.sentence(of: name, members: members)
      for member in members where sentences[member] == nil {
        sentences[member] =
          "“\(printable(member))” belongs to “\(printable(name))”, which is \(scheme.title), and is no weight of its own"
      }
    }
    return sentences
  }

  /// Moves what ``explanations(of:beside:)`` explains from `tensors` to `unreadable`.
  package static func separate(_ tensors: inout [TensorEntry], _ unreadable: inout [UnreadableTensor]) {
    let sentences = explanations(of: tensors, beside: unreadable)
    if sentences.isEmpty { return }
    var plain: [TensorEntry] = []
    for tensor in tensors {
      if let name = tensor.name, let sentence = sentences[name] {
        unreadable.append(
          UnreadableTensor(
            name: name, reason: sentence, type: tensor.type.rawValue, axes: tensor.axes, bytes: tensor.bytes))
      } else {
        plain.append(tensor)
      }
    }
    tensors = plain
  }
}
