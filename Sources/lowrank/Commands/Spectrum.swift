import ArgumentParser
import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis
import Reports

/// `lowrank spectrum FILE [TENSOR]`: singular values, rank rules and measures.
struct SpectrumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrum", abstract: "Prints the singular values, and the ranks and measures they lead to.",
    discussion: """
      Examples:
        lowrank spectrum SampleData/wine.csv --center columns --scale columns
        lowrank spectrum model/ layer.0.attention.self.query.weight --json --top 5
        lowrank spectrum model/ layer.0.attention.self.query.weight/head.2
        lowrank spectrum model/ layer.0.attention/qk.head.2     a product of heads
        lowrank spectrum model/ layers.0.attn.qkv.weight/q      a part of a fused one
        lowrank spectrum model/ experts.up_proj --view slice=2  an expert of a stack
      """)

  @OptionGroup var input: MatrixArguments

  @Option(
    name: [.short, .long], parsing: .unconditional,
    help: ArgumentHelp("List only the K largest singular values.", valueName: "K"))
  var top: Int?

  @Option(
    name: [.short, .long], parsing: .unconditional,
    help: ArgumentHelp("Also measure the approximation of rank K.", valueName: "K"))
  var rank: Int?

  @Flag(help: "Also say which method computed them, why, and what was decided against.")
  var explain = false

  @OptionGroup(title: "How it is computed") var solver: SolverOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let top, top < 0 { throw ValidationError("--top \(top) is negative: list 0 or more singular values") }
    if let rank, rank < 0 { throw ValidationError("--rank \(rank) is negative: a rank is 0 or more") }
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    let progress = ProgressLine()
    defer { progress.end() }
    let (prepared, readSeconds) = try input.load(progress)
    let matrix = prepared.loaded
    if let rank { try checkRank(rank, of: matrix) }
    let planner = solver.planner
    let preparation = try input.preparation.preparation()
    let preview = try Solving.preview(
      of: prepared, planner, atLeast: rank ?? 0, rank == nil ? .values : .thinSVD, progress)
    let result: SpectrumResult
    if let rank {
      let solved = try preview?.leadingSVD(progress) ?? Solving.thinSVD(of: prepared, planner, progress)
      let measured = try solved.measure(rank: rank, of: matrix, progress)
      result = SpectrumResult(
        source: input.file, matrix: prepared, preparation: preparation, analysis: solved.analysis,
        decision: solved.decision, seconds: solved.seconds, readSeconds: readSeconds, measured: measured)
    } else {
      let solved =
        try preview.map { (analysis: $0.analysis, decision: $0.decision, seconds: $0.seconds) }
        ?? Solving.spectrum(of: prepared, planner, progress)
      result = SpectrumResult(
        source: input.file, matrix: prepared, preparation: preparation, analysis: solved.analysis,
        decision: solved.decision, seconds: solved.seconds, readSeconds: readSeconds)
    }
    progress.end()
    try StandardOutput.write(
      output.json
        ? JSONText.line(SpectrumReport(result, top: top, explains: explain))
        : SpectrumText(result, style: StandardOutput.style).text(top: top ?? 10, explains: explain))
  }

  /// Refuses a rank beyond min(m, n) before the work, not after it.
  private func checkRank(_ rank: Int, of matrix: LoadedMatrix) throws {
    let limit = matrix.shape.shortSide
    if rank > 0 { try ExperimentError.requireEntries(matrix.shape) }
    if rank > limit { throw RankOutOfRange(rank: rank, limit: limit) }
  }
}
