import ArgumentParser
import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Reports

/// `lowrank approximate FILE [TENSOR] … -o OUT`: writes the best approximation of a rank, or another of that rank.
struct ApproximateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approximate", abstract: "Writes the best approximation of a chosen rank.",
    discussion: "The extension of OUT chooses what is written:\n"
      + helpList(MatrixWriter.formats.map { ($0.fileExtension, $0.summary) }))

  @OptionGroup var input: MatrixArguments

  @OptionGroup(title: "What chooses the rank (exactly one)") var chosen: RankTargetOptions

  @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The file to write.", valueName: "out"))
  var out: String

  @OptionGroup(title: "How it is computed") var computing: MethodOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    let (target, option, _) = try chosen.target()
    if let method = computing.factorization {
      guard case .rank = target else {
        throw ValidationError("--\(option) is an option of svd: \(method.id) takes its rank from --rank K")
      }
    }
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    let (target, option, value) = try chosen.target()
    // Ask before the long computation, not after it.
    _ = try MatrixWriter.format(of: out)
    try AtomicFile.checkWritable(out)
    let progress = ProgressLine()
    defer { progress.end() }
    if let method = computing.factorization, case .rank(let rank) = target {
      let run = FactorizationRun(method: method, options: computing, input: input, rank: rank, out: out)
      let (report, errorFloor) = try run.run(progress)
      try StandardOutput.write(
        output.json
          ? JSONText.line(report)
          : FactorizationText(report, errorFloor: errorFloor, style: StandardOutput.style).text)
      return
    }
    let (prepared, readSeconds) = try input.load(progress)
    let matrix = prepared.loaded
    if case .rank(let rank) = target, rank > matrix.shape.shortSide {
      try ExperimentError.requireEntries(matrix.shape)
      throw RankOutOfRange(rank: rank, limit: matrix.shape.shortSide)
    }
    let (solved, rank) = try solve(prepared, target, progress) {
      CommandFailure(
        status: .data, sentence: "--\(option) \(printable(value)) has no answer for this matrix; give --rank")
    }
    let context = RuleContext(analysis: solved.analysis, costs: ParameterCosts(prepared))
    let measured = try solved.measure(rank: rank, of: matrix, progress)
    progress.begin("writing \(printable(out, limit: 40))")
    let clock = Stopwatch()
    try Interruption.cancelling { token in
      // Of a product of thin factors the triplets after theirs are zero.
      let written = prepared.written(try solved.svd.truncated(to: min(rank, solved.svd.singularValues.count)))
      try MatrixWriter.write(written, to: out, control: progress.control(token))
    }
    let writeSeconds = clock.seconds
    progress.end()
    let report = ApproximationReport(
      source: input.file, matrix: matrix, preparation: try input.preparation.preparation(), decision: solved.decision,
      target: [option: value],
      approximation: RankReadout(context, measured: measured), analysis: solved.analysis,
      output: out, outputBytes: fileSize(out), times: (solved.seconds, readSeconds, writeSeconds))
    try StandardOutput.write(
      output.json
        ? JSONText.line(report)
        : ApproximationText(report, context, measured: measured, style: StandardOutput.style).text)
  }

  /// A decomposition that holds the rank that `target` asks for: of leading triplets, as many as it takes, for a preview.
  private func solve(
    _ prepared: PreparedMatrix, _ target: RankTarget, _ progress: ProgressLine, orElse failure: () -> CommandFailure
  ) throws -> (SolvedSVD, rank: Int) {
    let planner = computing.planner
    func rank(_ analysis: SpectrumAnalysis) throws -> Int? {
      try target.rank(in: RuleContext(analysis: analysis, costs: ParameterCosts(prepared)))
    }
    var wanted = 0
    if case .rank(let rank) = target { wanted = rank }
    if var preview = try Solving.preview(of: prepared, planner, atLeast: wanted, .thinSVD, progress) {
      repeat {
        if let rank = try rank(preview.analysis), rank <= preview.solver.count {
          return (try preview.leadingSVD(progress), rank)
        }
      } while try preview.widen(prepared, planner, progress)
    }
    let solved = try Solving.thinSVD(of: prepared, planner, progress)
    guard let rank = try rank(solved.analysis) else { throw failure() }
    return (solved, rank)
  }
}
