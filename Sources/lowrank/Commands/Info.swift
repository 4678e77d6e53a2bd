import ArgumentParser
import MatrixFiles
import MatrixSources
import Reports

/// `lowrank info FILE`: what a file holds, without reading the entries.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Lists the tensors of a file: name, element type, shape and size.")

  @Argument(help: "A file, a directory, - for standard input, or gallery:NAME.")
  var file: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    try refuseTerminal(as: file)
    let opened = try SourceOpener.open(file)
    try StandardOutput.write(
      output.json ? JSONText.line(InfoReport(opened)) : InfoText(opened, style: StandardOutput.style).text)
  }
}
