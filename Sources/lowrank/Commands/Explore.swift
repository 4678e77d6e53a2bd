import ArgumentParser
import Explorer
import Glibc
import LinearAlgebra
import MatrixFiles
import MatrixGallery
import MatrixSources
import NcursesTerminal
import Preparation
import TerminalUI

/// `lowrank [explore] [FILE…] [TENSOR]`: the explorer on the terminal, or replaying a recording.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Explore a matrix or a model on the screen; with no file, the built-in gallery.",
    discussion: """
      Examples:
        lowrank                                   the gallery
        lowrank SampleData/camera.png             a photograph
        lowrank model.safetensors                 a model: map, tensors, spectra
        lowrank model/                            the same by its directory
        lowrank 'model/*.safetensors'             the same by its shards
        lowrank model/ layers.0.mlp.up.weight     one tensor of a model
        lowrank SampleData/                       all files of a directory, in a list
        lowrank gallery:planted,rank=5,noise=0.1  a built-in matrix
        lowrank explore camera.png --script "40 Enter await idle save screen.svg"
      """)

  @Argument(
    help: ArgumentHelp(
      "A file of a matrix, table, picture or model, several, a pattern, or a directory; - for standard input; "
        + "gallery:NAME,key=value. After a single one, the tensor, where it holds several.",
      valueName: "file"))
  var arguments: [String] = []

  @Option(
    help: ArgumentHelp(
      "Replay keys without a terminal, as in \"40 Enter await idle save screen.svg\".", valueName: "keys"))
  var script: String?

  @Option(help: ArgumentHelp("The screen's size for --script.", valueName: "columns x rows"))
  var size: String = "120x36"

  @Option(help: ArgumentHelp("Draw this file's spectrum behind the first one's.", valueName: "file"))
  var compare: String?

  @OptionGroup(title: "How it is drawn") var display: DisplayOptions

  @OptionGroup(title: "How it is computed") var solver: SolverOptions

  @OptionGroup(title: "How the matrix is made ready") var preparation: PreparationOptions

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    if let script {
      try replay(script)
    } else if display.plain {
      try talk()
    } else {
      try explore()
    }
  }

  private func replay(_ text: String) throws {
    try refuseWhatCannotBeOpened(files.names + [compare].compactMap { $0 })
    let recording: Script
    let screen: ScreenSize
    do throws(Script.ParseError) {
      recording = try Script(text)
      screen = try Script.screenSize(size)
    } catch {
      throw ValidationError(error.description)
    }
    try ScriptPlayer(try initialState(size: screen, display: display.recordingDisplay), files, solver.planner)
      .play(recording, comparing: compare)
  }

  private func talk() throws {
    try refuseWhatCannotBeOpened(files.names + [compare].compactMap { $0 })
    let input = try PlainExplorer.commands(readingMatrixFrom: files.names)
    let state = try initialState(size: ScreenSize(rows: 36, columns: 120), display: display.recordingDisplay)
    try PlainExplorer(state, input: input, opener: files.open(_:control:), planner: solver.planner).run(
      opening: files, comparing: compare)
    // Work may still be inside LAPACK on its own thread.
    _exit(ExitStatus.success.rawValue)
  }

  private func explore() throws {
    try refuseWhatCannotBeOpened(files.names + [compare].compactMap { $0 })
    let configuration = try Configuration.load()
    let terminal = try NcursesTerminal(
      usesColor: display.hasColor, asksBackground: display.asksBackground(configuration))
    defer { terminal.close() }
    let looks = display.display(
      colors: terminal.colors,
      isUnicode: terminal.isUnicode && !TerminalFont.isOld(environmentValue("TERM") ?? ""), configuration
    )
    var state = try initialState(size: terminal.size, display: looks)
    for change in configuration.changes { _ = reduce(&state, .display(change)) }
    let loop = ExplorerLoop(terminal, state, files, solver.planner)
    let signal = loop.run(comparing: compare)
    terminal.close()
    loop.finishWriting(after: signal)
    if signal == 0, let failure = loop.failure { StandardError.report(failure) }
    // Work may still be inside LAPACK on its own thread: the screen is restored, so leave without waiting for it.
    _exit(signal != 0 ? 128 + signal : loop.failure == nil ? 0 : ExitStatus.data.rawValue)
  }

  /// What is to be opened; its content is read behind the first frame.
  private var files: SourceArguments { SourceArguments(arguments) }

  private func initialState(size: ScreenSize, display: Display) throws -> ExplorerState {
    let items = GalleryCatalog.all.map {
      GalleryItem(source: "gallery:\($0.name)", title: $0.title, teaches: $0.teaches)
    }
    var state = ExplorerState(size: size, display: display, gallery: items)
    state.usualPreparation = try preparation.preparation()
    if !arguments.isEmpty {
      state.home = .overview
      state.view = .overview
    }
    return state
  }
}
