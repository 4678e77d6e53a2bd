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

  @Option(help: "The colours; auto asks the terminal for its background.")
  var theme: Theme = .auto

  @Option(help: "The characters; braille draws fine curves, auto follows the locale.")
  var glyphs: Glyphs = .auto

  @Flag(help: "Draw with ASCII characters only: --glyphs ascii.")
  var ascii = false

  @Flag(help: "Draw without colours; NO_COLOR does the same.")
  var noColor = false

  @OptionGroup(title: "How the matrix is made ready") var preparation: PreparationOptions

  /// The themes as the command line names them.
  enum Theme: String, ExpressibleByArgument, CaseIterable {
    case auto, dark, light, contrast
  }

  /// The sets of characters as the command line names them.
  enum Glyphs: String, ExpressibleByArgument, CaseIterable {
    case auto, ascii, blocks, braille
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
    // A recording gives the same screens everywhere: it asks neither the terminal nor the locale.
    let display = Display(
      colors: hasColor ? .palette : .none, glyphs: glyphSet(isUnicode: true),
      theme: ThemeName(rawValue: theme.rawValue) ?? .dark)
    try ScriptPlayer(try initialState(size: screen, display: display), file: file, tensor: tensor).play(recording)
  }

  private func explore() throws {
    try refuseWhatCannotBeOpened()
    let term = variable("TERM") ?? ""
    let glyphs = glyphSet(isUnicode: NcursesTerminal.supportsUnicode() && !TerminalFont.isOld(term))
    let asksBackground = BackgroundQuestion.isUnderstood(
      by: term, insideTmux: variable("TMUX") != nil)
    let terminal = try NcursesTerminal(usesColor: hasColor, asksBackground: theme == .auto && asksBackground)
    defer { terminal.close() }
    let display = Display(colors: terminal.colors, glyphs: glyphs, theme: firstTheme)
    let state = try initialState(size: terminal.size, display: display)
    let loop = ExplorerLoop(terminal, state)
    let signal = loop.run(file: file, tensor: tensor)
    terminal.close()
    loop.finishWriting(after: signal)
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
      _ = try MatrixSource.open(file)
      return
    }
    var status = stat()
    if stat(file, &status) != 0 || access(file, R_OK) != 0 {
      throw FileError.cannotOpen(file, reason: String(cString: strerror(errno)))
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw FileError.cannotOpen(file, reason: String(cString: strerror(EISDIR)))
    }
  }

  private var hasColor: Bool {
    !noColor && variable("NO_COLOR") == nil && variable("LOWRANK_NO_COLOR") == nil
  }

  /// The theme until the terminal says what its background is.
  private var firstTheme: ThemeName {
    ThemeName(rawValue: theme.rawValue) ?? variable("COLORFGBG").flatMap { ThemeName(colorsVariable: $0) } ?? .dark
  }

  private func glyphSet(isUnicode: Bool) -> GlyphSet {
    if ascii { return .ascii }
    return switch glyphs {
    case .auto: isUnicode ? .unicode : .ascii
    case .ascii: .ascii
    case .blocks: .unicode
    case .braille: .braille
    }
  }

  /// What the environment says; nil where it says nothing.
  private func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private func initialState(size: ScreenSize, display: Display) throws -> ExplorerState {
    let items = GalleryCatalog.all.map {
      GalleryItem(source: "gallery:\($0.name)", title: $0.title, teaches: $0.teaches)
    }
    var state = ExplorerState(size: size, display: display, gallery: items)
    state.usualPreparation = try preparation.preparation()
    if file != nil {
      state.home = .overview
      state.view = .overview
    }
    return state
  }
}
