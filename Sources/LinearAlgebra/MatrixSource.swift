import Synchronization

/// What a matrix is made of: entries, or thin factors whose product is formed only when somebody asks for its entries.
package enum MatrixSource: Sendable {
  /// Entries.
  case dense(DenseMatrix)
  /// A product of thin factors.
  case product(FormedProduct)

  /// m × n.
  package var shape: Shape {
    switch self {
    case .dense(let matrix): matrix.shape
    case .product(let formed): formed.product.shape
    }
  }

  /// The factors, where there are such.
  package var product: ThinProduct? { if case .product(let formed) = self { formed.product } else { nil } }

  /// Whether the working precision is f32.
  package var worksInFloat: Bool {
    switch self {
    case .dense(let matrix): matrix.storage.isFloat
    case .product(let formed): formed.product.worksInFloat
    }
  }

  /// The entries; those of a product are formed the first time, 2mnr flops, and kept.
  package var matrix: DenseMatrix {
    switch self {
    case .dense(let matrix): matrix
    case .product(let formed): formed.matrix
    }
  }

  /// Aᵀ, sharing the same entries or factors.
  package var transposed: MatrixSource {
    switch self {
    case .dense(let matrix): .dense(matrix.transposed)
    case .product(let formed): .product(FormedProduct(formed.product.transposed))
    }
  }
}

/// A product that is formed once, by whoever needs its entries first; others wait for that.
package final class FormedProduct: Sendable {
  /// The factors.
  package let product: ThinProduct
  private let formed = Mutex<DenseMatrix?>(nil)

  /// Nothing is formed yet.
  package init(_ product: ThinProduct) { self.product = product }

  /// Whether the entries are there.
  package var isFormed: Bool { formed.withLock { $0 != nil } }

  /// The entries.
  package var matrix: DenseMatrix {
    formed.withLock { known in
      if let known { return known }
      let matrix = product.formed()
      known = matrix
      return matrix
    }
  }
}
