import LinearAlgebra

/// How far a factorization is.
package struct FactorizationProgress: Sendable {
  /// Iterations done; 0 is the start.
  package let iteration: Int
  /// Seconds since the method began.
  package let seconds: Double
  /// ‖A − BC‖_F over all entries, in A's units; over those that are observed where some are missing.
  package let error: Double
  /// The step size of the iteration, where there is one.
  package let stepSize: Double?
  /// The factors of the moment, where they were asked for.
  package let factors: FactorPair?

  /// `error` after so many iterations and seconds.
  package init(
    iteration: Int, seconds: Double, error: Double, stepSize: Double? = nil, factors: FactorPair? = nil
  ) {
    self.iteration = iteration
    self.seconds = seconds
    self.error = error
    self.stepSize = stepSize
    self.factors = factors
  }
}

/// What a method came to: A ≈ B·C, or A ≈ B·C + S.
package struct Factorization: Sendable {
  /// Why it went no further.
  package enum End: String, Hashable, Sendable {
    /// It has no iterations.
    case direct
    /// The error has nearly stopped falling.
    case converged
    /// The iterations, or the seconds, were used up.
    case limit
  }

  /// ``FactorizationMethod/id`` of the method.
  package let method: String
  /// B and C.
  package let factors: FactorPair
  /// S, m × n, where the method has a sparse part; most of its entries are zero.
  package var sparse: DenseMatrix?
  /// The rows of A, from 0, that ``factors`` are made of, where the method chooses rows.
  package var chosenRows: [Int]?
  /// The columns of A, from 0, likewise.
  package var chosenColumns: [Int]?
  /// U between the chosen columns C and the chosen rows R, where A ≈ C·U·R; ``factors`` are C and UR then.
  package var middle: AnyMatrix?
  /// The rank that the method found by itself, where it does; ``factors`` are cut to the rank that was asked for.
  package var rankFound: Int?
  /// Its own parameters, counted as ``parameterSentence`` says.
  package let parameterCount: Int
  /// How they are counted, with the numbers of this matrix: "3 × (20 + 10): the entries of both factors".
  package let parameterSentence: String
  /// Where it ended.
  package let progress: FactorizationProgress
  /// Why there.
  package let end: End

  /// What `method` came to.
  package init(
    method: String, factors: FactorPair, parameterCount: Int, parameterSentence: String,
    progress: FactorizationProgress, end: End
  ) {
    self.method = method
    self.factors = factors
    self.parameterCount = parameterCount
    self.parameterSentence = parameterSentence
    self.progress = progress
    self.end = end
  }

  /// What `method` came to, if its parameters are the entries of both factors.
  package init(method: String, factors: FactorPair, progress: FactorizationProgress, end: End) {
    let (k, shape) = (factors.rank, factors.shape)
    self.init(
      method: method, factors: factors, parameterCount: k * (shape.rows + shape.columns),
      parameterSentence: "\(k) × (\(shape.rows) + \(shape.columns)): the entries of both factors", progress: progress,
      end: end)
  }
}
