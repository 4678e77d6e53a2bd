import LinearAlgebra
import RankAnalysis

/// Solves with A and with its factors, in f64.
struct Inversion {
  private let matrix: DenseMatrix
  private let svd: SVD
  private let analysis: SpectrumAnalysis
  private let isTimed: Bool
  private let seconds: Double

  /// What solves with `matrix`, of which `svd` and `analysis` are known.
  init(matrix: DenseMatrix, svd: SVD, analysis: SpectrumAnalysis, isTimed: Bool, seconds: Double) {
    self.matrix = matrix
    self.svd = svd
    self.analysis = analysis
    self.isTimed = isTimed
    self.seconds = seconds
  }

  /// The largest dense system that is solved, in FLOPs.
  private static let mostFlops = 2e11

  /// Compares both solutions of the ridge system.
  func ridge(_ choice: RidgeChoice, rank: Int, control: WorkControl) throws(Cancelled) -> InversionFinding {
    let lambda = lambda(choice)
    let (m, kept) = (matrix.shape.rows, min(rank, svd.singularValues.count))
    let next = analysis.spectrum.values.dropFirst(rank).first ?? 0
    let effect = next > 0 ? next * next / (next * next + lambda) : 0
    guard lambda > 0 || analysis.spectrum.largest > 0 else {
      let sentence = "Every entry is zero, and so is the λ that follows from σ₁: give λ above 0."
      return InversionFinding(
        lambda: lambda, choice: choice, rank: rank, dense: .leftOut(sentence), factored: .leftOut(sentence),
        difference: nil, effectOfCut: effect)
    }
    let b = AnyMatrix.gaussian(Shape(m, 1), isFloat: false, seed: 2).widened.withEntries { Array($0) }
    let system = RidgeSystem(a: wide(matrix), lambda: lambda)
    guard lambda > 0 else {
      var dense = SolveOutcome.leftOut("AAᵀ is singular, of rank \(numericalRank) with \(m) rows: give λ above 0.")
      if numericalRank == m { dense = try solveDense(system, b, control).outcome }
      let sentence = "λ = 0 leaves nothing that Woodbury’s identity could divide by: give λ above 0."
      return InversionFinding(
        lambda: lambda, choice: choice, rank: rank, dense: dense, factored: .leftOut(sentence), difference: nil,
        effectOfCut: effect)
    }
    let left = wide(svd.leftVectors).scaledLeadingColumns(Array(svd.singularValues.prefix(kept)))
    let cut = RidgeSystem(a: left, lambda: lambda)
    try control.token.check()
    let dense = try solveDense(system, b, control)
    let factored = try solveFactored(cut, system, b, control)
    return InversionFinding(
      lambda: lambda, choice: choice, rank: rank, dense: dense.outcome, factored: factored.outcome,
      difference: dense.x.flatMap { x in factored.x.map { distance($0, x) / norm(x) } }, effectOfCut: effect)
  }

  private func solveDense(
    _ system: RidgeSystem, _ b: [Double], _ control: WorkControl
  ) throws(Cancelled) -> (outcome: SolveOutcome, x: [Double]?) {
    let (m, n) = (Double(matrix.shape.rows), Double(matrix.shape.columns))
    let flops = m * m * n + m * m * m / 3 + 2 * m * m
    let bytes = 8 * m * m
    guard flops <= Self.mostFlops, bytes <= Double(AvailableMemory.bytes) / 2 else {
      return (
        .leftOut(
          "Dense: AAᵀ would take \(NumberFormat.bytes(Int(bytes))) and \(NumberFormat.count(flops)) FLOPs, and is left out."
        ), nil
      )
    }
    do {
      let x = try system.solveByCholesky(b)
      var times: TimeSpread?
      if isTimed { times = try timed({ _ = try? system.solveByCholesky(b) }, seconds: seconds, control: control) }
      let residual = system.residual(x, b)
      return (.solved(SolveFacts(flops: flops, times: times, residual: residual, residualOfA: residual)), x)
    } catch is Cancelled {
      throw Cancelled()
    } catch {
      return (
        .leftOut(
          "AAᵀ + λI is not positive definite in f64: \(system.lambda > 0 ? "λ" : "the least σ²") is lost in the rounding of σ₁²; give a larger λ."
        ), nil
      )
    }
  }

  private func solveFactored(
    _ cut: RidgeSystem, _ system: RidgeSystem, _ b: [Double], _ control: WorkControl
  ) throws(Cancelled) -> (outcome: SolveOutcome, x: [Double]?) {
    let (m, k) = (Double(cut.a.rows), Double(cut.a.columns))
    let flops = m * k * k + k * k * k / 3 + 4 * m * k + 2 * k * k
    do {
      let x = try cut.solveByWoodbury(b)
      guard x.allSatisfy(\.isFinite) else { throw NotPositiveDefinite(minor: 1) }
      var times: TimeSpread?
      if isTimed { times = try timed({ _ = try? cut.solveByWoodbury(b) }, seconds: seconds, control: control) }
      return (
        .solved(
          SolveFacts(
            flops: flops, times: times, residual: cut.residual(x, b), residualOfA: system.residual(x, b))), x
      )
    } catch is Cancelled {
      throw Cancelled()
    } catch {
      return (
        .leftOut(
          "The capacitance matrix λI + LᵀL is singular in f64: λ is lost in the rounding of σ₁²; give a larger λ or a "
            + "smaller rank."), nil
      )
    }
  }

  /// The condition of A_k⁺, its distance from A⁺, and the time of A_k⁺b.
  func pseudoinverse(rank: Int, control: WorkControl) throws(Cancelled) -> PseudoinverseFinding {
    let (spectrum, numericalRank) = (analysis.spectrum, numericalRank)
    let kept = min(rank, numericalRank, svd.singularValues.count)
    let sides = Double(matrix.shape.rows + matrix.shape.columns)
    var times: TimeSpread?
    if isTimed, kept > 0 {
      let inverse = TruncatedPseudoinverse(svd, rank: kept)
      let b = AnyMatrix.gaussian(Shape(matrix.shape.rows, 1), isFloat: false, seed: 2).widened.withEntries { Array($0) }
      times = try timed({ _ = inverse.times(b) }, seconds: seconds / 3, control: control)
    }
    return PseudoinverseFinding(
      rank: kept, numericalRank: numericalRank, largest: spectrum.largest,
      smallestKept: kept > 0 ? spectrum.values[kept - 1] : 0,
      smallest: numericalRank > 0 ? spectrum.values[numericalRank - 1] : 0,
      flops: 2 * Double(kept) * sides + Double(kept), times: times)
  }

  private var numericalRank: Int {
    let spectrum = analysis.spectrum
    return spectrum.values.prefix { $0 > spectrum.floorValue && $0 > 0 }.count
  }

  private func lambda(_ choice: RidgeChoice) -> Double {
    switch choice {
    case .share(let share):
      let root = share * analysis.spectrum.largest
      return root * root
    case .noise:
      let edge = MarchenkoPastur.noiseEdge(of: analysis)
      return edge * edge
    case .value(let value): return value
    }
  }

  private func wide(_ dense: DenseMatrix) -> Matrix<Double> {
    dense.isStoredTransposed ? dense.storage.widened.transposed() : dense.storage.widened
  }

  private func wide(_ matrix: AnyMatrix) -> Matrix<Double> { matrix.widened }
}

/// A_k⁺ as two factors: V_kΣ_k⁻¹ and U_kᵀ.
package struct TruncatedPseudoinverse {
  private let right: Matrix<Double>
  private let left: Matrix<Double>

  /// That of `rank` leading triplets, whose σ are above 0.
  package init(_ svd: SVD, rank: Int) {
    let inverses = svd.singularValues.prefix(rank).map { 1 / $0 }
    right = svd.rightVectors.widened.scaledLeadingColumns(inverses)
    left = svd.leftVectors.widened.leadingColumns(rank)
  }

  /// A_k⁺·`b`: 2k(m + n) FLOPs.
  package func times(_ b: [Double]) -> [Double] { right.times(left.times(b, transposed: true)) }
}
