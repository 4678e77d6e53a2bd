import CNcurses
import TerminalUI

/// Reads keys from ncurses, and from among them mouse reports and the terminal's answers.
struct KeyReader {
  private static let pasteBegins: Int32 = 0x2001
  private static let pasteEnds: Int32 = 0x2002
  private static let mouseBegins: Int32 = 0x2003
  private static let backgroundBegins: Int32 = 0x2004
  private static let attributesBegin: Int32 = 0x2005
  private static let stringEnds: Int32 = 0x2006
  private var isPasting = false
  /// The mouse report being read: ncurses itself would keep eight of them, hand them out newest first, and melt a press
  /// and a release that arrive together into a click.
  private var report: MouseReport?
  /// The answer being read; one that nobody waits for is read and dropped.
  private var answer: TerminalAnswer?
  /// Whether the terminal was asked and has not yet answered everything.
  var isAwaitingAnswer = false
  /// Whether an answer may come whose ESC stands alone, as it does when a slow line tears it apart.
  var expectsTornAnswer = false
  /// Whether the last character was ESC alone.
  private var followsEscape = false

  /// Teaches ncurses how mouse reports, pasted text and answers begin.
  func start() {
    define_key("\u{1b}[<", Self.mouseBegins)
    define_key("\u{1b}[200~", Self.pasteBegins)
    define_key("\u{1b}[201~", Self.pasteEnds)
    define_key("\u{1b}]11;", Self.backgroundBegins)
    define_key("\u{1b}[?", Self.attributesBegin)
    define_key("\u{1b}\\", Self.stringEnds)
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
      } else if answer != nil {
        answer?.take(code)
        finishAnswer(&events)
      } else if expectsTornAnswer && followsEscape && (code == 0x5d || code == 0x5b) {
        answer = TerminalAnswer(code == 0x5d ? .background : .attributes)
        followsEscape = false
      } else if isPasting {
        if let scalar = Unicode.Scalar(code) { events.append(.pasted(Character(scalar))) }
      } else if let key = key(code) {
        events.append(.key(key))
        followsEscape = key == .escape
      }
    }
  }

  private mutating func take(_ code: Int32, _ events: inout [InputEvent]) {
    followsEscape = false
    answer?.end()
    finishAnswer(&events)
    switch code {
    case Self.backgroundBegins: answer = TerminalAnswer(.background)
    case Self.attributesBegin: answer = TerminalAnswer(.attributes)
    case Self.stringEnds: break
    case Self.mouseBegins: report = MouseReport()
    case Self.pasteBegins: isPasting = true
    case Self.pasteEnds: isPasting = false
    default: if !isPasting, let key = Self.special[code] ?? function(code) { events.append(.key(key)) }
    }
  }

  private mutating func finishAnswer(_ events: inout [InputEvent]) {
    guard let answer, answer.isComplete else { return }
    if isAwaitingAnswer, let color = answer.background { events.append(.background(color)) }
    // The attributes were asked for last.
    if answer.kind == .attributes { isAwaitingAnswer = false }
    self.answer = nil
  }

  private func key(_ code: wint_t) -> Key? {
    switch code {
    case 0x0d, 0x0a: return .enter
    case 0x09: return .tab
    case 0x1b: return .escape
    case 0x7f, 0x08: return .backspace
    case 1...26: return Unicode.Scalar(code + 0x60).map { .control(Character($0)) }
    case 0, 0x1c...0x1f, 0x80...0x9f: return nil
    default: return Unicode.Scalar(code).map { .character(Character($0)) }
    }
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
