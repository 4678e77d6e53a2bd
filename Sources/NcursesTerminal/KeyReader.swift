import CNcurses
import TerminalUI

/// Reads keys from ncurses, and mouse reports from among them.
struct KeyReader {
  private static let pasteBegins: Int32 = 0x2001
  private static let pasteEnds: Int32 = 0x2002
  private static let mouseBegins: Int32 = 0x2003
  private var isPasting = false
  /// The mouse report being read: ncurses itself would keep eight of them, hand them out newest first, and melt a press
  /// and a release that arrive together into a click.
  private var report: MouseReport?

  /// Teaches ncurses how mouse reports and pasted text begin.
  func start() {
    define_key("\u{1b}[<", Self.mouseBegins)
    define_key("\u{1b}[200~", Self.pasteBegins)
    define_key("\u{1b}[201~", Self.pasteEnds)
  }

  /// Everything typed so far; does not wait.
  mutating func readAll() -> [InputEvent] {
    var events: [InputEvent] = []
    while true {
      var code: wint_t = 0
      let kind = wget_wch(curses_screen(), &code)
      if kind == ERR { return events }
      if kind == KEY_CODE_YES {
        take(Int32(bitPattern: code), &events)
      } else if report != nil {
        if let mouse = report?.take(code) { events.append(.mouse(mouse)) }
        if report?.isComplete == true { report = nil }
      } else if let key = key(code), !isPasting || isDigit(key) {
        events.append(.key(key))
      }
    }
  }

  private mutating func take(_ code: Int32, _ events: inout [InputEvent]) {
    switch code {
    case Self.mouseBegins: report = MouseReport()
    case Self.pasteBegins: isPasting = true
    case Self.pasteEnds: isPasting = false
    default: if let key = Self.special[code] ?? function(code) { events.append(.key(key)) }
    }
  }

  private func key(_ code: wint_t) -> Key? {
    switch code {
    case 0x0d, 0x0a: return .enter
    case 0x09: return .tab
    case 0x1b: return .escape
    case 0x7f, 0x08: return .backspace
    case 1...26: return Unicode.Scalar(code + 0x60).map { .control(Character($0)) }
    default: return Unicode.Scalar(code).map { .character(Character($0)) }
    }
  }

  private func isDigit(_ key: Key) -> Bool {
    if case .character(let character) = key { return character.isASCII && character.isNumber }
    return false
  }

  private func function(_ code: Int32) -> Key? {
    (1...12).first { curses_function_key(Int32($0)) == code }.map { .function($0) }
  }

  private static let special: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_SLEFT: .shiftLeft, KEY_SRIGHT: .shiftRight,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_HOME: .home, KEY_END: .end, KEY_ENTER: .enter,
    KEY_BACKSPACE: .backspace, KEY_BTAB: .backTab, KEY_DC: .backspace,
  ]
}
