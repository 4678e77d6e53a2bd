import LinearAlgebra
import RankAnalysis
import Testing

extension LessonClaims {
  /// max |A − A_k| of the poster.
  private static func worst(_ rank: Int) throws -> Double {
    try Numbers.matrix("gallery:sharp").difference(Numbers.svd("gallery:sharp").product(rank)).largest
  }

  static let eckartYoung = LessonClaims(
    lesson: "eckart-young",
    claims: [
      Claim("challenge", "No, none.") {
        // Columns of A itself, and products of random factors fitted to A on one side, all of rank 5.
        let matrix = try Numbers.matrix("gallery:smooth")
        let bound = try Numbers.svd("gallery:smooth").error(5) * matrix.norm
        for seed in 1...20 as ClosedRange<UInt64> {
          var generator = SeededGenerator(seed: seed)
          let columns = (0..<5).map { _ in generator.index(below: matrix.columns) }
          let chosen = matrix.selecting(rows: Array(0..<matrix.rows), columns: columns)
          let basis = try Numbers.svd(of: chosen).left
          let fitted = basis.multiplied(by: basis.multiplied(by: matrix, transposeLeft: true))
          try #require(fitted.distance(to: matrix) > bound)
        }
        return []
      },
      Claim("largest", "A₁ misses one by § of 255 greys") { [decimals(try worst(1))] },
      Claim("largest", "About § off.\n") { [decimals(try worst(9))] },
      Claim("board", "misses some entries by §.") {
        let factors = try Numbers.svd("gallery:checkerboard")
        return [decimals(try Numbers.matrix("gallery:checkerboard").difference(factors.product(1)).largest)]
      },
      Claim("board", "½ everywhere is a matrix of rank 1, it misses each entry by exactly ½") {
        let board = try Numbers.matrix("gallery:checkerboard")
        let halves = Matrix<Double>(board.shape) { _, _ in 0.5 }
        try #require(halves.difference(board).withEntries { $0.allSatisfy { abs($0) == 0.5 } })
        return []
      },
      Claim("board", "the same as that of A₁. So there are two best ones") {
        let board = try Numbers.matrix("gallery:checkerboard")
        let halves = Matrix<Double>(board.shape) { _, _ in 0.5 }
        let error = try Numbers.svd("gallery:checkerboard").error(1)
        try #require(abs(halves.distance(to: board) / board.norm - error) < 1e-12)
        return []
      },
      Claim("board", "σ₁ = σ₂") {
        let values = try Numbers.values("gallery:checkerboard")
        try #require(abs(values[0] - values[1]) < 1e-12 * values[0])
        return []
      },
      Claim("ties", "Any ten orthonormal directions do") {
        let identity = try Numbers.matrix("gallery:identity")
        let directions = Matrix<Double>.orthogonal(Shape(64, 10), seed: 3)
        let error = directions.multiplied(by: directions, transposeRight: true).distance(to: identity) / identity.norm
        try #require(abs(error - (try Numbers.svd("gallery:identity").error(10))) < 1e-12)
        return []
      },
      Claim("masked", "half of the entries were lost and stand as 0") {
        let (clean, blank) = (
          try Numbers.matrix("gallery:outer,terms=3"), try Numbers.matrix("gallery:outer,terms=3 | blank 50%")
        )
        let lost = blank.difference(clean).withEntries { $0.count { $0 != 0 } }
        let there = clean.withEntries { $0.count { $0 != 0 } }
        try #require(abs(Double(lost) / Double(there) - 0.5) < 0.02)
        return []
      },
      Claim("masked", "From the true picture it is § away") {
        let clean = try Numbers.matrix("gallery:outer,terms=3")
        let filled = try Numbers.svd("gallery:outer,terms=3 | blank 50%").product(3)
        return [percent(filled.distance(to: clean) / clean.norm)]
      },
      Claim("saddle", "zero with C") {
        // At B = C = 0 both gradients, −2(A − BC)Cᵀ and −2Bᵀ(A − BC), are zero.
        let matrix = try Numbers.matrix("gallery:decay")
        let (left, right) = (Matrix<Double>(zeros: Shape(128, 5)), Matrix<Double>(zeros: Shape(5, 96)))
        let rest = matrix.difference(left.multiplied(by: right))
        try #require(rest.multiplied(by: right, transposeRight: true).norm == 0)
        try #require(left.multiplied(by: rest, transposeLeft: true).norm == 0)
        return []
      },
    ],
    given: [
      ("challenge", "matrix of rank 5"), ("largest", "of 255 greys"),
      ("largest", "About 150 off"),
      ("largest", "About 190 off"), ("board", "checkerboard of 0 and 1"), ("board", "use rank 1"),
      ("board", "a matrix of rank 1 that"), ("board", "Only with rank 2"), ("board", "Rank 2 gives"),
      ("ties", "matrices of rank 10"), ("ties", "choose 10 of 64 ones"), ("masked", "exactly of rank 3"),
      ("weights", "a matrix of rank 1"), ("weights", "itself has rank 1"), ("descent", "of rank 5"),
      ("saddle", "B = 0 and C = 0: their product is 0"), ("saddle", "is −2(A − BC)Cᵀ"),
    ])
}
