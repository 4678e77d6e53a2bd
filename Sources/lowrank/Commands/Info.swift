import ArgumentParser
import MatrixFiles
import MatrixSources
import Reports

/// `lowrank info FILE…`: what files hold, without reading the entries.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Lists the tensors of a file, of several or of a directory: name, element type, shape and size.",
    discussion: """
      Only headers are read. What cannot be read stands below, with the reason and what to do.

      Examples:
        lowrank info model.safetensors.index.json   a model in several files
        lowrank info model/ --json                  for scripts
      """)

  @Argument(help: "A file, several, a pattern, a directory, - for standard input, or gallery:NAME.")
  var files: [String]

  @OptionGroup var output: OutputOptions

  func run() throws {
    try refuseWhatCannotBeOpened(files)
    let opened = try SourceOpener.open(names: files)
    try StandardOutput.write(
      output.json ? JSONText.line(InfoReport(opened)) : InfoText(opened, style: StandardOutput.style).text)
  }
}
