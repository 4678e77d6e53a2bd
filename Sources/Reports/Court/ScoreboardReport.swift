import Experiments
import MatrixFiles
import RankAnalysis

/// What `court --scoreboard --json` prints, schema "lowrank.scoreboard/1".
package struct ScoreboardReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.scoreboard/1"

  package var schema = Self.schemaName
  /// The matrix whose shape was taken, as the user named it.
  package var source: String
  /// m × n.
  package var rows: Int
  package var columns: Int
  /// What decided all matrices, and how many there were of each rank and level.
  package var seed: UInt64
  package var seeds: Int
  /// Every rank and level.
  package var cells: [Cell]
  /// Every rule over all of them.
  package var totals: [Score]

  /// A planted rank and how strong its signal is.
  package struct Cell: Codable, Hashable, Sendable {
    package var rank: Int
    /// σ of the signal over the detection edge of the noise; null where the signal has the matrix's own σ.
    package var strength: Nullable<Double>
    /// The standard deviation of the noise.
    package var noise: Double
    /// The mean k of least true error, and that error relative to the signal.
    package var meanBestRank: Double
    package var meanBestError: Double
    /// The mean error of shrunken σ beyond that; negative where shrinking is better than every truncation.
    package var meanShrinkageExcess: Double
    package var rules: [Score]

    enum CodingKeys: String, CodingKey {
      case rank, strength, noise, rules
      case meanBestRank = "mean_best_rank"
      case meanBestError = "mean_best_error"
      case meanShrinkageExcess = "mean_shrinkage_excess"
    }
  }

  /// How a rule did.
  package struct Score: Codable, Hashable, Sendable {
    package var id: String
    package var title: String
    package var judgesNoise: Bool
    /// How many matrices it answered for, and of how many it found the planted rank.
    package var matrices: Int
    package var exact: Int
    package var meanRank: Double
    /// The mean error at its rank beyond that of the best k, relative to the signal.
    package var meanExcessError: Double

    enum CodingKeys: String, CodingKey {
      case id, title, matrices, exact
      case judgesNoise = "judges_noise"
      case meanRank = "mean_rank"
      case meanExcessError = "mean_excess_error"
    }

    init(_ score: RuleScore) {
      id = score.id
      title = score.title
      judgesNoise = score.judgesNoise
      matrices = score.ranks.count
      exact = score.exact
      meanRank = score.meanRank
      meanExcessError = score.meanExcess
    }
  }

  /// Reports `finding` for the shape of `source`.
  package init(source: String, rows: Int, columns: Int, _ board: Scoreboard, _ finding: ScoreboardFinding) {
    self.source = source
    self.rows = rows
    self.columns = columns
    seed = board.seed
    seeds = board.seeds
    cells = finding.cells.map { cell in
      var strength: Double?
      if case .strength(let value) = cell.level { strength = value }
      return Cell(
        rank: cell.model.rank, strength: Nullable(strength), noise: cell.model.noise, meanBestRank: cell.meanBestRank,
        meanBestError: cell.meanBestError, meanShrinkageExcess: cell.meanShrinkageExcess,
        rules: cell.scores.map(Score.init))
    }
    totals = finding.totals.map(Score.init)
  }
}

/// What `court --scoreboard` prints without `--json`: every rule at every level, over all ranks.
package struct ScoreboardText {
  /// The text, ending in a newline.
  package let text: String

  /// Describes `report`.
  package init(_ report: ScoreboardReport, style: TextStyle) {
    let levels = Self.levels(report)
    let ranks = Set(report.cells.map(\.rank)).sorted()
    let heading =
      "\(printable(report.source))  \(report.rows) × \(report.columns): planted rank\(ranks.count == 1 ? "" : "s") "
      + "\(ranks.map(String.init).joined(separator: ", ")), \(report.seeds) matrices each\n"
      + (ranks == [0]
        ? "noise alone, errors relative to its expected norm; "
        : report.cells.first?.strength.value != nil
          ? "signal σ as multiples of the detection edge; " : "signal σ are the matrix’s own; ")
      + "how often a rule finds the rank, and its mean true error beyond that of the best k\n"
    var columns: [(String, TextTable.Alignment)] = [("rule", .left)]
    columns += levels.map { ($0.title, .right) }
    var table = TextTable(columns, style: style)
    for score in report.totals {
      table.append([score.title] + levels.map { Self.cell(score.id, $0.cells) })
    }
    table.append(["shrunken σ"] + levels.map { excessText(Self.mean($0.cells, \.meanShrinkageExcess)) })
    table.append(["least error"] + levels.map { shareText(Self.mean($0.cells, \.meanBestError)) })
    var sections = [style.spelled(heading), table.text]
    for level in levels {
      var columns: [(String, TextTable.Alignment)] = [("mean rank, \(level.title)", .left)]
      columns += level.cells.map { ("r \($0.rank)", .right) }
      var means = TextTable(columns, style: style)
      for score in report.totals where score.judgesNoise {
        let row = level.cells.map { cell -> String in
          guard let own = cell.rules.first(where: { $0.id == score.id }) else { return "–" }
          return Self.decimal(own.meanRank)
        }
        means.append([score.title] + row)
      }
      means.append(["best k"] + level.cells.map { Self.decimal($0.meanBestRank) })
      sections.append(means.text)
    }
    text = sections.joined(separator: "\n")
  }

  private struct Level {
    let title: String
    let cells: [ScoreboardReport.Cell]
  }

  private static func levels(_ report: ScoreboardReport) -> [Level] {
    var order: [String] = []
    for cell in report.cells where !order.contains(title(cell)) { order.append(title(cell)) }
    return order.map { name in Level(title: name, cells: report.cells.filter { title($0) == name }) }
  }

  private static func title(_ cell: ScoreboardReport.Cell) -> String {
    cell.strength.value.map { "\(NumberFormat.plain($0, digits: 2)) × edge" }
      ?? "noise \(NumberFormat.plain(cell.noise, digits: 3))"
  }

  private static func cell(_ id: String, _ cells: [ScoreboardReport.Cell]) -> String {
    let own = cells.flatMap(\.rules).filter { $0.id == id }
    let matrices = own.reduce(0) { $0 + $1.matrices }
    guard matrices > 0 else { return "–" }
    let exact = own.reduce(0) { $0 + $1.exact }
    let excess = own.reduce(0) { $0 + $1.meanExcessError * Double($1.matrices) } / Double(matrices)
    return "\(exact)/\(matrices) \(excessText(excess))"
  }

  private static func mean(
    _ cells: [ScoreboardReport.Cell], _ value: (ScoreboardReport.Cell) -> Double
  ) -> Double { cells.reduce(0) { $0 + value($1) } / Double(max(1, cells.count)) }

  /// A mean to one decimal.
  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
