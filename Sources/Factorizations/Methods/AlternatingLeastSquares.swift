import LinearAlgebra

/// One factor is held, the other is the solution of a least-squares problem, in turn.
package struct AlternatingLeastSquares: FactorizationMethod {
  package let id = "als"
  package let title = "alternating least squares"
  package let summary =
    "minimises ‖A − BC‖² + λ(‖B‖² + ‖C‖²) over the entries that are there, for one factor at a time by normal equations "
    + "(Zhou, Wilkinson, Schreiber & Pan, AAIM 2008)"
  package let parameterRule = "k(m + n): the entries of both factors"
  package let isIterative = true
  package let takesMissing = true

  package init() {}

  package func refusal(of input: FactorizationInput, rank: Int) -> String? {
    if let sentence = input.refusal(ofRank: rank) { return sentence }
    return input.isComplete ? nil : ObservedEntries.refusal(of: input)
  }

  package func factor(
    _ input: FactorizationInput, options: FactorizationOptions, control: WorkControl,
    report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    try admit(input, rank: options.rank)
    guard input.isComplete else {
      var completion = MatrixCompletion(input, options, control)
      return try completion.factor(method: id, report: report)
    }
    switch input.matrix.storage {
    case .float(let stored): return try run(WorkingMatrix(stored, of: input), options, control, report)
    case .double(let stored): return try run(WorkingMatrix(stored, of: input), options, control, report)
    }
  }

  /// An iteration is 4mnk flops of products with A and about 3(m + n)k² of others.
  private func run<Scalar: LAPACKScalar>(
    _ a: WorkingMatrix<Scalar>, _ options: FactorizationOptions, _ control: WorkControl,
    _ report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    let (m, n, k) = (a.shape.rows, a.shape.columns, options.rank)
    let ridge = options.ridge * a.scaling.factor
    let meter = ErrorMeter(matrix: a)
    var record = IterationRecord(a, options, control)
    var v = options.start.map { a.working($0).v } ?? .start(Shape(n, k), seed: options.seed)
    var u = Matrix<Scalar>(zeros: Shape(m, k))
    var image = ridge > 0 ? u : Matrix<Scalar>(zeros: Shape(0, k))
    var coimage = Matrix<Scalar>(zeros: Shape(n, k))
    var gram = try ThinGram.of(v, control: control)
    while let number = record.next() {
      if ridge > 0 {
        try a.times(v, into: &image, control: control)
        image.multiplied(by: Matrix<Scalar>(try inverse(gram, ridge)), into: &u)
      } else {
        // Only the span of B counts now, which is that of A·V, whatever V's own columns are.
        if !isFarFromSingular(gram, Scalar.self) { try ThinGram.orthonormalize(&v, gram: gram) }
        try a.times(v, into: &u, control: control)
        try ThinGram.orthonormalize(&u, gram: try ThinGram.of(u, control: control))
      }
      let leftGram = try ThinGram.of(u, control: control)
      try a.transposedTimes(u, into: &coimage, control: control)
      coimage.multiplied(by: Matrix<Scalar>(try inverse(leftGram, ridge)), into: &v)
      gram = try ThinGram.of(v, control: control)
      try record.note(
        number, estimate: meter.estimate(cross: coimage.innerProduct(with: v), leftGram, gram), u, v, report: report)
    }
    return try record.finish(id, u, v)
  }

  /// Whether a product with A leaves every direction of the columns well above rounding, and its Gram matrix regular.
  private func isFarFromSingular<Scalar: LAPACKScalar>(_ gram: Matrix<Double>, _: Scalar.Type) -> Bool {
    let limit = max(3e-3, Scalar.epsilon.squareRoot().squareRoot())
    return SmallCholesky(gram).map { $0.pivotRatio > limit } ?? false
  }

  private func inverse(_ gram: Matrix<Double>, _ ridge: Double) throws(FactorizationError) -> Matrix<Double> {
    guard let cholesky = SmallCholesky(gram, shift: max(0, ridge)) else {
      throw .refused(
        "the normal equations of \(gram.rows) columns are singular to rounding: take a ridge or a lower rank")
    }
    return cholesky.inverse()
  }
}

extension Matrix {
  /// Standard normal entries, whatever the precision the same.
  static func start(_ shape: Shape, seed: UInt64) -> Matrix { Matrix(Matrix<Double>.gaussian(shape, seed: seed)) }
}
