import LinearAlgebra

/// k approximate singular triplets from a random subspace, in the units of the working matrix.
///
/// Source: Halko, Martinsson & Tropp, SIAM Review 53 (2011), 217–288, algorithms 4.4 and 5.1.
struct RandomizedTriplets<Scalar: LAPACKScalar> {
  /// m × k, orthonormal columns.
  let left: Matrix<Scalar>
  /// k values, non-increasing.
  let values: [Double]
  /// n × k, orthonormal columns.
  let right: Matrix<Scalar>

  /// Draws k + ``FactorizationOptions/oversampling`` columns and multiplies by AAᵀ
  /// ``FactorizationOptions/powerSteps`` times, each product made orthonormal.
  ///
  /// - Complexity: 4(q + 1)·mnl flops for l columns and q power steps, and about 4(m + n)l²(q + 1).
  init(
    _ a: WorkingMatrix<Scalar>, options: FactorizationOptions, control: WorkControl
  ) throws(FactorizationError) {
    let shape = a.shape
    let count = min(shape.shortSide, options.rank + max(0, options.oversampling))
    let steps = max(0, options.powerSteps)
    var domain = Matrix<Scalar>(Matrix<Double>.gaussian(Shape(shape.columns, count), seed: options.seed))
    var range = Matrix<Scalar>(zeros: Shape(shape.rows, count))
    let part = WorkControl(token: control.token)
    try a.times(domain, into: &range, control: part)
    for step in 0..<steps {
      try control.advance(Double(step) / Double(steps + 1))
      try Self.orthonormalize(&range)
      try a.transposedTimes(range, into: &domain, control: part)
      try Self.orthonormalize(&domain)
      try a.times(domain, into: &range, control: part)
    }
    try Self.orthonormalize(&range)
    // QᵀA, transposed: its QR leaves a small square.
    try a.transposedTimes(range, into: &domain, control: part)
    try control.goOn()
    do {
      let factored = try ThinQR(domain)
      // Bᵀ = Q_B·R, so B = Rᵀ·Q_Bᵀ and R = W·Σ·Zᵀ gives B = Z·Σ·(Q_B·W)ᵀ.
      let small = try DivideAndConquer<Double>.thinSVD(factored.triangle)
      try control.goOn()
      let k = min(options.rank, count)
      left = range.multiplied(by: Matrix<Scalar>(small.vt.transposed().leadingColumns(k)))
      right = try factored.orthonormalColumns().multiplied(by: Matrix<Scalar>(small.u.leadingColumns(k)))
      values = Array(small.values.prefix(k))
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
  }

  private static func orthonormalize(_ x: inout Matrix<Scalar>) throws(FactorizationError) {
    do { x = try ThinQR(x).orthonormalColumns() } catch { throw .lapack(error) }
  }
}
