import LinearAlgebra

/// How entries are held out.
package enum HoldoutKind: String, Hashable, Sendable, CaseIterable, Codable {
  /// Blocks of rows and columns: bi-cross-validation.
  case blocks = "bcv"
  /// Whole rows.
  case rows
  /// Single entries, anywhere.
  case entries

  /// In words: "bi-cross-validation".
  package var title: String {
    switch self {
    case .blocks: "bi-cross-validation"
    case .rows: "held-out rows"
    case .entries: "held-out entries"
    }
  }
}

/// How well a part of a matrix is told from the rest of it, at every rank that was tried.
///
/// Errors are mean squares per entry, relative to the mean square of all of the matrix's entries: 1 for an answer of zeros.
package struct ValidationFinding: Hashable, Sendable {
  /// What was held out.
  package let kind: HoldoutKind
  /// m × n.
  package let shape: Shape
  /// The groups of rows and of columns, h × l; of held-out entries 1 × 1.
  package let rowFolds: Int
  package let columnFolds: Int
  /// How often all of it was done, each time with other groups.
  package let repeats: Int
  /// The share of the entries that was hidden, of held-out entries; nil otherwise.
  package let hiddenShare: Double?
  /// What decided the groups.
  package let seed: UInt64
  /// √(mean square of the entries), in A's units.
  package let rootMeanSquare: Double
  /// The ranks that were tried, increasing.
  package let ranks: [Int]
  /// The largest that will be.
  package let largestRank: Int
  /// The error of what was held out, a row for each fold that is done, a column for each rank.
  package let foldErrors: [[Double]]
  /// The error of what it was told from, likewise.
  package let foldTrainingErrors: [[Double]]
  /// The group of every row and every column, 0 ..< folds, at the first repetition; empty of held-out entries.
  package let rowGroups: [Int]
  package let columnGroups: [Int]
  /// The folds, of all repetitions, that there will be.
  package let foldCount: Int

  /// The means over the folds.
  package let errors: [Double]
  package let trainingErrors: [Double]
  /// The standard errors of ``errors``: the folds' standard deviation by √folds; zero of a single fold.
  package let standardErrors: [Double]
  /// The place in ``ranks`` of the least mean error, the first of equals; nil where nothing was tried.
  package let best: Int?

  init(
    _ kind: HoldoutKind, of shape: Shape, rowFolds: Int, columnFolds: Int, repeats: Int, hiddenShare: Double? = nil,
    seed: UInt64, rootMeanSquare: Double, ranks: [Int], largestRank: Int? = nil, foldErrors: [[Double]],
    foldTrainingErrors: [[Double]],
    rowGroups: [Int] = [], columnGroups: [Int] = [], foldCount: Int
  ) {
    self.kind = kind
    self.shape = shape
    self.rowFolds = rowFolds
    self.columnFolds = columnFolds
    self.repeats = repeats
    self.hiddenShare = hiddenShare
    self.seed = seed
    self.rootMeanSquare = rootMeanSquare
    self.ranks = ranks
    self.largestRank = largestRank ?? ranks.last ?? 0
    self.foldErrors = foldErrors
    self.foldTrainingErrors = foldTrainingErrors
    self.rowGroups = rowGroups
    self.columnGroups = columnGroups
    self.foldCount = foldCount
    let means = Self.means(foldErrors, count: ranks.count)
    errors = means
    trainingErrors = Self.means(foldTrainingErrors, count: ranks.count)
    standardErrors = Self.standardErrors(foldErrors, means)
    best = means.indices.min { (means[$0], $0) < (means[$1], $1) }
  }

  private static func means(_ rows: [[Double]], count: Int) -> [Double] {
    guard !rows.isEmpty else { return [] }
    return (0..<count).map { column in rows.reduce(0) { $0 + $1[column] / Double(rows.count) } }
  }

  private static func standardErrors(_ rows: [[Double]], _ means: [Double]) -> [Double] {
    guard rows.count > 1 else { return means.map { _ in 0 } }
    let count = Double(rows.count)
    return means.indices.map { column in
      let squares = rows.reduce(0) { $0 + ($1[column] - means[column]) * ($1[column] - means[column]) }
      return (squares / (count - 1) / count).squareRoot()
    }
  }
}

extension ValidationFinding {
  /// The rank of least mean error; nil where nothing was tried.
  package var rank: Int? { best.map { ranks[$0] } }

  /// The smallest rank whose error is within one standard error of the least.
  package var rankWithinStandardError: Int? {
    guard let best else { return nil }
    let limit = errors[best] + standardErrors[best]
    return errors.firstIndex { $0 <= limit }.map { ranks[$0] }
  }

  /// Whether all folds and ranks are done.
  package var isComplete: Bool { foldErrors.count == foldCount && ranks.last == largestRank }

  /// The place in ``ranks`` of `rank`, or of the largest tried below it.
  package func place(of rank: Int) -> Int? { ranks.lastIndex { $0 <= rank } }

  /// √(mean square error)/√(mean square of the entries) of what was held out, as the relative Frobenius error is.
  package func relativeError(at place: Int) -> Double { errors[place].squareRoot() }

  /// The same of what it was told from.
  package func relativeTrainingError(at place: Int) -> Double { trainingErrors[place].squareRoot() }

  /// A relative mean squared error as a relative error in A's units: its root; exactly 1 where rounding alone keeps it from
  /// that, as of an answer of zeros.
  package func root(_ error: Double) -> Double {
    let root = error.squareRoot()
    return abs(root - 1) < 1e-9 ? 1 : root
  }

  /// `error`, relative, in A's units squared; the largest finite number where it is beyond those.
  package func meanSquare(_ error: Double) -> Double {
    min(error * rootMeanSquare * rootMeanSquare, .greatestFiniteMagnitude)
  }
}
