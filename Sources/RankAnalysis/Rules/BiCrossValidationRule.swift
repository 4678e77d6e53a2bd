/// The rank at which blocks that were held out are told best from the rest of the matrix.
///
/// It needs the matrix, so that it stands in no catalog: who has held blocks out makes the rule of what came of it.
package struct BiCrossValidationRule: RankRule {
  package let id = "bi_cross_validation"
  package let aliases = ["bcv"]
  package let title = "bi-cross-validation"
  package let isProminent = true
  package let summary =
    "Keeps the rank at which held-out blocks are told best from the rest of the matrix (Owen & Perry 2009); it assumes "
    + "that structure runs through all rows and columns, and that the noise of one entry says nothing of another's."
  private let rank: Int
  private let error: Double
  private let folds: String

  /// A rule of a minimum at `rank`.
  ///
  /// - Parameters:
  ///   - error: the mean squared error there, relative to the mean square of the entries.
  ///   - folds: "2 × 2".
  package init(rank: Int, error: Double, folds: String) {
    self.rank = rank
    self.error = error
    self.folds = folds
  }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    RankAnswer(rank: min(rank, context.analysis.fullRank))
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    "‖A − B·Dₖ⁺·C‖² over \(folds) folds is least at k = " + answer.text(context)
      + "\nerror there \(NumberFormat.percent(Bounded(error.squareRoot()), digits: 3, floor: context.analysis.errorFloor))"
      + " of what an answer of zeros has"
  }
}
