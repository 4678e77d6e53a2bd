import RankAnalysis

extension ValidationFinding {
  /// The rule that the folds make; nil unless blocks were held out.
  package var rule: BiCrossValidationRule? {
    guard kind == .blocks, let best else { return nil }
    return BiCrossValidationRule(rank: ranks[best], error: errors[best], folds: "\(rowFolds) × \(columnFolds)")
  }
}
