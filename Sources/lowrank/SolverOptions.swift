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

  @Option(
    help: ArgumentHelp(
      "full, or preview: leading values and certified bounds of all, sooner where the exact ones take long.",
      valueName: "full|preview"))
  var accuracy: SolveRequest.Accuracy = .full

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Compute on so many threads; all cores otherwise.", valueName: "N"))
  var threads: Int?

  mutating func validate() throws {
    if let method, !SolverCatalog.names.contains(method) {
      throw ValidationError(
        "there is no method “\(printable(method))”: the methods are \(SolverCatalog.names.joined(separator: ", "))")
    }
    guard let threads else { return }
    let cores = BLASThreads.availableCores
    if threads < 1 { throw ValidationError("--threads \(threads): at least one is needed") }
    if threads > cores {
      throw ValidationError("--threads \(threads): this process may use \(cores) core\(cores == 1 ? "" : "s")")
    }
  }

  /// The planner that does as was asked.
  var planner: SolverPlanner {
    SolverPlanner(method: method, accuracy: accuracy, threads: threads ?? BLASThreads.availableCores)
  }
}
