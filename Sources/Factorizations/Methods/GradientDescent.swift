import LinearAlgebra

/// Steps against the gradient of ½‖A − BC‖² in both factors at once, with momentum.
package struct GradientDescent: FactorizationMethod {
  package let id = "gradient"
  package let title = "gradient descent"
  package let summary =
    "minimises ½‖A − BC‖² by steps against the gradient in both factors at once, with momentum (Polyak, USSR Comput. "
    + "Math. Math. Phys. 4, 1964) that is dropped where the error would rise (O'Donoghue & Candès, Found. Comput. Math. "
    + "15, 2015)"
  package let parameterRule = "k(m + n): the entries of both factors"
  package let isIterative = true

  package init() {}

  package func factor(
    _ input: FactorizationInput, options: FactorizationOptions, control: WorkControl,
    report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    try admit(input, rank: options.rank)
    switch input.matrix.storage {
    case .float(let stored): return try run(WorkingMatrix(stored, of: input), options, control, report)
    case .double(let stored): return try run(WorkingMatrix(stored, of: input), options, control, report)
    }
  }

  /// An iteration is 4mnk flops of products with A and about 4(m + n)k² of others.
  private func run<Scalar: LAPACKScalar>(
    _ a: WorkingMatrix<Scalar>, _ options: FactorizationOptions, _ control: WorkControl,
    _ report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    var record = IterationRecord(a, options, control)
    let meter = ErrorMeter(matrix: a)
    let (start, lipschitz) = try DescentPoint<Scalar>.start(a, options, control)
    var point = try start.measured(a, control)
    var step = lipschitz > 0 ? options.stepSize / lipschitz : 0
    // Uᵀ's and Vᵀ's units are roots of A's.
    let unit = a.scaling.factor
    var error = try record.note(
      0, estimate: meter.estimate(cross: point.cross, point.leftGram, point.rightGram), point.u, point.v,
      stepSize: step * unit, report: report)
    var before: DescentPoint<Scalar>?
    while let number = record.next() {
      let candidate = try point.stepped(by: step, momentum: before == nil ? 0 : options.momentum, from: before)
        .measured(a, control)
      let estimate = meter.estimate(cross: candidate.cross, candidate.leftGram, candidate.rightGram)
      let found =
        if let estimate { estimate } else { try meter.exact(candidate.u, candidate.v, control: control) }
      if found <= error {
        (before, point, error) = (point, candidate, found)
      } else if before != nil {
        before = nil
      } else {
        step /= 2
      }
      // A step that was taken back says nothing of the end.
      try record.note(
        number, estimate: error, point.u, point.v, stepSize: step * unit, mayEnd: found <= error && before != nil,
        report: report)
    }
    return try record.finish(id, point.u, point.v)
  }
}

/// Both factors with what the gradient there is made of.
private struct DescentPoint<Scalar: LAPACKScalar> {
  var u: Matrix<Scalar>
  var v: Matrix<Scalar>
  /// A·V.
  var image: Matrix<Scalar>
  /// Aᵀ·U.
  var coimage: Matrix<Scalar>
  var leftGram = Matrix<Double>(zeros: Shape(0, 0))
  var rightGram = Matrix<Double>(zeros: Shape(0, 0))

  init(_ u: Matrix<Scalar>, _ v: Matrix<Scalar>) {
    self.u = u
    self.v = v
    image = Matrix(zeros: u.shape)
    coimage = Matrix(zeros: v.shape)
  }

  /// A balanced start, UᵀU = VᵀV = s·I with s = ‖A‖_F/(10√k), in random directions, or the given one; and L, an estimate
  /// of the Lipschitz constant of the gradient along the way, 2σ₁: the largest curvature at the balanced optimum.
  static func start(
    _ a: WorkingMatrix<Scalar>, _ options: FactorizationOptions, _ control: WorkControl
  ) throws(FactorizationError) -> (DescentPoint, lipschitz: Double) {
    let largest = try largestValue(a, seed: options.seed, control)
    if let start = options.start {
      let (u, v) = a.working(start)
      let grown = try max(
        ThinGram.of(u, control: control).largestEigenvalue, ThinGram.of(v, control: control).largestEigenvalue)
      return (DescentPoint(u, v), 2 * max(largest, grown))
    }
    let k = options.rank
    var generator = SeededGenerator(seed: options.seed)
    let scale = (a.norm / (10 * Double(k).squareRoot())).squareRoot()
    let sides = [a.shape.rows, a.shape.columns].map { Matrix<Double>.gaussian(Shape($0, k), from: &generator) }
    do {
      let factors = try sides.map {
        Matrix<Scalar>(try ThinQR($0).orthonormalColumns().scaledLeadingColumns(Array(repeating: scale, count: k)))
      }
      return (DescentPoint(factors[0], factors[1]), 2 * largest)
    } catch {
      throw (error as? LAPACKError).map { .lapack($0) } ?? .cancelled
    }
  }

  /// σ₁ to a per cent or so, from a few power steps.
  private static func largestValue(
    _ a: WorkingMatrix<Scalar>, seed: UInt64, _ control: WorkControl
  ) throws(FactorizationError) -> Double {
    var options = FactorizationOptions(rank: 1)
    options.seed = seed
    options.oversampling = 3
    options.powerSteps = 3
    return try RandomizedTriplets(a, options: options, control: WorkControl(token: control.token)).values.first ?? 0
  }

  /// With the products and Gram matrices.
  consuming func measured(_ a: WorkingMatrix<Scalar>, _ control: WorkControl) throws(FactorizationError) -> DescentPoint
  {
    try a.times(v, into: &image, control: control)
    try a.transposedTimes(u, into: &coimage, control: control)
    leftGram = try ThinGram.of(u, control: control)
    rightGram = try ThinGram.of(v, control: control)
    return self
  }

  /// ⟨AᵀU, V⟩.
  var cross: Double { coimage.innerProduct(with: v) }

  /// U + η(AV − U·VᵀV) + β(U − U₋) and the same of V.
  func stepped(by step: Double, momentum: Double, from before: DescentPoint?) -> DescentPoint {
    DescentPoint(
      moved(u, along: image, rightGram, by: step, momentum, before?.u),
      moved(v, along: coimage, leftGram, by: step, momentum, before?.v))
  }

  /// X·((1 + β)I − ηG) + ηP − βX₋.
  private func moved(
    _ x: Matrix<Scalar>, along product: Matrix<Scalar>, _ gram: Matrix<Double>, by step: Double, _ momentum: Double,
    _ before: Matrix<Scalar>?
  ) -> Matrix<Scalar> {
    let k = gram.rows
    let keeping = Matrix<Scalar>(
      Matrix<Double>(Shape(k, k)) { i, j in (i == j ? 1 + momentum : 0) - step * gram[i, j] })
    var next = product
    combine(&next, step, before ?? product, before == nil ? 0 : -momentum)
    x.withBlock(columns: k) { x in
      keeping.withBlock(columns: k) { m in
        next.withMutableBlock(columns: 0..<k) { multiplyAdd(x, m, into: $0, beta: 1) }
      }
    }
    return next
  }
}

extension Matrix where Scalar == Double {
  /// The largest eigenvalue of a symmetric matrix.
  fileprivate var largestEigenvalue: Double { (try? symmetricEigenvalues(self).first) ?? 0 }
}
