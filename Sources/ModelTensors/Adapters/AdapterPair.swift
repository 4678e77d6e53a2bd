import LinearAlgebra
import MatrixFiles

/// A change of a weight that an adapter holds as two thin factors: ΔW = s·B·A.
struct AdapterPair: Hashable, Sendable {
  /// Where the scale comes from.
  enum Scale: Hashable, Sendable {
    case known(Double)
    /// α/r with α in a number or a tensor of that name.
    case alpha(String)
  }

  /// ΔW: the module's name, the factors' type, and the shape of the weight.
  let entry: TensorEntry
  /// A, r × in.
  let down: TensorEntry
  /// B, out × r.
  let up: TensorEntry
  let scale: Scale
  /// Whether the weight is stored in × out.
  let isTransposed: Bool
  /// What is to be said of it.
  let notes: [String]

  /// The name of the α that it is scaled by, where that stands by itself.
  var alpha: String? { if case .alpha(let name) = scale { name } else { nil } }
}

extension ModelFile {
  /// s.
  func scale(of pair: AdapterPair, control: WorkControl) throws(FileError) -> Double {
    switch pair.scale {
    case .known(let scale): return scale
    case .alpha(let name):
      let rank = pair.down.axes[0]
      guard let alpha = try number(of: name, control: control), alpha.isFinite, rank > 0 else {
        throw .invalid(
          source,
          reason: "“\(printable(name))”, which scales “\(printable(pair.entry.name ?? ""))”, is no number that can be "
            + "read here; save the adapter as .safetensors")
      }
      // A zero stands for an alpha that was left out.
      return alpha == 0 ? 1 : alpha / Double(rank)
    }
  }

  private func number(of name: String, control: WorkControl) throws(FileError) -> Double? {
    guard let entry = stored(name) else { return try base.number(named: name, control: control) }
    guard entry.parameters == 1 else { return nil }
    return try base.read(entry, control: control).matrix[0, 0]
  }
}
