import Experiments
import MatrixFiles
import RankAnalysis

/// What `plant --json` prints, schema "lowrank.plant/1".
package struct PlantReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.plant/1"

  package var schema = Self.schemaName
  /// The matrix whose shape, noise and singular values were taken, as the user named it.
  package var source: String
  package var tensor: Nullable<String>
  /// m × n.
  package var rows: Int
  package var columns: Int
  /// The planted rank.
  package var rank: Int
  /// The standard deviation of the noise, and where it came from: "given" or "median".
  package var noise: Double
  package var noiseFrom: String
  /// What decided the directions and the noise.
  package var seed: UInt64
  /// σ of the signal, and the first ones of the noisy matrix, which are larger.
  package var signalValues: [Double]
  package var observedValues: [Double]
  /// The σ of a signal below which the noise hides its direction, and the largest σ of the noise alone.
  package var detectionEdge: Double
  package var noiseEdge: Double
  /// The true error of every rank, and of shrunken σ.
  package var truth: CourtReport.Truth
  /// Every rule, its rank, and what that costs.
  package var rules: [Rule]
  /// The path that was written, and its size; null without one.
  package var output: Nullable<String>
  package var outputBytes: Nullable<Int>

  /// A rule on the planted matrix.
  package struct Rule: Codable, Hashable, Sendable {
    package var id: String
    package var title: String
    package var rank: Int
    package var judgesNoise: Bool
    /// ‖A_k − S‖_F/‖S‖_F at its rank, and what of it the best k would save.
    package var trueError: Double
    package var excessError: Double

    enum CodingKeys: String, CodingKey {
      case id, title, rank
      case judgesNoise = "judges_noise"
      case trueError = "true_error"
      case excessError = "excess_error"
    }
  }

  enum CodingKeys: String, CodingKey {
    case schema, source, tensor, rows, columns, rank, noise, seed, truth, rules, output
    case noiseFrom = "noise_from"
    case signalValues = "signal_values"
    case observedValues = "observed_values"
    case detectionEdge = "detection_edge"
    case noiseEdge = "noise_edge"
    case outputBytes = "output_bytes"
  }

  /// Reports `trial`, planted after the tensor `entry` of `source`.
  package init(
    source: String, entry: TensorEntry, _ trial: PlantedTrial, noiseIsGiven: Bool, output: String?, outputBytes: Int?
  ) {
    let (model, curve) = (trial.model, trial.curve)
    self.source = source
    tensor = Nullable(entry.name)
    rows = model.shape.rows
    columns = model.shape.columns
    rank = model.rank
    noise = model.noise
    noiseFrom = noiseIsGiven ? "given" : "median"
    seed = trial.seed
    signalValues = model.values
    observedValues = Array(trial.values.prefix(model.rank + 1))
    detectionEdge = MarchenkoPastur.detectionEdge(model.shape, noise: model.noise)
    noiseEdge = MarchenkoPastur.noiseEdge(model.shape, noise: model.noise)
    truth = CourtReport.Truth(curve)
    rules = trial.verdicts.map {
      Rule(
        id: $0.id, title: $0.title, rank: $0.rank, judgesNoise: $0.judgesNoise, trueError: curve.errors[$0.rank],
        excessError: curve.excess(rank: $0.rank))
    }
    self.output = Nullable(output)
    self.outputBytes = Nullable(outputBytes)
  }
}

/// What `plant` prints without `--json`.
package struct PlantText {
  /// The text, ending in a newline.
  package let text: String

  /// Describes `report`.
  package init(_ report: PlantReport, style: TextStyle) {
    func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 4) }
    var lines = [
      "planted after \(printable(report.source))  \(report.rows) × \(report.columns)",
      "rank \(NumberFormat.grouped(report.rank)), noise s = \(figure(report.noise)) "
        + (report.noiseFrom == "given" ? "as given" : "by the median σ"),
      "the noise hides directions below σ = \(figure(report.detectionEdge)); its own σ₁ is about \(figure(report.noiseEdge))",
    ]
    if let first = report.signalValues.first, let last = report.signalValues.last {
      let others = report.rank > 1 ? " … σ\(subscripted(report.rank)) = \(figure(last))" : ""
      lines.append("signal: σ₁ = \(figure(first))\(others)")
    }
    if report.signalValues.allSatisfy({ $0 <= 0 }) {
      lines.append("the signal is zero: true errors are relative to the noise’s expected norm")
    }
    lines.append(
      "least true error \(shareText(report.truth.bestError)) at rank \(NumberFormat.grouped(report.truth.bestRank)), with "
        + "shrunken σ \(shareText(report.truth.shrinkageError))")
    var errors = TextTable([("k", .right), ("true error", .right)], style: style)
    for k in Self.sampled(report) { errors.append([NumberFormat.grouped(k), shareText(report.truth.errors[k])]) }
    var rules = TextTable(
      [("rule", .left), ("rank", .right), ("true error", .right), ("beyond the best k", .right)], style: style)
    for rule in report.rules {
      rules.append([
        rule.title, NumberFormat.grouped(rule.rank), shareText(rule.trueError), excessText(rule.excessError),
      ])
    }
    rules.append([
      "shrunken σ", "", shareText(report.truth.shrinkageError),
      excessText(report.truth.shrinkageError - report.truth.bestError),
    ])
    var sections = [style.spelled(lines.joined(separator: "\n") + "\n"), errors.text, rules.text]
    if let output = report.output.value {
      sections.append("wrote \(printable(output)), \(NumberFormat.bytes(report.outputBytes.value ?? 0))\n")
    }
    text = sections.joined(separator: "\n")
  }

  /// The ranks around the planted and the best one, and a few on the way to all.
  private static func sampled(_ report: PlantReport) -> [Int] {
    let last = report.truth.errors.count - 1
    let near = [report.rank, report.truth.bestRank].flatMap { [$0 - 1, $0, $0 + 1] }
    let far = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, last]
    return Set(near + far).filter { (0...last).contains($0) }.sorted()
  }
}
