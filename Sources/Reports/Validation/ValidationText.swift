import Experiments
import MatrixFiles
import RankAnalysis

/// What `validate` prints without `--json`: the plot, what it says, and a table of ranks.
package struct ValidationText {
  private let result: ValidationResult
  private let style: TextStyle
  private var finding: ValidationFinding { result.finding }

  /// Describes `result` in `style`.
  package init(_ result: ValidationResult, style: TextStyle) {
    self.result = result
    self.style = style
  }

  /// The text, ending in a newline.
  package var text: String {
    var sections = [heading]
    if finding.rootMeanSquare > 0 { sections.append(plot) }
    sections.append(verdict)
    sections.append(table)
    return sections.joined(separator: "\n")
  }

  private var heading: String {
    let entry = result.matrix.loaded.entry
    var first = [printable(result.source)]
    if let name = entry.name { first.append(printable(name)) }
    first += [style.spelled("\(finding.shape)"), entry.type.rawValue]
    first += result.matrix.loaded.notes.map(style.spelled)
    let how =
      switch finding.kind {
      case .blocks: "\(finding.rowFolds) × \(finding.columnFolds) folds"
      case .rows: "\(finding.rowFolds) groups"
      case .entries: "\(NumberFormat.percent(Bounded(finding.hiddenShare ?? 0))) of the entries hidden"
      }
    let times = finding.repeats > 1 ? ", \(finding.repeats) times" : ""
    let second =
      "\(finding.kind.title), \(how)\(times), seed \(finding.seed); \(NumberFormat.seconds(result.seconds)), read in "
      + NumberFormat.seconds(result.readSeconds)
    return first.joined(separator: "  ") + "\n" + style.spelled(second) + "\n"
  }

  private var plot: String {
    let costs = ParameterCosts(result.matrix)
    var marks: [SpectrumPlot.Mark] = []
    if finding.kind != .rows, let rank = finding.rank { marks.append(.init(rank: rank, label: "least held out")) }
    if costs.breakEvenRank <= finding.ranks.last ?? 0 {
      marks.append(.init(rank: costs.breakEvenRank, label: "break-even"))
    }
    let plot = ErrorPlot(
      ranks: finding.ranks, heldOut: shown(finding.errors), training: shown(finding.trainingErrors), style: style)
    return style.spelled("error relative to the entries, logarithmic; \(plot.legend)\n") + plot.text(marks: marks)
  }

  /// Errors as the plot shows them: zero where they are rounding.
  private func shown(_ errors: [Double]) -> [Double] {
    errors.map { $0.squareRoot() }.map { $0 > result.errorFloor ? $0 : 0 }
  }

  private var verdict: String {
    guard let best = finding.best else { return style.spelled("No rank was tried.\n") }
    let rank = NumberFormat.grouped(finding.ranks[best])
    var sentences: [String] = []
    switch finding.kind {
    case .rows:
      sentences.append(
        "Held-out rows fall at every rank: a projection on more vectors is never worse. This validates nothing.")
    case .blocks, .entries:
      sentences.append(
        "The held-out error is least at rank \(rank): \(percent(finding.errors[best])) of an answer of zeros"
          + (spread(best).isEmpty ? "." : ", ± \(spread(best))."))
      if best == finding.ranks.count - 1 {
        sentences.append("That is the largest rank that was tried.")
      } else if let simpler = finding.rankWithinStandardError, simpler < finding.ranks[best] {
        sentences.append("Rank \(NumberFormat.grouped(simpler)) is within one standard error of it.")
      }
    }
    return sentences.map { style.spelled($0) + "\n" }.joined()
  }

  private var table: String {
    let places = shownPlaces
    let hasSpread = places.contains { !spread($0).isEmpty }
    var table = TextTable(
      [("rank", .right), ("held out", .right)] + (hasSpread ? [("±", .right)] : []) + [("training", .right)],
      style: style)
    for place in places {
      table.append(
        [
          NumberFormat.grouped(finding.ranks[place]) + (place == finding.best && finding.kind != .rows ? " *" : "  "),
          percent(finding.errors[place]),
        ] + (hasSpread ? [spread(place)] : []) + [percent(finding.trainingErrors[place])])
    }
    return table.text
  }

  /// Ranks 0, 1, 2, 5, 10, 20 …, those around the minimum, and the last.
  private var shownPlaces: [Int] {
    let last = finding.ranks.count - 1
    guard last >= 0 else { return [] }
    if last < 16 { return Array(0...last) }
    var places: Set<Int> = [0, last]
    for power in sequence(first: 1, next: { $0 * 10 }).prefix(9) {
      for factor in [1, 2, 5] {
        if let place = finding.ranks.firstIndex(of: power * factor) { places.insert(place) }
      }
    }
    if let best = finding.best, finding.kind != .rows {
      places.formUnion(max(0, best - 2)...min(last, best + 2))
    }
    return places.sorted()
  }

  /// √ of a relative mean squared error, in percent.
  private func percent(_ error: Double) -> String {
    NumberFormat.percent(Bounded(finding.root(error)), digits: 4, floor: result.errorFloor)
  }

  /// One standard error of it; empty for a single fold.
  private func spread(_ place: Int) -> String {
    let (error, deviation) = (finding.errors[place], finding.standardErrors[place])
    guard deviation > 0, error.squareRoot() > result.errorFloor else { return "" }
    return NumberFormat.percent(Bounded(deviation / (2 * error.squareRoot())), digits: 2)
  }
}
