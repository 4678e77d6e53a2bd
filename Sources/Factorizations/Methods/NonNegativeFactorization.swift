import LinearAlgebra

/// Both factors without negative entries, column by column.
package struct NonNegativeFactorization: FactorizationMethod {
  package let id = "nmf"
  package let title = "non-negative matrix factorization"
  package let summary =
    "minimises ‖A − BC‖² over factors without negative entries, one column at a time with all others held (HALS; Gillis & "
    + "Glineur, Neural Computation 24, 2012)"
  package let parameterRule = "k(m + n): the entries of both factors, none of them negative"
  package let isIterative = true

  package init() {}

  package func refusal(of input: FactorizationInput, rank: Int) -> String? {
    if let sentence = usualRefusal(of: input, rank: rank) { return sentence }
    guard input.summary.minimum < 0, let place = input.matrix.firstNegative else { return nil }
    let value = input.matrix[place.row, place.column]
    return
      "\(title) needs entries that are not negative: row \(place.row + 1), column \(place.column + 1) holds \(value)"
  }

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

  /// An iteration is 4mnk flops of products with A and about 3(m + n)k² of others.
  private func run<Scalar: LAPACKScalar>(
    _ a: WorkingMatrix<Scalar>, _ options: FactorizationOptions, _ control: WorkControl,
    _ report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization {
    let meter = ErrorMeter(matrix: a)
    var record = IterationRecord(a, options, control)
    var (u, v) =
      if let start = options.start { a.working(start) } else { try NonNegativeStart.factors(a, options, control) }
    u.dropNegativeEntries()
    v.dropNegativeEntries()
    var (image, coimage) = (Matrix<Scalar>(zeros: u.shape), Matrix<Scalar>(zeros: v.shape))
    try record.note(0, estimate: nil, u, v, report: report)
    var gram = try ThinGram.of(v, control: control)
    while let number = record.next() {
      try a.times(v, into: &image, control: control)
      sweep(&u, image, gram)
      let leftGram = try ThinGram.of(u, control: control)
      try a.transposedTimes(u, into: &coimage, control: control)
      sweep(&v, coimage, leftGram)
      gram = try ThinGram.of(v, control: control)
      try record.note(
        number, estimate: meter.estimate(cross: coimage.innerProduct(with: v), leftGram, gram), u, v, report: report)
    }
    return try record.finish(id, u, v)
  }

  /// One pass over the columns of W, some at a time: what the columns before changed is a product of matrices, what those
  /// of the same block change follows column by column.
  private func sweep<Scalar: LAPACKScalar>(_ w: inout Matrix<Scalar>, _ p: Matrix<Scalar>, _ gram: Matrix<Double>) {
    let k = w.columns
    let g = Matrix<Scalar>(gram)
    let width = 16
    var descent = p
    for first in stride(from: 0, to: k, by: width) {
      let count = min(width, k - first)
      descent.withMutableBlock(columns: first..<first + count) { d in
        w.withBlock(columns: k) { w in
          g.withBlock(columns: k) { g in
            multiplyAdd(
              w, Block(g.start.map { $0 + first * k }, Shape(k, count), stride: k), into: d, alpha: -1, beta: 1)
          }
        }
        let own = (0..<count * count).map { g[first + $0 % count, first + $0 / count] }
        w.withMutableBlock(columns: first..<first + count) { sweepNonNegative($0, descent: d, gram: own) }
      }
    }
  }
}

extension DenseMatrix {
  /// The first negative entry in storage order, in A's own rows and columns.
  fileprivate var firstNegative: (row: Int, column: Int)? {
    let offset: Int? =
      switch storage {
      case .float(let matrix): matrix.withEntries { $0.firstIndex { $0 < 0 } }
      case .double(let matrix): matrix.withEntries { $0.firstIndex { $0 < 0 } }
      }
    guard let offset else { return nil }
    let (inner, outer) = (offset % storage.shape.rows, offset / storage.shape.rows)
    return isStoredTransposed ? (row: outer, column: inner) : (row: inner, column: outer)
  }
}

extension Matrix {
  /// Negative entries become zero.
  fileprivate mutating func dropNegativeEntries() {
    withMutableEntries { entries in
      for index in entries.indices where entries[index] < 0 { entries[index] = 0 }
    }
  }
}
