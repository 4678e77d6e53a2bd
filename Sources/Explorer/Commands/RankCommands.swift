import MatrixFiles
import RankAnalysis

extension CommandCatalog {
  /// What chooses the rank, as on the command line.
  static let rankCommands: [ExplorerCommand] = [
    ExplorerCommand("rank", .text("K"), "set the rank; :K alone does too") { (text, state) throws(CommandError) in
      guard let rank = Int(text), rank >= 0 else { throw CommandError("“\(printable(text))” is no rank") }
      guard rank <= state.fullRank || state.spectrum == nil else {
        throw CommandError("the largest rank here is \(NumberFormat.grouped(state.fullRank))")
      }
      return [.setRank(rank)]
    },
    ExplorerCommand("energy", .text("SHARE"), "the smallest rank that keeps this share: 0.95 or 95%") {
      (text, state) throws(CommandError) in
      guard let share = RankTarget.share(text) else { throw CommandError(notAShare(text)) }
      return [try setRank(.energy(share), state)]
    },
    ExplorerCommand("error", .text("SHARE"), "the smallest rank with at most this error: 0.05 or 5%") {
      (text, state) throws(CommandError) in
      guard let share = RankTarget.share(text) else { throw CommandError(notAShare(text)) }
      return [try setRank(.error(share), state)]
    },
    ExplorerCommand("parameters", .text("COUNT|N%"), "the largest rank that fits this budget") {
      (text, state) throws(CommandError) in
      guard let target = RankTarget.parameterBudget(text) else {
        throw CommandError("“\(printable(text))” is neither a whole number nor a percentage: write 50000 or 25%")
      }
      return [try setRank(target, state)]
    },
    ExplorerCommand("rule", .words("NAME", { _ in RankRuleCatalog.all.map(\.id) }), "the rank that a rule picks") {
      (text, state) throws(CommandError) in
      guard let rule = RankRuleCatalog.rule(named: text) else {
        throw CommandError(
          "there is no rule “\(printable(text))”: \(RankRuleCatalog.all.map(\.id).joined(separator: ", "))")
      }
      return [try setRank(.rule(rule.id), state)]
    },
    ExplorerCommand("noise", .text("S|unknown"), "the noise’s standard deviation, for rules that need it") {
      (text, _) throws(CommandError) in
      if text == "unknown" { return [.court(.noise(nil))] }
      guard let noise = Double(text), noise.isFinite, noise >= 0 else {
        throw CommandError("“\(printable(text, limit: 40))” is no standard deviation: write a number, or unknown")
      }
      return [.court(.noise(noise))]
    },
    ExplorerCommand("mark", .none, "mark this rank; ' goes back and forth") { (_, _) in [.toggleMark] },
    ExplorerCommand("component", .text("I"), "look at layer i") { (text, state) throws(CommandError) in
      guard let index = Int(text), index >= 1 else {
        throw CommandError("“\(printable(text))” is no layer: they count from 1")
      }
      guard index <= state.fullRank || state.spectrum == nil else {
        throw CommandError("the last layer here is \(NumberFormat.grouped(state.fullRank))")
      }
      return [.show(.components), .stepComponent(index - state.component)]
    },
  ]

  private static func notAShare(_ text: String) -> String {
    "“\(printable(text))” is not a share of one: write 0.95 or 95%"
  }

  private static func setRank(_ target: RankTarget, _ state: ExplorerState) throws(CommandError) -> ExplorerAction {
    guard let solved = state.spectrum else { throw CommandError("the singular values are not there yet") }
    let context = RuleContext(analysis: solved.analysis, costs: solved.costs)
    let rank: Int?
    do { rank = try target.rank(in: context) } catch { throw CommandError("\(error)") }
    guard let rank else {
      throw CommandError(
        solved.isPreview ? "this rule needs the exact spectrum" : "this rule has no answer for this matrix")
    }
    // Where bounds leave it open, the rank that is certainly enough may be all of them.
    if solved.isPreview, rank == solved.count, rank > (solved.leadingCount ?? 0) {
      throw CommandError("that needs more than the preview knows, or the exact spectrum")
    }
    return .setRank(rank)
  }
}
