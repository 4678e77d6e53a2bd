import Explorer
import Factorizations
import LinearAlgebra
import Synchronization

/// A solver of leading triplets that knows the answer and gives away only a part of it: bounds that are tight for the first
/// of `count` values and loose for the last, a ceiling for the others. Deterministic, and as slow as a test lets it be.
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
    let ceiling = (count < values.count ? values[count] : 0) * 1.2
    /// 0 for the first value, 1 for the last one that is known.
    func looseness(_ index: Int) -> Double {
      let share = Double(index) / Double(max(1, count - 1))
      return share * share * share
    }
    var upper = values.indices.map { $0 < count ? values[$0] * (1.001 + 0.6 * looseness($0)) : ceiling }
    for index in upper.indices.dropLast().reversed() { upper[index] = max(upper[index], upper[index + 1]) }
    return Spectrum(
      shape: svd.shape,
      lower: values.indices.map { $0 < count ? values[$0] * (0.999 - 0.4 * looseness($0)) : 0 }, upper: upper,
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
    Previewing(occasion, counts: [count], method: "staged") { input throws(FactorizationError) in
      try StagedSolver(input, onExtend: onExtend)
    }
  }
}
