import LinearAlgebra

/// What the factors of A_k save in products, and what they change in solving.
package struct SpeedFinding: Sendable {
  /// m × n.
  package let shape: Shape
  /// The precision of the products: "f32" or "f64".
  package let precisionName: String
  /// The threads of BLAS.
  package let threads: Int
  /// The kernels of BLAS: "Haswell", "SkylakeX", …
  package let kernels: String
  /// Whether times were taken; without, there are FLOPs alone.
  package let isTimed: Bool
  /// The largest k with k(m + n) < m·n: up to there the factors take fewer FLOPs.
  package let breakEvenRank: Int
  /// The rank that was asked about.
  package let rank: Int
  /// Whether A is itself a product, multiplied out to be timed.
  package let isFormed: Bool
  /// By batch size, as they were asked for; grows while the experiment runs.
  package internal(set) var batches: [BatchSpeed]
  /// Solving (AAᵀ + λI)x = b; nil while it is not known yet.
  package internal(set) var inversion: InversionFinding?
  /// What the pseudoinverse of A_k is to that of A; nil while it is not known yet.
  package internal(set) var pseudoinverse: PseudoinverseFinding?
}

/// The products of A and of A_k with a matrix X of so many columns.
package struct BatchSpeed: Hashable, Sendable {
  /// The columns of X.
  package let batch: Int
  /// 2mn·batch, the FLOPs of A·X.
  package let denseFlops: Double
  /// What was measured, by ascending rank; grows while the experiment runs.
  package internal(set) var curve: [RankSpeed] = []
  /// Where the factors stop being faster; nil while it is not known, or where no time is taken.
  package internal(set) var crossover: Crossover?
  /// Where a cost model puts it; nil where no time is taken.
  package internal(set) var prediction: CrossoverPrediction?

  /// What was measured at `rank`, if it was.
  package func speed(at rank: Int) -> RankSpeed? { curve.first { $0.rank == rank } }
}

/// U(ΣVᵀX) at one rank.
package struct RankSpeed: Hashable, Sendable {
  /// k.
  package let rank: Int
  /// 2k(m + n)·batch.
  package let factoredFlops: Double
  /// The times of A·X and of the two products in turns; nil where none are taken.
  package let times: PairedTimes?
}

/// The rank up to which U(ΣVᵀX) was measured to be faster than A·X.
package struct Crossover: Hashable, Sendable {
  /// The largest rank that was measured to be faster; between there and ``slower`` the timings do not tell.
  package let faster: Int
  /// The smallest rank that was measured to be slower; nil where the factors are faster at every rank.
  package let slower: Int?
  /// How many ranks were timed.
  package let measurements: Int

  /// The middle of what the timings leave open.
  package var rank: Int { slower.map { (faster + $0) / 2 } ?? faster }
}
