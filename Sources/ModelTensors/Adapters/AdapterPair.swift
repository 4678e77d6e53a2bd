import LinearAlgebra
import MatrixFiles

/// A change of a weight that an adapter holds as two thin factors: ΔW = s·B·A.
struct AdapterPair: Hashable, Sendable {
  /// Where the scale comes from.
  enum Scale: Hashable, Sendable {
    case known(Double)
    /// α/r with α in a tensor of its own.
    case alpha(TensorEntry)
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
}

extension ModelFile {
  /// s.
  func scale(of pair: AdapterPair, control: WorkControl) throws(FileError) -> Double {
    switch pair.scale {
    case .known(let scale): return scale
    case .alpha(let entry):
      var options = ReadOptions()
      options.readsScalars = true
      let alpha = try base.read(entry, options: options, control: control).matrix
      let rank = pair.down.axes[0]
      guard alpha.shape.count == 1, rank > 0 else {
        throw .invalid(source, reason: "“\(printable(entry.name ?? ""))” is not the single number that an alpha is")
      }
      // A zero stands for an alpha that was left out.
      return alpha[0, 0] == 0 ? 1 : alpha[0, 0] / Double(rank)
    }
  }
}
