import ArgumentParser
import Explorer
import Glibc
import LinearAlgebra
import MatrixFiles
import MatrixGallery
import MatrixSources
import NcursesTerminal
import TerminalUI

/// `lowrank [explore] [FILE] [TENSOR]`: the explorer on the terminal, or replaying a recording.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Explore a matrix on the screen; with no file, the built-in gallery.",
    discussion: """
      Examples:
        lowrank                                   the gallery
        lowrank SampleData/camera.png             a photograph
        lowrank gallery:planted,rank=5,noise=0.1  a built-in matrix
        lowrank explore camera.png --size 120x36 --script "40 Enter await idle save screen.svg"
      """)

  @Argument(help: "A matrix, table or picture file, - for standard input, or gallery:NAME,key=value.")
  var file: String?

  @Argument(help: "The tensor, where the file holds several.")
  var tensor: String?

  @Option(
    help: ArgumentHelp(
      "Replay keys without a terminal, as in \"40 Enter await idle save screen.svg\".", valueName: "keys"))
  var script: String?

  @Option(help: ArgumentHelp("The screen's size for --script.", valueName: "columns x rows"))
  var size: String = "120x36"

  @Option(help: "The colours: dark or light.")
  var theme: Theme = .dark

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Flag(help: "Draw without colours; NO_COLOR does the same.")
  var noColor = false

  /// The themes as the command line names them.
  enum Theme: String, ExpressibleByArgument, CaseIterable {
    case dark, light

    var name: ThemeName { self == .dark ? .dark : .light }
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    if let script {
      try replay(script)
    } else {
      try explore()
    }
  }

  private func replay(_ text: String) throws {
    let recording: Script
    let screen: ScreenSize
    do throws(Script.ParseError) {
      recording = try Script(text)
      screen = try Script.screenSize(size)
    } catch {
      throw ValidationError(error.description)
    }
    let display = Display(colors: hasColor ? .palette : .none, glyphs: ascii ? .ascii : .unicode, theme: theme.name)
    try ScriptPlayer(initialState(size: screen, display: display), file: file, tensor: tensor).play(recording)
  }

  private func explore() throws {
    try refuseWhatCannotBeOpened()
    let isUnicode = NcursesTerminal.supportsUnicode() && !ascii
    let terminal = try NcursesTerminal(usesColor: hasColor)
    defer { terminal.close() }
    let display = Display(colors: terminal.colors, glyphs: isUnicode ? .unicode : .ascii, theme: theme.name)
    let state = initialState(size: terminal.size, display: display)
    let loop = ExplorerLoop(terminal, state)
    let signal = loop.run(file: file, tensor: tensor)
    terminal.close()
    if signal == 0, let failure = loop.failure { StandardError.report(failure) }
    // Work may still be inside LAPACK on its own thread: the screen is restored, so leave without waiting for it.
    _exit(signal != 0 ? 128 + signal : loop.failure == nil ? 0 : ExitStatus.data.rawValue)
  }

  /// What can be told at once is told before the screen is taken: a gallery name that is not understood, a file that is
  /// not there. Its content is read behind the first frame.
  private func refuseWhatCannotBeOpened() throws {
    guard let file else { return }
    try refuseTerminal(as: file)
    if file == "-" { return }
    if GalleryCatalog.claims(file) {
      _ = try SourceOpener.open(file)
      return
    }
    var status = stat()
    if stat(file, &status) != 0 || access(file, R_OK) != 0 {
      throw FileError.cannotOpen(file, reason: String(cString: strerror(errno)))
    }
  }

  private var hasColor: Bool {
    func isSet(_ name: String) -> Bool { getenv(name).map { $0.pointee != 0 } ?? false }
    return !noColor && !isSet("NO_COLOR") && !isSet("LOWRANK_NO_COLOR")
  }

  private func initialState(size: ScreenSize, display: Display) -> ExplorerState {
    let items = GalleryCatalog.all.map {
      GalleryItem(source: "gallery:\($0.name)", title: $0.title, teaches: $0.teaches)
    }
    var state = ExplorerState(size: size, display: display, gallery: items)
    if file != nil {
      state.home = .overview
      state.view = .overview
    }
    return state
  }
}
