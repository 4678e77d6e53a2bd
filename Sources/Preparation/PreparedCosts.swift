import Factorizations
import RankAnalysis

extension ParameterCosts {
  /// What the factors of `prepared` cost, the means and scales that lead back to the file's entries counted.
  package init(_ prepared: PreparedMatrix) {
    let type = prepared.loaded.entry.type
    self.init(
      shape: prepared.loaded.shape, sourceElementSize: type.bytesPerElement,
      factorElementSize: type.factorElementSize,
      offsets: prepared.offsetParameters)
  }
}

extension PreparedMatrix {
  /// eps of the source relative to the prepared entries: taking means away leaves the rounding of what was there before.
  package var sourceEpsilon: Double { min(1, loaded.entry.type.epsilon * roundingGrowth) }

  /// What a solver is given of it.
  package var solveInput: SolveInput {
    SolveInput(source: loaded.content, summary: loaded.summary, sourceEpsilon: sourceEpsilon)
  }
}
