import ArgumentParser
import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis
import Reports

extension HoldoutKind: ExpressibleByArgument {}

/// `lowrank validate FILE [TENSOR]`: errors of what was held out, against the rank.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Holds parts of the matrix out and prints how well each rank tells them.",
    discussion: """
      The methods:
        bcv      blocks of rows and columns: bi-cross-validation (Owen & Perry 2009)
        rows     whole rows, projected on the vectors of the others: this error always falls, and chooses no rank
        entries  single entries, filled in by alternating least squares

      Examples:
        lowrank validate gallery:planted
        lowrank validate SampleData/wine.csv --center columns --scale columns --folds 4x3 --repeats 5
        lowrank validate ratings.csv --method entries --json
      """)

  @OptionGroup var input: MatrixArguments

  @Option(help: ArgumentHelp("What is held out: bcv, rows or entries.", valueName: "name"))
  var method = HoldoutKind.blocks

  @Option(
    help: ArgumentHelp("The groups of rows and of columns: 4x3; or of rows, as many of columns: 4.", valueName: "HxL"))
  var folds = "2x2"

  @Option(
    name: .customLong("hide"),
    help: ArgumentHelp("Of entries, the share that is hidden: 0.1 or 10%, which it is otherwise.", valueName: "share"))
  var hidden: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Do all of it so often, each time with other groups.", valueName: "N"))
  var repeats = 1

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The largest rank to try; all that the folds allow.", valueName: "K"))
  var maxRank: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("What decides the groups.", valueName: "S"))
  var seed: UInt64 = 1

  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = try foldCounts()
    _ = try share()
    if hidden != nil, method != .entries { throw ValidationError("--hide is for --method entries alone") }
    if repeats < 1 { throw ValidationError("--repeats \(repeats): at least one is needed") }
    if let maxRank, maxRank < 0 { throw ValidationError("--max-rank \(maxRank) is negative: a rank is 0 or more") }
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    let (rowFolds, columnFolds) = try foldCounts()
    let share = try share()
    let progress = ProgressLine()
    defer { progress.end() }
    let (prepared, readSeconds) = try input.load(progress)
    try ExperimentError.requireEntries(prepared.loaded.shape)
    progress.begin("holding \(method == .blocks ? "blocks" : method.rawValue) of \(prepared.loaded.shape) out")
    var planner = SolverPlanner()
    _ = SolverCosts.shared
    planner.isAlone = true
    let subject = ExperimentSubject(prepared, planner: planner)
    let clock = Stopwatch()
    let finding: ValidationFinding
    do throws(ExperimentError) {
      finding = try hold(subject, rowFolds, columnFolds, share, progress.control())
    } catch .refused(let sentence) {
      // What was asked for does not fit this matrix.
      throw CommandFailure.usage(sentence)
    }
    let seconds = clock.seconds
    progress.end()
    let result = ValidationResult(
      source: input.file, matrix: prepared, preparation: try input.preparation.preparation(), finding: finding,
      seconds: seconds, readSeconds: readSeconds)
    try StandardOutput.write(
      output.json
        ? JSONText.line(ValidationReport(result)) : ValidationText(result, style: StandardOutput.style).text)
  }

  private func hold(
    _ subject: ExperimentSubject, _ rowFolds: Int, _ columnFolds: Int, _ share: Double?, _ control: WorkControl
  ) throws(ExperimentError) -> ValidationFinding {
    switch method {
    case .blocks:
      var experiment = BiCrossValidation()
      (experiment.rowFolds, experiment.columnFolds) = (rowFolds, columnFolds)
      (experiment.repeats, experiment.largestRank, experiment.seed) = (repeats, maxRank, seed)
      return try experiment.run(on: subject, control: control) { _ in }
    case .entries:
      var experiment = HeldOutEntries()
      if let share { experiment.share = share }
      (experiment.repeats, experiment.largestRank, experiment.seed) = (repeats, maxRank, seed)
      return try experiment.run(on: subject, control: control) { _ in }
    case .rows:
      var experiment = HeldOutRows()
      experiment.rowFolds = rowFolds
      (experiment.repeats, experiment.largestRank, experiment.seed) = (repeats, maxRank, seed)
      return try experiment.run(on: subject, control: control) { _ in }
    }
  }

  /// The share that is hidden, if it was said.
  private func share() throws -> Double? {
    guard let hidden else { return nil }
    guard let share = RankTarget.share(hidden), share > 0, share < 1 else {
      throw ValidationError("--hide \(printable(hidden)) is no share between 0 and 1: write 0.1 or 10%")
    }
    return share
  }

  /// "4x3" as (4, 3), "4" as (4, 4).
  private func foldCounts() throws -> (rows: Int, columns: Int) {
    let parts = folds.split(separator: folds.contains("×") ? "×" : "x", omittingEmptySubsequences: false)
    let counts = parts.compactMap { Int($0) }
    guard counts.count == parts.count, (1...2).contains(counts.count), counts.allSatisfy({ $0 >= 2 }) else {
      throw ValidationError("--folds \(printable(folds)) is no number of groups: write 4x3, each at least 2")
    }
    return (counts[0], counts[counts.count - 1])
  }
}
