import ArgumentParser
import Factorizations
import LinearAlgebra
import MatrixFiles

extension SolveRequest.Accuracy: ExpressibleByArgument {}

/// How singular values and vectors are computed: the same options wherever they are.
struct SolverOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compute with this method instead of the one expected to be soonest: \(SolverCatalog.names.joined(separator: ", ")).",
      valueName: "name"))
  var method: String?

  @OptionGroup var work: WorkOptions

  mutating func validate() throws {
    if let method, !SolverCatalog.names.contains(method) {
      throw ValidationError(
        "there is no method “\(printable(method))”: the methods are \(SolverCatalog.names.joined(separator: ", "))")
    }
  }

  /// The planner that does as was asked.
  var planner: SolverPlanner { work.planner(method: method) }
}

/// How exact the work must be, and on how many threads it is done.
struct WorkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "full, or preview: leading values and certified bounds of all, sooner where the exact ones take long.",
      valueName: "full|preview"))
  var accuracy: SolveRequest.Accuracy = .full

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Compute on so many threads; all cores otherwise.", valueName: "N"))
  var threads: Int?

  mutating func validate() throws {
    guard let threads else { return }
    let cores = BLASThreads.availableCores
    if threads < 1 { throw ValidationError("--threads \(threads): at least one is needed") }
    if threads > cores {
      throw ValidationError("--threads \(threads): this process may use \(cores) core\(cores == 1 ? "" : "s")")
    }
  }

  /// The planner that takes `method`, or the soonest.
  func planner(method: String?) -> SolverPlanner {
    SolverPlanner(method: method, accuracy: accuracy, threads: threads ?? BLASThreads.availableCores)
  }
}
