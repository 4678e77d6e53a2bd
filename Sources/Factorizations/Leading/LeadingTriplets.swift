import LinearAlgebra

extension KrylovSubspace {
  /// ‖QᵀQ − I‖_F of the basis, locked columns and all, with the rounding of measuring it.
  func departureFromOrthonormality() -> Double {
    let total = locked + count
    guard total > 0 else { return 0 }
    var gram = Matrix<Scalar>(zeros: Shape(total, total))
    basis.withEntries { q in
      let q = Block(UnsafeMutablePointer(mutating: q.baseAddress), Shape(product.short, total), stride: product.short)
      gram.withMutableEntries {
        multiplyAdd(q, transposeA: true, q, into: Block($0.baseAddress, Shape(total, total), stride: total))
      }
    }
    for i in 0..<total { gram[i, i] -= 1 }
    return gram.withEntries(squaredSum).squareRoot()
  }

  /// The triangle T of AᵀQ = Q_X·T in f64: BBᵀ = TᵀT, and the singular values of T are those of B.
  func imageTriangle() throws(FactorizationError) -> Matrix<Double> {
    do { return try ThinQR(images.doubleColumns(count)).triangle } catch { throw .lapack(error) }
  }

  /// The l triplets of QQᵀA: vectors of the short and of the long side, orthonormal to working precision, and values.
  func triplets(control: WorkControl) throws(FactorizationError) -> (
    short: Matrix<Scalar>, values: [Double], long: Matrix<Scalar>
  ) {
    do {
      let factored = try ThinQR(images.leadingColumns(count))
      try control.token.check()
      let small = try DivideAndConquer<Double>.thinSVD(factored.triangle)
      try control.token.check()
      let right = Matrix<Scalar>(Shape(count, count)) { i, j in Scalar(small.vt[j, i]) }
      let left = Matrix<Scalar>(Shape(count, count)) { i, j in Scalar(small.u[i, j]) }
      let short = basis.leadingColumns(count).multiplied(by: right)
      try control.token.check()
      return (short, small.values, try factored.orthonormalColumns().multiplied(by: left))
    } catch let error as LAPACKError {
      throw .lapack(error)
    } catch {
      throw .cancelled
    }
  }
}
