import LinearAlgebra
import MatrixFiles

/// One part of an attention inside the weight that holds it, perhaps with others.
struct HeadedWeight: Hashable, Sendable {
  /// The weight.
  let base: TensorEntry
  /// q, k, v or o.
  let part: AttentionPart
  /// How its heads lie.
  let layout: HeadLayout
  /// The axis along which they lie: 0 for rows.
  let axis: Int
  /// Whether the weight is stored in × out.
  let isTransposed: Bool

  /// How many heads it has; 0 where that is not known.
  var heads: Int { layout.knowsHeads ? layout.count(of: part) : 0 }

  /// What it, or one head of it, is of the weight.
  func view(head: Int? = nil) -> TensorView {
    let factors = layout.factors(part, head: head)
    return .block(axis == 0 ? .matrix(rows: factors) : .matrix(columns: factors))
  }

  /// One head as a factor of a product, out × in.
  func operand(head: Int) -> DerivedTensor.Operand {
    DerivedTensor.Operand(base: base, view: view(head: head), isTransposed: isTransposed)
  }
}

extension ModelDescription {
  /// The parts of attention that `entry` holds, if its name and sizes say so: one, or q, k and v.
  func headedWeights(of entry: TensorEntry) -> [HeadedWeight] {
    guard let name = entry.name, entry.axes.count == 2, let purpose = TensorPurpose(name) else { return [] }
    let outputs = storesInputsFirst ? 1 : 0
    switch purpose.kind {
    case .attention(let part):
      // Heads are what the projections give, and what the output takes.
      let axis = part == .output ? 1 - outputs : outputs
      guard let layout = separateLayout(of: part, length: entry.axes[axis]) else { return [] }
      return [HeadedWeight(base: entry, part: part, layout: layout, axis: axis, isTransposed: storesInputsFirst)]
    case .fusedAttention:
      guard let layout = fusedLayout(tail: purpose.tail, length: entry.axes[outputs]) else { return [] }
      return [.query, .key, .value].map {
        HeadedWeight(base: entry, part: $0, layout: layout, axis: outputs, isTransposed: storesInputsFirst)
      }
    case .fusedGate: return []
    }
  }
}
