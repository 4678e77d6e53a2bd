import ArgumentParser
import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis
import Reports

/// `lowrank court FILE [TENSOR]`: every rule that chooses a rank, and where most of them agree.
struct CourtCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "court", abstract: "Hears every rule that chooses a rank, or tries them on planted matrices.",
    discussion: """
      Examples:
        lowrank court SampleData/wine.csv --center columns --scale columns
        lowrank court gallery:planted,noise=0.5           the signal is known: true errors beside every rule
        lowrank court picture.png --noise 4               the noise's standard deviation is known
        lowrank court picture.png --scoreboard            every rule on planted matrices of this shape
        lowrank court a.npy --scoreboard --ranks 1,5 --noise 0.1,0.3 --seeds 20
      """)

  @OptionGroup var input: MatrixArguments

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The standard deviation of the noise, for the rules that need it; with --scoreboard several, the signal taking the "
        + "matrix's own leading singular values.", valueName: "s"))
  var noise: String?

  @Option(parsing: .unconditional, help: "Decides shuffled copies and planted matrices.")
  var seed: UInt64 = 1

  @Flag(help: "Try every rule on planted matrices of this shape.")
  var scoreboard = false

  @Option(help: ArgumentHelp("With --scoreboard: the planted ranks.", valueName: "k,…"))
  var ranks: String?

  @Option(
    help: ArgumentHelp(
      "With --scoreboard: the signal's singular values as multiples of the least that the noise does not hide "
        + "(default: 0.7,1.4,4).", valueName: "c,…"))
  var strength: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("With --scoreboard: matrices of each kind.", valueName: "n"))
  var seeds: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !scoreboard {
      for (name, isGiven) in [("ranks", ranks != nil), ("strength", strength != nil), ("seeds", seeds != nil)]
      where isGiven { throw ValidationError("--\(name) is for planted matrices: add --scoreboard") }
      _ = try knownNoise()
    } else {
      _ = try levels()
      _ = try plantedRanks(upTo: .max)
      if let seeds, seeds < 1 { throw ValidationError("--seeds \(seeds): at least one matrix of each kind is needed") }
    }
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    let progress = ProgressLine()
    defer { progress.end() }
    let (prepared, _) = try input.load(progress)
    try ExperimentError.requireEntries(prepared.loaded.shape)
    var planner = SolverPlanner()
    planner.isAlone = true
    let subject = ExperimentSubject(prepared, planner: planner)
    if scoreboard { return try keepScore(subject, progress) }
    let solved = try Solving.spectrum(of: prepared, planner, progress)
    progress.begin("hearing every rule")
    let finding = try Court(noise: try knownNoise(), seed: seed).run(
      on: ExperimentSubject(prepared, analysis: solved.analysis, planner: planner), control: progress.control()
    ) { _ in }
    progress.end()
    let report = CourtReport(
      source: input.file, matrix: prepared, preparation: try input.preparation.preparation(), seed: seed, finding,
      analysis: solved.analysis)
    try StandardOutput.write(
      output.json
        ? JSONText.line(report)
        : CourtTables(report, analysis: solved.analysis, style: StandardOutput.style).text)
  }

  private func keepScore(_ subject: ExperimentSubject, _ progress: ProgressLine) throws {
    let shape = subject.prepared.loaded.shape
    let ranks = try plantedRanks(upTo: shape.shortSide)
    // Of noise alone no signal is stronger than another.
    let isNoiseAlone = ranks.allSatisfy { $0 == 0 } && noise == nil
    let board = Scoreboard(
      ranks: ranks, levels: try isNoiseAlone ? [.noise(1)] : levels(), seeds: seeds ?? 10, seed: seed)
    progress.begin("trying every rule on \(board.ranks.count * board.levels.count * board.seeds) planted matrices")
    let finding = try board.run(on: subject, control: progress.control()) { _ in }
    progress.end()
    let report = ScoreboardReport(source: input.file, rows: shape.rows, columns: shape.columns, board, finding)
    try StandardOutput.write(
      output.json ? JSONText.line(report) : ScoreboardText(report, style: StandardOutput.style).text)
  }

  private func knownNoise() throws -> Double? {
    guard let noise else { return nil }
    let values = try numbers(noise, "noise")
    guard values.count == 1 else {
      throw ValidationError("--noise \(printable(noise)): one matrix has one noise; several are for --scoreboard")
    }
    return values[0]
  }

  private func levels() throws -> [Scoreboard.Level] {
    if let noise {
      guard strength == nil else {
        throw ValidationError("--noise and --strength exclude each other: give one of them")
      }
      return try numbers(noise, "noise").map { .noise($0) }
    }
    return try numbers(strength ?? "0.7,1.4,4", "strength").map { .strength($0) }
  }

  /// The ranks that were asked for; without such a wish the usual ones that leave half of a shape's σ to the noise.
  private func plantedRanks(upTo limit: Int) throws -> [Int] {
    guard let ranks else { return [1, 2, 5, 10, 20].filter { 2 * $0 <= limit || $0 == 1 } }
    return try ranks.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let rank = Int(text), rank >= 0 else {
        throw ValidationError("--ranks \(printable(ranks)): “\(printable(String(text)))” is no rank; write 1,2,5")
      }
      guard rank <= limit else { throw RankOutOfRange(rank: rank, limit: limit) }
      return rank
    }
  }

  private func numbers(_ text: String, _ option: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let value = Double(part), value.isFinite, value >= 0 else {
        throw ValidationError(
          "--\(option) \(printable(text)): “\(printable(String(part)))” is no number from 0 on; write 0.5 or 0.5,1,2")
      }
      return value
    }
  }
}
