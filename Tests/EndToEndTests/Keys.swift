/// What a terminal of the xterm family sends for keys and the mouse.
enum Keys {
  static let escape = "\u{1b}"
  static let enter = "\r"
  static let tab = "\t"
  static let backTab = "\u{1b}[Z"
  static let backspace = "\u{7f}"
  /// Arrows, Home and End as application keys, which is how ncurses sets the terminal up.
  static let up = "\u{1b}OA"
  static let down = "\u{1b}OB"
  static let right = "\u{1b}OC"
  static let left = "\u{1b}OD"
  static let home = "\u{1b}OH"
  static let end = "\u{1b}OF"
  static let shiftRight = "\u{1b}[1;2C"
  static let shiftLeft = "\u{1b}[1;2D"
  static let pageUp = "\u{1b}[5~"
  static let pageDown = "\u{1b}[6~"

  /// F1 … F7.
  static func function(_ number: Int) -> String {
    "\u{1b}" + ["OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~"][number - 1]
  }

  /// Ctrl with a lower-case letter.
  static func control(_ letter: Character) -> String {
    letter.asciiValue.map { String(Unicode.Scalar($0 & 0x1f)) } ?? ""
  }
}

extension TerminalEmulator {
  /// The mouse's buttons as the SGR protocol numbers them.
  enum MouseButton: Int { case left = 0, dragLeft = 32, moveOnly = 35, wheelUp = 64, wheelDown = 65 }

  /// Reports the mouse at a cell counted from zero.
  func mouse(_ button: MouseButton, row: Int, column: Int, isRelease: Bool = false) {
    send(Self.report(button, row: row, column: column, isRelease: isRelease))
  }

  /// What the terminal sends for the mouse.
  static func report(_ button: MouseButton, row: Int, column: Int, isRelease: Bool = false) -> String {
    "\u{1b}[<\(button.rawValue);\(column + 1);\(row + 1)\(isRelease ? "m" : "M")"
  }

  /// Presses and releases the left button.
  func click(row: Int, column: Int) {
    mouse(.left, row: row, column: column)
    mouse(.left, row: row, column: column, isRelease: true)
  }
}
