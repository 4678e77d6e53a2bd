/// What a matrix is made of: entries, or thin factors whose product is never there as a whole.
package enum MatrixSource: Sendable {
  /// Entries.
  case dense(DenseMatrix)
  /// A product of thin factors.
  case product(ThinProduct)

  /// m × n.
  package var shape: Shape { entries.shape }

  /// The factors, where there are such.
  package var product: ThinProduct? { if case .product(let product) = self { product } else { nil } }

  /// Whether the working precision is f32.
  package var worksInFloat: Bool { entries.isFloat }

  /// Whether the entries are gone through as Aᵀ.
  package var isStoredTransposed: Bool { entries.isStoredTransposed }

  /// The entries, to be gone through; those of a product are made block by block.
  package var entries: any EntryBlocks {
    switch self {
    case .dense(let matrix): matrix
    case .product(let product): product.factors
    }
  }

  /// All entries at once. Those of a product are multiplied out each time, 2mnr flops and m·n numbers: only for what changes
  /// each of them.
  package func formed() -> DenseMatrix {
    switch self {
    case .dense(let matrix): matrix
    case .product(let product): product.factors.formed()
    }
  }

  /// Aᵀ, sharing the same entries or factors.
  package var transposed: MatrixSource {
    switch self {
    case .dense(let matrix): .dense(matrix.transposed)
    case .product(let product): .product(product.transposed)
    }
  }
}

extension MatrixSource {
  /// The given columns, in that order, copied; of a product those of its right factor.
  ///
  /// - Throws: what ``ThinProduct/init(left:right:scale:)`` throws.
  package func selecting(columns: [Int]) throws(LAPACKError) -> MatrixSource {
    let rows = Array(0..<shape.rows)
    switch self {
    case .dense(let matrix): return .dense(matrix.selecting(rows: rows, columns: columns))
    case .product(let product):
      let part = product.factors.selecting(rows: rows, columns: columns)
      return .product(try ThinProduct(left: part.left, right: part.right, scale: part.scale))
    }
  }
}

extension EntrySummary {
  /// What one pass over the entries of `source` finds; of a product what is known without one.
  package init(_ source: MatrixSource) {
    switch source {
    case .dense(let matrix): self.init(matrix.storage)
    case .product(let product): self.init(product)
    }
  }
}
