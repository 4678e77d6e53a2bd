import ArgumentParser
import Factorizations
import Glibc
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Reports

/// `lowrank approximate FILE [TENSOR] … -o OUT`: writes the best approximation of a rank.
struct ApproximateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approximate", abstract: "Writes the best approximation of a chosen rank.",
    discussion: "The extension of OUT chooses what is written:\n"
      + helpList(MatrixWriter.formats.map { ($0.fileExtension, $0.summary) }))

  @OptionGroup var input: MatrixArguments

  @OptionGroup(title: "What chooses the rank (exactly one)") var chosen: RankTargetOptions

  @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The file to write.", valueName: "out"))
  var out: String

  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = try chosen.target()
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    let (target, option, value) = try chosen.target()
    // Ask before the long computation, not after it.
    _ = try MatrixWriter.format(of: out)
    try AtomicFile.checkWritable(out)
    let progress = ProgressLine()
    defer { progress.end() }
    let (prepared, readSeconds) = try input.load(progress)
    let matrix = prepared.loaded
    if case .rank(let rank) = target, rank > matrix.matrix.shape.shortSide {
      throw RankOutOfRange(rank: rank, limit: matrix.matrix.shape.shortSide)
    }
    let solved = try Solving.thinSVD(of: prepared, SolverPlanner(), progress)
    let context = RuleContext(analysis: solved.analysis, costs: ParameterCosts(prepared))
    guard let rank = try target.rank(in: context) else {
      throw CommandFailure(
        status: .data, sentence: "--\(option) \(printable(value)) has no answer for this matrix; give --rank")
    }
    let measured = try solved.measure(rank: rank, of: matrix, progress)
    progress.begin("writing \(printable(out, limit: 40))")
    let clock = Stopwatch()
    try Interruption.cancelling { token in
      let written = prepared.written(try solved.svd.truncated(to: rank))
      try MatrixWriter.write(written, to: out, control: progress.control(token))
    }
    let writeSeconds = clock.seconds
    progress.end()
    let report = ApproximationReport(
      source: input.file, matrix: matrix, preparation: try input.preparation.preparation(), decision: solved.decision,
      target: [option: value],
      approximation: RankReadout(context, measured: measured),
      output: out, outputBytes: fileSize(out), times: (solved.seconds, readSeconds, writeSeconds))
    try StandardOutput.write(
      output.json
        ? JSONText.line(report)
        : ApproximationText(report, context, measured: measured, style: StandardOutput.style).text)
  }

  private func fileSize(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}
