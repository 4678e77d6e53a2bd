import LinearAlgebra

/// Products with AAᵀ, A taken so that its rows are the short side: p × N.
///
/// A stored p × N is taken as it lies, a stored N × p as its transpose; neither is copied.
struct NormalProduct<Scalar: LAPACKScalar>: Sendable {
  /// The stored entries.
  let stored: Matrix<Scalar>

  init(_ stored: Matrix<Scalar>) { self.stored = stored }

  /// p.
  var short: Int { stored.shape.shortSide }
  /// N.
  var long: Int { stored.shape.longSide }

  /// X = AᵀW and Y = AAᵀW for a block W, p × b.
  ///
  /// - Parameter image: where the N × b entries of X go.
  /// - Returns: Y, p × b.
  /// - Throws: ``FactorizationError/cancelled`` within about a millisecond of `control`'s word.
  /// - Complexity: 4·p·N·b flops; A is read once.
  func callAsFunction(
    _ w: Matrix<Scalar>, image: Block<Scalar>, control: WorkControl
  ) throws(FactorizationError) -> Matrix<Scalar> {
    try Matrix<Scalar>(w.shape) { (target) throws(FactorizationError) in
      try stored.withBlock(columns: stored.columns) { (a) throws(FactorizationError) in
        try w.withBlock(columns: w.columns) { (block) throws(FactorizationError) in
          let products = StripedProducts(stored: a, isTransposed: stored.rows > stored.columns)
          try products(
            block, image: image, addingTo: Block(target.baseAddress, w.shape, stride: max(1, w.rows)),
            check: control.goOn)
        }
      }
    }
  }
}

extension WorkControl {
  /// Throws once the work is cancelled, and reports nothing.
  func goOn() throws(FactorizationError) {
    if token.isCancelled { throw .cancelled }
  }
}
