import ArgumentParser
import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis
import Reports

/// `lowrank plant FILE [TENSOR] --rank r`: a matrix like this one of which the truth is known.
struct PlantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plant", abstract: "Makes a matrix of this shape and noise with a known signal, and tries every rule.",
    discussion: """
      The signal has random directions and the matrix's own leading singular values, or those that --strength says. The \
      extension of OUT chooses what is written: .npy the noisy matrix, .npz also the signal alone, as truth.

      Examples:
        lowrank plant picture.png --rank 5 -o planted.npz
        lowrank plant SampleData/wine.csv --rank 2 --strength 1.5 --seed 3 --json
      """)

  @OptionGroup var input: MatrixArguments

  @Option(name: [.short, .long], parsing: .unconditional, help: "The rank of the signal.")
  var rank: Int

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The noise's standard deviation; without it that of the matrix, by its median σ.", valueName: "s"))
  var noise: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Every singular value of the signal, as a multiple of the least that the noise does not hide.", valueName: "c"))
  var strength: Double?

  @Option(parsing: .unconditional, help: "Decides the directions and the noise.")
  var seed: UInt64 = 1

  @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The file to write.", valueName: "out"))
  var out: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if rank < 0 { throw ValidationError("--rank \(rank) is negative: a rank is 0 or more") }
    for (name, value) in [("noise", noise), ("strength", strength)] {
      if let value, !(value.isFinite && value >= 0) {
        throw ValidationError("--\(name) \(value) is no number from 0 on")
      }
    }
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    if let out {
      try ArrayWriter.checkFormat(of: out)
      try AtomicFile.checkWritable(out)
    }
    let progress = ProgressLine()
    defer { progress.end() }
    let (prepared, _) = try input.load(progress)
    let shape = prepared.loaded.shape
    try ExperimentError.requireEntries(shape)
    if rank > shape.shortSide { throw RankOutOfRange(rank: rank, limit: shape.shortSide) }
    var planner = SolverPlanner()
    planner.isAlone = true
    let analysis = try Solving.spectrum(of: prepared, planner, progress).analysis
    let noise = noise ?? analysis.noiseLevel?.middle ?? 0
    let model =
      strength.map { PlantedModel(shape: shape, rank: rank, strength: $0, noise: noise) }
      ?? PlantedModel(shape: shape, values: Array(analysis.spectrum.values.prefix(rank)), noise: noise)
    progress.begin("trying every rule on the planted matrix")
    let trial = try PlantedTrial(model, seed: seed, planner: planner, control: progress.control())
    if let out {
      progress.begin("writing \(printable(out, limit: 40))")
      try Interruption.cancelling { token in
        try ArrayWriter.write(
          [("planted", trial.noisy), ("truth", trial.signal.entries)], to: out, control: progress.control(token))
      }
    }
    progress.end()
    let report = PlantReport(
      source: input.file, entry: prepared.loaded.entry, trial, noiseIsGiven: self.noise != nil, output: out,
      outputBytes: out.map(fileSize))
    try StandardOutput.write(output.json ? JSONText.line(report) : PlantText(report, style: StandardOutput.style).text)
  }
}
