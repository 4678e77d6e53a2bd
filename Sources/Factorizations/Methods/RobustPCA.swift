import LinearAlgebra

/// Principal component pursuit: A = L + S with L of low rank and S sparse, whichever minimise ‖L‖_* + λ‖S‖₁.
///
/// Augmented Lagrangian iterations: S and L in turn by shrinking entries by λ/μ and singular values by 1/μ, then the
/// multipliers, with a growing μ. λ is 1/√max(m, n) unless ``FactorizationOptions/sparsity`` says otherwise. It ends once
/// ‖A − L − S‖_F is below a tenth of ``FactorizationOptions/tolerance`` of ‖A‖_F: 10⁻⁷ as usual.
///
/// The rank is what it finds; the factors are L's leading triplets, at most as many as were asked for.
///
/// Sources: Candès, Li, Ma & Wright, J. ACM 58 (2011), 11; Lin, Chen & Ma, arXiv:1009.5055 (2010), algorithm 5 (inexact
/// ALM, with its μ₀ = 1.25/‖A‖₂ and growth of 1.5).
package struct RobustPCA: FactorizationMethod {
  package let id = "robust-pca"
  package let title = "robust PCA"
  package let summary =
    "splits the matrix into one of low rank and a sparse one by principal component pursuit, inexact augmented Lagrangian "
    + "iterations (Candès, Li, Ma & Wright 2011; Lin, Chen & Ma 2010)"
  package let parameterRule = "k(m + n) + 2s: the entries of both factors, a value and a place for each of s nonzeros"
  package let isIterative = true
  /// A large eigenproblem is one call of LAPACK.
  package let stopsSoon = false
  package let raceExclusion: String? =
    "it leaves a sparse part beside the product, which the bound does not speak of"

  package init() {}

  package func factor(
    _ input: FactorizationInput, options: FactorizationOptions, control: WorkControl,
    report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    try admit(input, rank: options.rank)
    let clock = ContinuousClock.now
    var (a, scaling) = input.working()
    // As many rows as columns at least, however A lies.
    let isWide = a.rows < a.columns
    if isWide { a = a.transposed() }
    let isFlipped = isWide != input.matrix.isStoredTransposed

    func pair(_ low: ShrunkenProduct, rank: Int) -> FactorPair {
      let (left, right) = low.factors(rank: rank, unit: scaling.inverse)
      let pair = FactorPair(left: input.narrowed(left), right: input.narrowed(right))
      return isFlipped ? pair.transposed : pair
    }

    let norm = EntrySummary(a).frobeniusNorm
    var pursuit = try Pursuit(a, penalty: options.sparsity ?? 1 / Double(a.rows).squareRoot(), control)
    var end = Factorization.End.limit
    var progress = FactorizationProgress(iteration: 0, seconds: 0, error: norm * scaling.inverse)
    report(progress)
    if norm == 0 { end = .converged }
    while end == .limit, progress.iteration < options.iterations {
      try control.advance(Double(progress.iteration) / Double(options.iterations))
      let seconds = (ContinuousClock.now - clock) / .seconds(1)
      if let limit = options.secondsLimit, seconds >= limit { break }
      let error = try pursuit.step(control)
      progress = FactorizationProgress(
        iteration: progress.iteration + 1, seconds: (ContinuousClock.now - clock) / .seconds(1),
        error: error * scaling.inverse,
        factors: options.reportsFactors ? pair(pursuit.low, rank: options.rank) : nil)
      report(progress)
      if error <= 0.1 * options.tolerance * norm { end = .converged }
    }

    let (m, n) = (input.shape.rows, input.shape.columns)
    let k = min(options.rank, pursuit.low.rank)
    let nonzeros = pursuit.sparse.withEntries { $0.count { $0 != 0 } }
    var sparse = pursuit.sparse
    if scaling != .none { sparse.scale(by: scaling.inverse) }
    var result = Factorization(
      method: id, factors: pair(pursuit.low, rank: k), parameterCount: k * (m + n) + 2 * nonzeros,
      parameterSentence:
        "\(k) × (\(m) + \(n)) + 2 × \(nonzeros): the entries of both factors, a value and a place for each "
        + "nonzero of the sparse part",
      progress: progress, end: end)
    result.sparse = DenseMatrix(input.narrowed(sparse), isStoredTransposed: isFlipped)
    result.rankFound = pursuit.low.rank
    return result
  }
}

/// The iterates of the pursuit on a matrix with as many rows as columns at least.
private struct Pursuit {
  /// L, in factors.
  private(set) var low: ShrunkenProduct
  /// S.
  private(set) var sparse: Matrix<Double>
  private let a: Matrix<Double>
  private let penalty: Double
  /// L's entries, and the multipliers Y.
  private var lowEntries: Matrix<Double>
  private var multipliers: Matrix<Double>
  private var weight: Double
  private let weightLimit: Double
  private var scratch: Matrix<Double>

  init(_ a: Matrix<Double>, penalty: Double, _ control: WorkControl) throws(FactorizationError) {
    self.a = a
    self.penalty = penalty
    let zeros = Matrix<Double>(zeros: a.shape)
    (sparse, lowEntries, scratch) = (zeros, zeros, zeros)
    low = ShrunkenProduct(left: Matrix(zeros: Shape(a.rows, 0)), vectors: Matrix(zeros: Shape(a.columns, 0)))
    let largest: Double
    do {
      let gram = try GramMatrix.of(a, scale: 1, control: WorkControl(token: control.token))
      largest = max(0, try symmetricEigenvalues(gram).first ?? 0).squareRoot()
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
    multipliers = a
    let dual = max(largest, EntrySummary(a).largestMagnitude / penalty)
    if dual > 0 { multipliers.scale(by: 1 / dual) }
    weight = largest > 0 ? 1.25 / largest : 1
    weightLimit = weight * 1e7
  }

  /// One round of S, L and Y; ‖A − L − S‖_F.
  mutating func step(_ control: WorkControl) throws(FactorizationError) -> Double {
    // S ← shrink(A − L + Y/μ), and A − S + Y/μ for L, in one pass.
    let (weight, threshold) = (weight, penalty / weight)
    a.withEntries { a in
      multipliers.withEntries { y in
        lowEntries.withEntries { l in
          sparse.withMutableEntries { s in
            scratch.withMutableEntries { x in
              for index in a.indices {
                let shifted = a[index] + y[index] / weight
                let value = shifted - l[index]
                let shrunk = value > threshold ? value - threshold : value < -threshold ? value + threshold : 0
                s[index] = shrunk
                x[index] = shifted - shrunk
              }
            }
          }
        }
      }
    }
    low = try ShrunkenProduct(shrinking: scratch, by: 1 / weight, control)
    lowEntries = low.left.multiplied(by: low.vectors, transposeRight: true)
    var squares = 0.0
    a.withEntries { a in
      lowEntries.withEntries { l in
        sparse.withEntries { s in
          multipliers.withMutableEntries { y in
            for index in a.indices {
              let rest = a[index] - l[index] - s[index]
              squares += rest * rest
              y[index] += weight * rest
            }
          }
        }
      }
    }
    self.weight = min(weightLimit, 1.5 * weight)
    return squares.squareRoot()
  }
}

/// XV·diag(1 − τ/σ)·Vᵀ over the singular values σ > τ of X: its singular values, lowered by τ.
///
/// Through the eigenvectors V of XᵀX. A σ is off by about eps·σ₁²/σ, which is little as long as τ is far above √eps·σ₁ or
/// nothing lies between.
///
/// Source: Cai, Candès & Shen, SIAM J. Optim. 20 (2010), 1956–1982.
private struct ShrunkenProduct {
  /// XV·diag(1 − τ/σ), m × r: orthogonal columns, the longest first.
  let left: Matrix<Double>
  /// V, n × r.
  let vectors: Matrix<Double>
  /// r.
  var rank: Int { vectors.columns }

  init(left: Matrix<Double>, vectors: Matrix<Double>) {
    self.left = left
    self.vectors = vectors
  }

  init(shrinking x: Matrix<Double>, by threshold: Double, _ control: WorkControl) throws(FactorizationError) {
    do {
      let gram = try GramMatrix.of(x, scale: 1, control: WorkControl(token: control.token))
      try control.token.check()
      let (squares, vectors) = try symmetricEigensystem(gram)
      let values = squares.map { max(0, $0).squareRoot() }
      let kept = values.prefix { $0 > threshold }
      self.vectors = vectors.leadingColumns(kept.count)
      left = x.multiplied(by: self.vectors).scaledLeadingColumns(kept.map { 1 - threshold / $0 })
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
  }

  /// The leading factors, in units that are `unit` times larger.
  func factors(rank: Int, unit: Double) -> (left: Matrix<Double>, right: Matrix<Double>) {
    let rank = min(rank, self.rank)
    var left = left.leadingColumns(rank)
    if unit != 1 { left.scale(by: unit) }
    return (left, vectors.leadingColumns(rank).transposed())
  }
}
