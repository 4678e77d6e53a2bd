import Factorizations
import LinearAlgebra

/// Bi-cross-validation: rows are dealt out to h groups and columns to l, and each of the h·l blocks A is told from the rest,
/// [A B; C D], by A ≈ B·D_k⁺·C. Its mean squared error falls while the rank follows structure and rises while it follows
/// noise.
///
/// D_k⁺ is cut where singular values are rounding, so that an answer beyond the rank of D stays what it is.
///
/// Source: Owen & Perry, Ann. Appl. Stat. 3 (2009), 564–594; Gabriel, J. Soc. Stat. Paris 143 (2002), 5–23.
package struct BiCrossValidation: Experiment {
  /// h, the groups of rows.
  package var rowFolds = 2
  /// l, the groups of columns.
  package var columnFolds = 2
  /// How often all of it is done, each time with other groups.
  package var repeats = 1
  /// The largest rank that is tried; nil for all that the folds allow.
  package var largestRank: Int?
  /// What decides the groups.
  package var seed: UInt64 = 1

  /// The usual 2 × 2 folds.
  package init() {}

  /// - Throws: a refusal where there are more groups than rows or columns.
  /// - Complexity: for each fold the SVD of D, and 4·(m/h)·(n/l)·k flops of matrix products for all ranks up to k
  ///   together; a copy of the matrix.
  package func run(
    on subject: ExperimentSubject, control: WorkControl, report: (ValidationFinding) -> Void
  ) throws(ExperimentError) -> ValidationFinding {
    let matrix = try HoldoutMatrix(subject)
    try matrix.admit(rowFolds: rowFolds, columnFolds: columnFolds)
    var generator = SeededGenerator(seed: seed)
    let deals = (0..<max(1, repeats)).map { _ in
      (
        rows: HoldoutGroups(count: matrix.shape.rows, groups: rowFolds, from: &generator),
        columns: HoldoutGroups(count: matrix.shape.columns, groups: columnFolds, from: &generator)
      )
    }
    let limit = min(
      matrix.shape.rows - (deals[0].rows.largest), matrix.shape.columns - (deals[0].columns.largest))
    let rank = min(limit, max(0, largestRank ?? limit))
    let count = deals.count * rowFolds * columnFolds
    var errors: [[Double]] = []
    var training: [[Double]] = []
    func finding() -> ValidationFinding {
      ValidationFinding(
        .blocks, of: matrix.shape, rowFolds: rowFolds, columnFolds: columnFolds, repeats: deals.count, seed: seed,
        rootMeanSquare: matrix.rootMeanSquare, ranks: Array(0...rank), foldErrors: errors, foldTrainingErrors: training,
        rowGroups: deals[0].rows.groupOfIndex, columnGroups: deals[0].columns.groupOfIndex, foldCount: count)
    }
    for deal in deals {
      for rowGroup in 0..<rowFolds {
        for columnGroup in 0..<columnFolds {
          let done = Double(errors.count)
          let fold = GabrielFold(
            matrix, rows: (deal.rows.groups[rowGroup], deal.rows.outside(rowGroup)),
            columns: (deal.columns.groups[columnGroup], deal.columns.outside(columnGroup)))
          let found = try fold.errors(
            upTo: rank, control: control.part(done / Double(count)..<(done + 1) / Double(count)))
          errors.append(found.heldOut)
          training.append(found.training)
          report(finding())
        }
      }
    }
    return finding()
  }
}

/// One block that is held out, and the three that it is told from.
private struct GabrielFold {
  let matrix: HoldoutMatrix
  /// The rows of A, and those of D; the columns likewise.
  let rows: (held: [Int], kept: [Int])
  let columns: (held: [Int], kept: [Int])

  init(_ matrix: HoldoutMatrix, rows: (held: [Int], kept: [Int]), columns: (held: [Int], kept: [Int])) {
    self.matrix = matrix
    self.rows = rows
    self.columns = columns
  }

  /// The relative mean squared errors of A ≈ B·D_k⁺·C and of D_k, for k = 0 … `rank`.
  func errors(upTo rank: Int, control: WorkControl) throws(ExperimentError) -> (heldOut: [Double], training: [Double]) {
    let solved = try matrix.thinSVD(rows: rows.kept, columns: columns.kept, control: control.part(0..<0.8))
    let reach = min(rank, solved.rank)
    let held = matrix.entries(rows: rows.held, columns: columns.held)
    let beside = matrix.entries(rows: rows.held, columns: columns.kept)
    let below = matrix.entries(rows: rows.kept, columns: columns.held)
    do throws(Cancelled) {
      try control.step(0.85)
      let norms =
        switch (held, beside, below, solved.svd.leftVectors, solved.svd.rightVectors) {
        case (.float(let a), .float(let b), .float(let c), .float(let u), .float(let v)):
          try residuals(a, b, c, u, v, solved.values, upTo: reach, control)
        default:
          try residuals(
            held.widened, beside.widened, below.widened, solved.svd.leftVectors.widened,
            solved.svd.rightVectors.widened, solved.values, upTo: reach, control)
        }
      let errors = norms.map { matrix.relative($0, count: held.shape.count) }
      // Beyond the rank of D nothing changes.
      let rest = Array(repeating: errors[reach], count: rank - reach)
      return (errors + rest, matrix.trainingErrors(solved, upTo: rank))
    } catch {
      throw .cancelled
    }
  }

  /// ‖A − B·D_k⁺·C‖² for k = 0 … `rank`: D_k⁺ = Σ v_i u_iᵀ/σ_i, so that each k takes (B·v_k/σ_k)(u_kᵀ·C) away.
  private func residuals<Scalar: RealScalar>(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, _ c: Matrix<Scalar>, _ u: Matrix<Scalar>, _ v: Matrix<Scalar>,
    _ values: [Double], upTo rank: Int, _ control: WorkControl
  ) throws(Cancelled) -> [Double] {
    let left = b.multiplied(by: v.leadingColumns(rank)).scaledLeadingColumns(values.prefix(rank).map { 1 / $0 })
    let right = c.multiplied(by: u.leadingColumns(rank), transposeLeft: true)
    return try SuccessiveUpdates.squaredNorms(of: a, left: left, right: right, control: control.part(0.9..<1))
  }
}
