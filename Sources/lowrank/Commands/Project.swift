import ArgumentParser
import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis
import Reports

extension ProjectionAxis: ExpressibleByArgument {}
extension PointMetric: ExpressibleByArgument {}

/// `lowrank project FILE [TENSOR]`: rows or columns in the coordinates of two components.
struct ProjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project", abstract: "Draws rows or columns in the coordinates of two components.",
    discussion: """
      Examples:
        lowrank project SampleData/iris.csv --center columns
        lowrank project SampleData/digits-labelled.csv.gz --label digit --center columns --components 1,3
        lowrank project SampleData/words.csv.gz --center columns --rank 20 --metric cosine --point 12
      """)

  @OptionGroup var input: MatrixArguments

  @Option(
    name: [.short, .long], parsing: .unconditional,
    help: ArgumentHelp("Neighbours are near in the space of the first K components.", valueName: "K"))
  var rank = 2

  @Option(help: ArgumentHelp("The components across and up.", valueName: "i,j"))
  var components = "1,2"

  @Option(help: ArgumentHelp("What the points are: rows or columns.", valueName: "what"))
  var axis = ProjectionAxis.rows

  @Option(help: ArgumentHelp("How near is meant: euclidean or cosine.", valueName: "what"))
  var metric = PointMetric.euclidean

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("List the neighbours of this point, counted from 1.", valueName: "number"))
  var point: Int?

  @OptionGroup(title: "How it is computed") var solver: SolverOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if rank < 0 { throw ValidationError("--rank \(rank) is negative: a rank is 0 or more") }
    if let point, point < 1 { throw ValidationError("--point \(point): points count from 1") }
    _ = try pair()
  }

  private func pair() throws -> (across: Int, up: Int) {
    let numbers = components.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard numbers.count == 2, numbers.allSatisfy({ $0 >= 1 }) else {
      throw ValidationError("--components \(printable(components)) is no pair of numbers from 1: write 1,2")
    }
    guard numbers[0] != numbers[1] else {
      throw ValidationError("--components \(printable(components)) names one component twice: give two of them")
    }
    return (numbers[0], numbers[1])
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    let (across, up) = try pair()
    let progress = ProgressLine()
    defer { progress.end() }
    let (prepared, _) = try input.load(progress)
    let shape = prepared.loaded.shape
    try ExperimentError.requireEntries(shape)
    let limit = shape.shortSide
    guard limit > 1 else { throw ExperimentError.oneComponent }
    if rank > limit { throw RankOutOfRange(rank: rank, limit: limit) }
    guard max(across, up) <= limit else {
      throw CommandFailure.usage("--components \(printable(components)): this matrix has components 1 to \(limit)")
    }
    let count = axis == .rows ? shape.rows : shape.columns
    if let point, point > count { throw CommandFailure.usage("--point \(point): there are \(count) \(axis.rawValue)") }
    let solved = try Solving.thinSVD(of: prepared, solver.planner, progress)
    let experiment = ProjectionExperiment(
      axis: axis, across: across, up: up, rank: rank, point: (point ?? 1) - 1, neighbours: point == nil ? 0 : 8,
      metric: metric)
    let finding = try experiment.run(
      on: ExperimentSubject(prepared, analysis: solved.analysis, svd: solved.svd), control: progress.control()
    ) { _ in }
    progress.end()
    try StandardOutput.write(
      output.json
        ? JSONText.line(
          ProjectionReport(
            source: input.file, matrix: prepared.loaded, preparation: try input.preparation.preparation(), finding))
        : ProjectionText(source: input.file, matrix: prepared.loaded, finding, style: StandardOutput.style).text)
  }
}
