import ArgumentParser
import Glibc
import MatrixFiles
import MatrixGallery

/// The command line: one file a command under `Commands/`, and one line here.
@main
struct LowRank: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lowrank",
    abstract: "Shows how low-rank a matrix is, or each matrix of a model, and what each rank costs.",
    discussion:
      "A matrix is read from a file, from standard input (-), or made by the gallery; a model from its file, its directory or "
      + "its shards. Files are told apart by content:\n\n"
      + helpList(FileFormatCatalog.formats.map { ($0.name, $0.summary) })
      + "\n\nThe gallery's matrices are named gallery:NAME or gallery:NAME,key=value,…:\n\n"
      + helpList(GalleryCatalog.all.map { entry in (entry.name, entry.parameters.map(\.key).joined(separator: ", ")) }),
    version: "0.1.0",
    subcommands: [
      ExploreCommand.self, InfoCommand.self, SpectrumCommand.self, ScanCommand.self, ReportCommand.self,
      ApproximateCommand.self, SpeedCommand.self, ProjectCommand.self, ValidateCommand.self, CourtCommand.self,
      PlantCommand.self, LearnCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)

  /// Parses and runs; every error is one line on standard error, prefixed `lowrank:`.
  static func main() {
    // A closed pipe is met where it is written to.
    signal(SIGPIPE, SIG_IGN)
    // Ctrl-\ is no crash: the Swift runtime would spend seconds on a report.
    var quit = sigaction()
    sigaction(SIGQUIT, nil, &quit)
    if unsafeBitCast(quit.__sigaction_handler.sa_handler, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) {
      signal(SIGQUIT, SIG_DFL)
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Glibc.exit(leave(after: error).rawValue)
    }
  }

  /// Says what `error` has to say, where it belongs.
  private static func leave(after error: any Error) -> ExitStatus {
    let code = exitCode(for: error)
    if code == .success {
      // Help, the version or a completion script was asked for.
      do throws(FileError) {
        try StandardOutput.write(StandardOutput.style.spelled(fullMessage(for: error, columns: 80)) + "\n")
        return .success
      } catch {
        return report(CommandFailure(error))
      }
    }
    if code == .validationFailure {
      return report(.usage(Self.usage(message(for: error), help: helpCommand)))
    }
    return report(CommandFailure(error))
  }

  /// The sentences of `message` as one, and where more is said.
  static func usage(_ message: String, help: String) -> String {
    let clauses = clause(message).split(separator: "'. ").map { $0.prefix(1).lowercased() + $0.dropFirst() }
    let sentence = clauses.joined(separator: "'; ")
    return sentence + (sentence.hasSuffix("?") ? " See" : "; see") + " '\(help)'"
  }

  private static func report(_ failure: CommandFailure) -> ExitStatus {
    StandardError.report(failure.sentence)
    return failure.status
  }

  /// Where the arguments that were given are explained.
  private static var helpCommand: String {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    let asked = CommandLine.arguments.dropFirst().first { names.contains($0) }
    return (["lowrank", "help"] + (asked.map { [$0] } ?? [])).joined(separator: " ")
  }
}
