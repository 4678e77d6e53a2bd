/// A chain of matrices times X, computed as often as asked into memory that is there before: what is timed is the
/// products alone.
package struct RepeatedProduct {
  /// Computes the product once more.
  package let run: () -> Void
  /// What it came to.
  package let result: () -> AnyMatrix

  /// factors[0]·factors[1]·…·X, from the right to the left, by BLAS's gemm, of one column by gemv. All have the precision of
  /// `x` and fit; there is at least one factor.
  package init(_ factors: [DenseMatrix], times x: AnyMatrix) {
    precondition(!factors.isEmpty, "a product has a factor")
    switch x {
    case .float(let x):
      let chain = Chain(
        factors.map { factor in
          guard case .float(let matrix) = factor.storage else { preconditionFailure("one precision") }
          return (matrix, factor.isStoredTransposed)
        }, x)
      run = { chain.run() }
      result = { .float(chain.products[chain.products.count - 1]) }
    case .double(let x):
      let chain = Chain(
        factors.map { factor in
          guard case .double(let matrix) = factor.storage else { preconditionFailure("one precision") }
          return (matrix, factor.isStoredTransposed)
        }, x)
      run = { chain.run() }
      result = { .double(chain.products[chain.products.count - 1]) }
    }
  }
}

private final class Chain<Scalar: RealScalar> {
  /// The factors in the order in which they are applied, each with whether it is stored transposed.
  private let factors: [(matrix: Matrix<Scalar>, isTransposed: Bool)]
  private let x: Matrix<Scalar>
  /// What each step comes to.
  private(set) var products: [Matrix<Scalar>]

  init(_ factors: [(matrix: Matrix<Scalar>, isTransposed: Bool)], _ x: Matrix<Scalar>) {
    self.factors = factors.reversed()
    self.x = x
    products = self.factors.map { factor in
      Matrix(zeros: Shape(factor.isTransposed ? factor.matrix.columns : factor.matrix.rows, x.columns))
    }
  }

  func run() {
    for index in factors.indices { step(index) }
  }

  private func step(_ index: Int) {
    let (factor, isTransposed) = factors[index]
    let right = index == 0 ? x : products[index - 1]
    products[index].withMutableEntries { target in
      factor.withEntries { left in
        right.withEntries { right in
          multiplyAdd(
            Block(UnsafeMutablePointer(mutating: left.baseAddress), factor.shape, stride: factor.rows),
            transposeA: isTransposed,
            Block(UnsafeMutablePointer(mutating: right.baseAddress), rightShape(index), stride: rightShape(index).rows),
            into: Block(target.baseAddress, resultShape(index), stride: resultShape(index).rows))
        }
      }
    }
  }

  private func rightShape(_ index: Int) -> Shape { index == 0 ? x.shape : resultShape(index - 1) }

  private func resultShape(_ index: Int) -> Shape {
    let (factor, isTransposed) = factors[index]
    return Shape(isTransposed ? factor.columns : factor.rows, x.columns)
  }
}
