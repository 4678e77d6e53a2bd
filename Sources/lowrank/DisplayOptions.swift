import ArgumentParser
import Explorer
import NcursesTerminal
import TerminalUI

/// The themes as the command line and the configuration file name them.
enum ThemeChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, dark, light, contrast
}

/// The sets of characters as the command line and the configuration file name them.
enum GlyphChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, ascii, blocks, braille
}

/// How the explorer draws. What the command line leaves open the configuration file says, then the terminal.
struct DisplayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The colours: auto (asks the terminal), dark, light or contrast.", valueName: "theme"))
  var theme: ThemeChoice?

  @Option(
    help: ArgumentHelp(
      "The characters: auto (follows the locale), ascii, blocks, or braille for fine curves.", valueName: "set"))
  var glyphs: GlyphChoice?

  @Flag(help: "Draw with ASCII characters only: --glyphs ascii.")
  var ascii = false

  @Flag(help: "Draw without colours; NO_COLOR does the same.")
  var noColor = false

  @Flag(help: "Large plots and few, large figures: for a room that looks at one screen.")
  var projector = false

  @Flag(help: "Prompts and sentences instead of a screen: for screen readers and logs.")
  var plain = false

  /// Whether the terminal is asked for its background.
  func asksBackground(_ configuration: Configuration) -> Bool {
    (theme ?? configuration.theme ?? .auto) == .auto
      && BackgroundQuestion.isUnderstood(
        by: environmentValue("TERM") ?? "", insideTmux: environmentValue("TMUX") != nil)
  }

  /// Whether colours are welcome.
  var hasColor: Bool {
    !noColor && environmentValue("NO_COLOR") == nil && environmentValue("LOWRANK_NO_COLOR") == nil
  }

  /// What to draw with on a terminal of `colors` in a locale that `isUnicode` describes, until it says what its
  /// background is.
  func display(colors: ColorDepth, isUnicode: Bool, _ configuration: Configuration) -> Display {
    let guess = environmentValue("COLORFGBG").flatMap { ThemeName(colorsVariable: $0) }
    return display(
      colors: colors, isUnicode: isUnicode, glyphs: configuration.glyphs,
      theme: ThemeName(rawValue: (configuration.theme ?? .auto).rawValue) ?? guess ?? .dark)
  }

  /// What a recording is drawn with: the same everywhere, whatever terminal, locale and configuration there are.
  var recordingDisplay: Display {
    display(colors: hasColor ? .palette : .none, isUnicode: true, glyphs: nil, theme: .dark)
  }

  private func display(colors: ColorDepth, isUnicode: Bool, glyphs usual: GlyphChoice?, theme usualTheme: ThemeName)
    -> Display
  {
    let set: GlyphSet =
      switch ascii ? .ascii : glyphs ?? usual ?? .auto {
      case .auto: isUnicode ? .unicode : .ascii
      case .ascii: .ascii
      case .blocks: .unicode
      case .braille: .braille
      }
    var display = Display(
      colors: colors, glyphs: set, theme: theme.flatMap { ThemeName(rawValue: $0.rawValue) } ?? usualTheme)
    display.isProjected = projector
    return display
  }
}
