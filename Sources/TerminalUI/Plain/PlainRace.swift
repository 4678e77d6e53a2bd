import Experiments
import Explorer
import RankAnalysis

extension PlainText {
  /// What every method of the race came to.
  package static func race(_ state: ExplorerState) -> [String] {
    guard let finding = state.finding(RaceFinding.self, of: .race) else {
      return [state.studies[.race]?.failure ?? "“view race” runs every factorization at this rank; then ask again."]
    }
    var lines = [
      "At rank \(NumberFormat.grouped(finding.rank)) no error can be below \(finding.boundText), the Eckart–Young bound."
    ]
    for lane in finding.lanes { lines.append(sentence(of: lane, finding)) }
    return lines + finding.excluded.map { "Outside the race is \($0.title): \($0.reason)." }
  }

  private static func sentence(of lane: RaceLane, _ finding: RaceFinding) -> String {
    let name = lane.title.prefix(1).uppercased() + lane.title.dropFirst()
    if case .refused(let reason) = lane.phase { return "\(name) cannot take part: \(reason)." }
    guard let point = lane.points.last, let error = finding.errorText(lane) else {
      return "\(name) has not begun."
    }
    var parts = ["error \(error)"]
    switch finding.excessText(lane) {
    case nil, "–": break
    case "none": parts.append("nothing above the bound")
    case let excess?: parts.append("\(excess) above the bound")
    }
    if lane.isIterative {
      let unit = point.iteration == 1 ? "iteration" : "iterations"
      parts.append("\(NumberFormat.grouped(point.iteration)) \(unit), \(lane.phaseText)")
    }
    if finding.isTimed { parts.append(NumberFormat.seconds(point.seconds)) }
    if let count = lane.parameterCount {
      parts.append("\(NumberFormat.grouped(count)) parameters, \(lane.parameterSentence)")
    }
    if let step = point.stepSize { parts.append("last step size \(NumberFormat.plain(step, digits: 2))") }
    return "\(name): \(parts.joined(separator: "; "))."
  }
}
