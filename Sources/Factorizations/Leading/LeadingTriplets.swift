import LinearAlgebra

extension KrylovSubspace {
  /// ‖QᵀQ − I‖_F of the l columns, with the rounding of measuring it.
  func departureFromOrthonormality(control: WorkControl) throws(FactorizationError) -> Double {
    let gram = try basis.gram(columns: locked + count, check: control.goOn)
    var sum = 0.0
    for j in 0..<gram.columns {
      let diagonal = Double(gram[j, j]) - 1
      sum += diagonal * diagonal
      for i in j + 1..<max(j + 1, gram.rows) { sum += 2 * Double(gram[i, j]) * Double(gram[i, j]) }
    }
    return sum.squareRoot()
  }

  /// BBᵀ in f64, its lower triangle, and the singular values of B = QᵀA, non-increasing.
  ///
  /// For an A of f32 the values are roots of the eigenvalues of BBᵀ: that takes half the time, and its error of about
  /// 1e-8·σ₁ is a fraction of what f32 left of B. For an A of f64, and for a complete basis, they come from the triangle of
  /// a QR factorization.
  func imageValues(
    control: WorkControl
  ) throws(FactorizationError) -> (gram: Matrix<Double>, values: [Double]) {
    do {
      guard Scalar.epsilon < 1e-12 || isComplete else {
        let gram = try GramMatrix.of(images.leadingColumns(count), scale: 1, control: WorkControl(token: control.token))
        return (gram, try symmetricEigenvalues(gram).map { max(0, $0).squareRoot() })
      }
      let triangle = try ThinQR(images.doubleColumns(count)).triangle
      try control.goOn()
      let values = try DivideAndConquer<Double>.singularValues(triangle)
      return (triangle.multiplied(by: triangle, transposeLeft: true), values)
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
  }

  /// The l triplets of QQᵀA: vectors of the short and of the long side, orthonormal to working precision, and values.
  func triplets(control: WorkControl) throws(FactorizationError) -> (
    short: Matrix<Scalar>, values: [Double], long: Matrix<Scalar>
  ) {
    do {
      let factored = try ThinQR(images.leadingColumns(count))
      try control.goOn()
      let small = try DivideAndConquer<Double>.thinSVD(factored.triangle)
      try control.goOn()
      let right = Matrix<Scalar>(Shape(count, count)) { i, j in Scalar(small.vt[j, i]) }
      let left = Matrix<Scalar>(Shape(count, count)) { i, j in Scalar(small.u[i, j]) }
      let short = basis.leadingColumns(count).multiplied(by: right)
      try control.goOn()
      return (short, small.values, try factored.orthonormalColumns().multiplied(by: left))
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
  }
}
