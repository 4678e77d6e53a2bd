import Experiments
import MatrixFiles
import Preparation

/// What `speed --json` prints, schema "lowrank.speed/1".
package struct SpeedReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.speed/1"

  package var schema = Self.schemaName
  package var source: String
  package var tensor: Nullable<String>
  package var rows: Int
  package var columns: Int
  package var dtype: String
  package var preparation: PreparationRecord
  /// k.
  package var rank: Int
  /// The precision of the products; what is solved is solved in f64.
  package var precision: String
  /// The threads of BLAS, and its kernels.
  package var threads: Int
  package var blasKernels: String
  /// The largest k with k(m + n) < m·n.
  package var breakEvenRank: Int
  /// By batch size.
  package var products: [Product]
  package var inversion: Nullable<Inversion>
  package var pseudoinverse: Nullable<Pseudoinverse>

  /// The median of repeated timings and their quartiles, in seconds or as a ratio.
  package struct Spread: Codable, Hashable, Sendable {
    package var median: Double
    package var lowerQuartile: Double
    package var upperQuartile: Double
    package var count: Int

    enum CodingKeys: String, CodingKey {
      case median, count
      case lowerQuartile = "lower_quartile"
      case upperQuartile = "upper_quartile"
    }

    init(_ spread: TimeSpread) {
      median = spread.median
      lowerQuartile = spread.lowerQuartile
      upperQuartile = spread.upperQuartile
      count = spread.count
    }
  }

  /// A·X and U(ΣVᵀX) for an X of `batch` columns.
  package struct Product: Codable, Hashable, Sendable {
    package var batch: Int
    package var denseFlops: Double
    package var factoredFlops: Double
    /// Null at rank 0, whose product is zero.
    package var denseSeconds: Nullable<Spread>
    package var factoredSeconds: Nullable<Spread>
    /// Dense ÷ factored, pair by pair.
    package var speedup: Nullable<Spread>
    /// The largest rank that was measured to be faster, and the smallest measured to be slower, null where none is.
    package var crossoverFaster: Nullable<Int>
    package var crossoverSlower: Nullable<Int>
    package var predictedCrossover: Nullable<Int>
    /// FLOPs a second by shape, and bytes a second, that the prediction rests on.
    package var rates: Nullable<Rates>

    enum CodingKeys: String, CodingKey {
      case batch, speedup, rates
      case denseFlops = "dense_flops"
      case factoredFlops = "factored_flops"
      case denseSeconds = "dense_seconds"
      case factoredSeconds = "factored_seconds"
      case crossoverFaster = "crossover_faster"
      case crossoverSlower = "crossover_slower"
      case predictedCrossover = "predicted_crossover"
    }
  }

  package struct Rates: Codable, Hashable, Sendable {
    package var denseFlops: Double
    package var rightFlops: Double
    package var leftFlops: Double
    package var memoryBytes: Double

    enum CodingKeys: String, CodingKey {
      case denseFlops = "dense_flops_per_second"
      case rightFlops = "right_flops_per_second"
      case leftFlops = "left_flops_per_second"
      case memoryBytes = "memory_bytes_per_second"
    }
  }

  /// Solving (AAᵀ + λI)x = b, and (A_kA_kᵀ + λI)x = b.
  package struct Inversion: Codable, Hashable, Sendable {
    package var lambda: Double
    package var cholesky: Solution
    package var woodbury: Solution
    /// ‖x_k − x‖/‖x‖.
    package var difference: Nullable<Double>
    /// λ·‖(AAᵀ + λI)⁻¹ − (A_kA_kᵀ + λI)⁻¹‖₂.
    package var effectOfCut: Double

    enum CodingKeys: String, CodingKey {
      case lambda, cholesky, woodbury, difference
      case effectOfCut = "effect_of_cut"
    }
  }

  /// A solution, or why there is none.
  package struct Solution: Codable, Hashable, Sendable {
    package var flops: Double?
    package var seconds: Spread?
    /// ‖Mx − b‖/‖b‖ in its own system, and in that of A.
    package var residual: Double?
    package var residualOfA: Double?
    package var leftOut: String?

    enum CodingKeys: String, CodingKey {
      case flops, seconds, residual
      case residualOfA = "residual_of_a"
      case leftOut = "left_out"
    }
  }

  /// A_k⁺ beside A⁺.
  package struct Pseudoinverse: Codable, Hashable, Sendable {
    package var rank: Int
    package var numericalRank: Int
    package var condition: Nullable<Double>
    package var fullCondition: Nullable<Double>
    package var distance: Double
    package var flops: Double
    package var seconds: Nullable<Spread>

    enum CodingKeys: String, CodingKey {
      case rank, condition, distance, flops, seconds
      case numericalRank = "numerical_rank"
      case fullCondition = "full_condition"
    }
  }

  enum CodingKeys: String, CodingKey {
    case schema, source, tensor, rows, columns, dtype, preparation, rank, precision, threads, products, inversion,
      pseudoinverse
    case blasKernels = "blas_kernels"
    case breakEvenRank = "break_even_rank"
  }

  /// Reports what was found of `matrix`, called `source`.
  package init(source: String, matrix: LoadedMatrix, preparation: Preparation, _ finding: SpeedFinding) {
    self.source = source
    tensor = Nullable(matrix.entry.name)
    rows = matrix.shape.rows
    columns = matrix.shape.columns
    dtype = matrix.entry.type.rawValue
    self.preparation = PreparationRecord(preparation)
    rank = finding.rank
    precision = finding.precisionName
    threads = finding.threads
    blasKernels = finding.kernels
    breakEvenRank = finding.breakEvenRank
    products = finding.batches.map { Product($0, rank: finding.rank) }
    inversion = Nullable(finding.inversion.map { Inversion($0) })
    pseudoinverse = Nullable(finding.pseudoinverse.map { Pseudoinverse($0) })
  }
}

extension SpeedReport.Product {
  fileprivate init(_ speed: BatchSpeed, rank: Int) {
    let here = speed.speed(at: rank)
    batch = speed.batch
    denseFlops = speed.denseFlops
    factoredFlops = here?.factoredFlops ?? 0
    denseSeconds = Nullable((here?.times?.dense).map { .init($0) })
    factoredSeconds = Nullable((here?.times?.factored).map { .init($0) })
    speedup = Nullable((here?.times?.speedup).map { .init($0) })
    crossoverFaster = Nullable(speed.crossover?.faster)
    crossoverSlower = Nullable(speed.crossover?.slower)
    predictedCrossover = Nullable(speed.prediction?.rank)
    rates = Nullable(
      speed.prediction.map {
        SpeedReport.Rates(
          denseFlops: $0.denseRate, rightFlops: $0.rightRate, leftFlops: $0.leftRate, memoryBytes: $0.memoryRate)
      })
  }
}

extension SpeedReport.Inversion {
  fileprivate init(_ finding: InversionFinding) {
    lambda = finding.lambda
    cholesky = .init(finding.dense)
    woodbury = .init(finding.factored)
    difference = Nullable(finding.difference)
    effectOfCut = finding.effectOfCut
  }
}

extension SpeedReport.Solution {
  fileprivate init(_ outcome: SolveOutcome) {
    switch outcome {
    case .solved(let facts):
      flops = facts.flops
      seconds = facts.times.map { .init($0) }
      residual = facts.residual
      residualOfA = facts.residualOfA
    case .leftOut(let sentence): leftOut = sentence
    }
  }
}

extension SpeedReport.Pseudoinverse {
  fileprivate init(_ finding: PseudoinverseFinding) {
    rank = finding.rank
    numericalRank = finding.numericalRank
    condition = Nullable(finding.condition)
    fullCondition = Nullable(finding.fullCondition)
    distance = finding.distance
    flops = finding.flops
    seconds = Nullable(finding.times.map { .init($0) })
  }
}
