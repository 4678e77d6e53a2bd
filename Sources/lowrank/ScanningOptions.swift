import ArgumentParser
import Checkpoints
import LinearAlgebra
import MatrixFiles

/// Which matrices of a model are scanned, and how: the same options wherever they are.
struct ScanningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only tensors whose name has this part, or is this glob if it has a *, ? or [; several take what any names. "
        + "With a / in it, also parts, heads and products, by the names that info lists.",
      valueName: "pattern"))
  var match: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Work on so many matrices at once; all cores otherwise.", valueName: "N"))
  var jobs: Int?

  @Flag(name: .customLong("no-cache"), help: "Neither look findings up in the cache nor keep them there.")
  var noCache = false

  mutating func validate() throws {
    guard let jobs else { return }
    if jobs < 1 { throw ValidationError("--jobs \(jobs): at least one is needed") }
    let cores = BLASThreads.availableCores
    if jobs > cores {
      throw ValidationError("--jobs \(jobs): this process may use \(cores) core\(cores == 1 ? "" : "s")")
    }
  }

  /// What the names of tensors must match.
  var patterns: [TensorPattern] { match.map { TensorPattern($0) } }
  /// How many matrices are worked on at once.
  var workers: Int { jobs ?? BLASThreads.availableCores }

  /// Where the findings of `files` are kept; nil where they are not.
  func cache(of files: [String]) -> ScanCache? { noCache ? nil : ScanCache(sources: files) }
}
