import Factorizations
import LinearAlgebra

/// Whole rows are held out and projected on the right singular vectors of the others. That looks like validation and is
/// none: a projection on more vectors is never worse, so that the error falls with every rank, through noise as well.
///
/// Source: Owen & Perry, Ann. Appl. Stat. 3 (2009), section 1; Bro et al., Anal. Bioanal. Chem. 390 (2008), 1241–1251.
package struct HeldOutRows: Experiment {
  /// The groups of rows.
  package var rowFolds = 2
  /// How often all of it is done, each time with other groups.
  package var repeats = 1
  /// The largest rank that is tried; nil for all that the folds allow.
  package var largestRank: Int?
  /// What decides the groups.
  package var seed: UInt64 = 1

  /// Two groups.
  package init() {}

  /// - Throws: a refusal where there are more groups than rows.
  /// - Complexity: for each group the thin SVD of the other rows and 2·m·n·p/h flops of products.
  package func run(
    on subject: ExperimentSubject, control: WorkControl, report: (ValidationFinding) -> Void
  ) throws(ExperimentError) -> ValidationFinding {
    let matrix = try HoldoutMatrix(subject)
    try matrix.admit(rowFolds: rowFolds)
    var generator = SeededGenerator(seed: seed)
    let deals = (0..<max(1, repeats)).map { _ in
      HoldoutGroups(count: matrix.shape.rows, groups: rowFolds, from: &generator)
    }
    let limit = min(matrix.shape.rows - deals[0].largest, matrix.shape.columns)
    let rank = min(limit, max(0, largestRank ?? limit))
    let count = deals.count * rowFolds
    var errors: [[Double]] = []
    var training: [[Double]] = []
    func finding() -> ValidationFinding {
      ValidationFinding(
        .rows, of: matrix.shape, rowFolds: rowFolds, columnFolds: 1, repeats: deals.count, seed: seed,
        rootMeanSquare: matrix.rootMeanSquare, ranks: Array(0...rank), foldErrors: errors, foldTrainingErrors: training,
        rowGroups: deals[0].groupOfIndex, columnGroups: Array(repeating: 0, count: matrix.shape.columns),
        foldCount: count)
    }
    for deal in deals {
      for group in 0..<rowFolds {
        let done = Double(errors.count)
        let part = control.part(done / Double(count)..<(done + 1) / Double(count))
        let solved = try matrix.thinSVD(
          rows: deal.outside(group), columns: Array(0..<matrix.shape.columns), control: part.part(0..<0.9))
        if part.token.isCancelled { throw .cancelled }
        let held = matrix.entries(rows: deal.groups[group], columns: Array(0..<matrix.shape.columns))
        errors.append(projectionErrors(held, solved, matrix, upTo: rank))
        training.append(matrix.trainingErrors(solved, upTo: rank))
        report(finding())
      }
    }
    return finding()
  }

  /// The relative mean square of H − H·V_k·V_kᵀ for k = 0 … `rank`: what no vector reaches, and what those beyond k do.
  private func projectionErrors(
    _ held: AnyMatrix, _ solved: SolvedPart, _ matrix: HoldoutMatrix, upTo rank: Int
  ) -> [Double] {
    let sums =
      switch (held, solved.svd.rightVectors) {
      case (.float(let h), .float(let v)): missed(h, v)
      case (_, let v): missed(held.widened, v.widened)
      }
    return (0...rank).map { matrix.relative(sums[min($0, sums.count - 1)], count: held.shape.count) }
  }

  private func missed<Scalar: RealScalar>(_ held: Matrix<Scalar>, _ v: Matrix<Scalar>) -> [Double] {
    let coordinates = held.multiplied(by: v)
    var sums: [Double] = [0]
    if v.columns < v.rows {
      // Rows that the others do not span leave something at every rank.
      let rest = coordinates.multiplied(by: v, transposeRight: true).subtracted(from: held)
      sums[0] = rest.withEntries { sumOfSquares($0) }
    }
    for square in coordinates.squaredColumnNorms.reversed() { sums.append((sums.last ?? 0) + square) }
    return sums.reversed()
  }
}
