import ArgumentParser
import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis
import Reports

/// `lowrank speed FILE [TENSOR] --rank K`: what the factors of A_k save, in FLOPs and in time.
struct SpeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed", abstract: "Times products and solves with A beside those with its factors.",
    discussion: """
      Examples:
        lowrank speed SampleData/camera.png --rank 40
        lowrank speed SampleData/minilm-query.npy --rank 64 --batch 1,128 --json
        lowrank speed gallery:noise,rows=768,columns=3072 --rank 100 --lambda noise
      """)

  @OptionGroup var input: MatrixArguments

  @Option(name: [.short, .long], parsing: .unconditional, help: ArgumentHelp("The rank of A_k.", valueName: "K"))
  var rank: Int

  @Option(help: ArgumentHelp("The columns of X, several after commas: 1,8,64,512.", valueName: "list"))
  var batch: String = SpeedExperiment.usualBatches.map(String.init).joined(separator: ",")

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "λ of (AAᵀ + λI)x = b: a number, or noise for the square of the noise edge; (0.001·σ₁)² otherwise.",
      valueName: "L"))
  var lambda: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The seconds for each pair of timings.", valueName: "S"))
  var seconds = 0.3

  @OptionGroup(title: "How it is computed") var solver: SolverOptions

  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try experiment() }

  private func experiment() throws -> SpeedExperiment {
    if rank < 0 { throw ValidationError("--rank \(rank) is negative: a rank is 0 or more") }
    if !(seconds > 0 && seconds <= 60) {
      throw ValidationError("--seconds \(seconds): take more than 0 and at most 60")
    }
    let batches = batch.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard !batches.isEmpty, batches.allSatisfy({ (1...65_536).contains($0) }), Set(batches).count == batches.count
    else {
      throw ValidationError("--batch \(printable(batch)) is no list of different sizes from 1 to 65536: write 1,8,64")
    }
    return SpeedExperiment(rank: rank, batches: batches, ridge: try ridge(), seconds: seconds)
  }

  private func ridge() throws -> RidgeChoice {
    switch lambda {
    case nil: return .share(1e-3)
    case "noise"?: return .noise
    case let text?:
      guard let value = Double(text), value.isFinite, value >= 0 else {
        throw ValidationError("--lambda \(printable(text)) is neither noise nor a number of 0 or more")
      }
      return .value(value)
    }
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    let experiment = try experiment()
    let progress = ProgressLine()
    defer { progress.end() }
    let (prepared, _) = try input.load(progress)
    try ExperimentError.requireEntries(prepared.loaded.shape)
    let limit = prepared.loaded.shape.shortSide
    if rank > limit { throw RankOutOfRange(rank: rank, limit: limit) }
    let solved = try Solving.thinSVD(of: prepared, solver.planner, progress)
    // The SVD may have been soonest on one thread; what is timed has those that were asked for.
    BLASThreads.use(solver.planner.threads)
    progress.begin("timing products of \(prepared.loaded.shape)")
    let finding = try experiment.run(
      on: ExperimentSubject(prepared, analysis: solved.analysis, svd: solved.svd, planner: solver.planner),
      control: progress.control()
    ) { _ in }
    progress.end()
    let source = input.file
    try StandardOutput.write(
      output.json
        ? JSONText.line(
          SpeedReport(
            source: source, matrix: prepared.loaded, preparation: try input.preparation.preparation(), finding))
        : SpeedText(source: source, matrix: prepared.loaded, finding, style: StandardOutput.style).text)
  }
}
