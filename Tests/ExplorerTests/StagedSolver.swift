import Explorer
import Factorizations
import LinearAlgebra
import Synchronization

/// A solver of leading triplets that knows the answer and gives away only a part of it: bounds of half a per cent below and
/// one above for the first `count` values, a ceiling for the others. Deterministic, and as slow as a test lets it be.
struct StagedSolver: LeadingSolver {
  let input: SolveInput
  let svd: SVD
  private(set) var count = 0
  /// Called before each widening, with what was asked for.
  let onExtend: @Sendable (Int) throws(FactorizationError) -> Void

  init(_ input: SolveInput, onExtend: @escaping @Sendable (Int) throws(FactorizationError) -> Void)
    throws(FactorizationError)
  {
    self.input = input
    self.onExtend = onExtend
    svd = try DivideAndConquerSolver().thinSVD(of: input, threads: 1, control: WorkControl())
  }

  mutating func extend(to count: Int, control: WorkControl) throws(FactorizationError) {
    try onExtend(count)
    if control.token.isCancelled { throw .cancelled }
    self.count = max(self.count, min(count, svd.singularValues.count))
  }

  mutating func spectrum(control: WorkControl) throws(FactorizationError) -> Spectrum {
    let values = svd.singularValues
    let ceiling = (count < values.count ? values[count] : 0) * 1.05
    return Spectrum(
      shape: svd.shape, lower: values.indices.map { $0 < count ? values[$0] * 0.995 : 0 },
      upper: values.indices.map { $0 < count ? max(values[$0] * 1.01, ceiling) : ceiling },
      frobeniusNorm: input.summary.frobeniusNorm, precisionFloor: 1e-13, rounding: 1e-15, failureProbability: 1e-10)
  }

  func leadingSVD(control: WorkControl) throws(FactorizationError) -> SVD {
    let values = Array(svd.singularValues.prefix(count))
    switch (svd.leftVectors, svd.rightVectors) {
    case (.double(let u), .double(let v)):
      return SVD(
        leftVectors: .double(u.leadingColumns(count)), singularValues: values,
        rightVectors: .double(v.leadingColumns(count)))
    default: throw .cancelled
    }
  }
}

extension Previewing {
  /// Previews of `count` triplets by a ``StagedSolver``.
  static func staged(
    _ occasion: Occasion, count: Int = 3,
    onExtend: @escaping @Sendable (Int) throws(FactorizationError) -> Void = { _ in }
  ) -> Previewing {
    Previewing(occasion, count: count, method: "staged") { input throws(FactorizationError) in
      try StagedSolver(input, onExtend: onExtend)
    }
  }
}
