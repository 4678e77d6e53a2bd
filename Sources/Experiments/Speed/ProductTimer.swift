import LinearAlgebra

/// Times A·X and U(ΣVᵀX) in turns.
struct ProductTimer {
  /// A, as its file stores it.
  let matrix: DenseMatrix
  /// Its SVD.
  let svd: SVD
  /// The seconds for each pair of timings.
  let seconds: Double

  /// m × n.
  var shape: Shape { matrix.shape }
  /// The largest rank that there are triplets for: of a product of thin factors that of the factors.
  var limit: Int { svd.singularValues.count }

  /// The times at `rank`, of which triplets beyond ``limit`` are zero and left out.
  func times(rank: Int, batch: Int, control: WorkControl) throws(Cancelled) -> PairedTimes? {
    guard rank > 0, var timer = timer(rank: rank, batch: batch) else { return nil }
    try timer.run(101, fewest: 7, seconds: seconds, control: control)
    return timer.times
  }

  /// The rank up to which the factors are faster. Each rank is timed until that is decided, four times as long as for one
  /// of the curve at most.
  func crossover(batch: Int, first: Int, control: WorkControl) throws(Cancelled) -> Crossover {
    let search = CrossoverSearch { rank throws(Cancelled) -> Bool? in
      guard var timer = timer(rank: rank, batch: batch) else { return nil }
      for pairs in [11, 25, 51, 101] {
        try timer.run(pairs, fewest: 11, seconds: seconds, control: control)
        if let decision = timer.isFactoredFaster { return decision }
      }
      return nil
    }
    return try search.run(first: first, limit: limit, resolution: max(1, first / 64))
  }

  private func timer(rank: Int, batch: Int) -> PairedTimer? {
    guard let kept = try? svd.truncated(to: min(rank, limit)) else { return nil }
    let isFloat = matrix.isFloat
    let x = AnyMatrix.gaussian(Shape(shape.columns, batch), isFloat: isFloat, seed: 1)
    let dense = RepeatedProduct([matrix], times: x)
    let factors = [kept.left, kept.right].map { DenseMatrix(isFloat ? $0.narrowed : .double($0.widened)) }
    let factored = RepeatedProduct(factors, times: x)
    return PairedTimer(dense: dense.run, factored: factored.run)
  }
}

extension AnyMatrix {
  /// The entries in f32.
  fileprivate var narrowed: AnyMatrix {
    guard case .double(let matrix) = self else { return self }
    return .float(
      Matrix<Float>(matrix.shape) { target in
        matrix.withEntries { source in
          for index in source.indices { target[index] = Float(source[index]) }
        }
      })
  }
}
