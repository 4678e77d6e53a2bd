import CNcurses
import CTerminalSupport
import Explorer
import Glibc
import TerminalUI

/// Why there is no screen: one sentence.
package struct TerminalError: Error, Hashable, CustomStringConvertible {
  package let description: String
}

/// The terminal, driven by ncurses on one thread: hands it the cells that changed, and reads what is typed.
package final class NcursesTerminal {
  private let output: Int32
  private var shown: Frame?
  private var pairs = ColorPairs()
  private var keys = KeyReader()
  private var isOpen = false
  private var showsCursor = false
  private var asked: ContinuousClock.Instant?

  /// What the terminal can show.
  package let colors: ColorDepth
  /// The screen's size.
  package private(set) var size: ScreenSize

  /// Whether characters beyond ASCII can be shown: the locale says UTF-8.
  package let isUnicode: Bool

  /// Takes over the terminal. Standard input or output that is a pipe is left alone: the keys and the screen then are
  /// the controlling terminal's.
  ///
  /// - Parameters:
  ///   - usesColor: whether colours are wanted.
  ///   - asksBackground: whether to ask the terminal what its background is. Nothing waits for the answer: it arrives as
  ///     an event, if at all.
  package init(usesColor: Bool, asksBackground: Bool) throws(TerminalError) {
    // curses asks for the locale when it starts.
    isUnicode = Self.readLocale()
    let input = try Self.terminal(STDIN_FILENO, O_RDONLY)
    output = try Self.terminal(STDOUT_FILENO, O_WRONLY)
    guard terminal_install(input, output) >= 0 else {
      throw TerminalError(description: "cannot make an event descriptor")
    }
    // From here on a crash must give the terminal back.
    terminal_set_live(1)
    guard curses_start(output, input) != nil else {
      terminal_set_live(0)
      let name = getenv("TERM").map { String(cString: $0) } ?? ""
      throw TerminalError(
        description: "cannot drive a terminal of type “\(name)”; set TERM, for example to xterm-256color")
    }
    guard curses_can_address() else {
      endwin()
      terminal_set_live(0)
      throw TerminalError(
        description: "this terminal cannot place its cursor; set TERM, for example to xterm-256color")
    }
    isOpen = true
    raw()
    noecho()
    nonl()
    set_escdelay(25)
    curs_set(0)
    keypad(curses_screen(), true)
    nodelay(curses_screen(), true)
    colors = usesColor ? Self.startColors() : .none
    size = Self.currentSize()
    keys.start()
    write(Self.modesOn)
    if asksBackground && colors != .none {
      write(BackgroundQuestion.text)
      keys.isAwaitingAnswer = true
      asked = .now
    }
  }

  deinit { close() }

  /// Sets the locale's characters only, so that numbers keep their point; whether they are UTF-8.
  private static func readLocale() -> Bool {
    guard setlocale(LC_CTYPE, "") != nil, let codeset = nl_langinfo(Int32(CODESET)) else { return false }
    return String(cString: codeset) == "UTF-8"
  }

  /// Gives the terminal back as it was found: mouse reports off first, so that none lands in the shell.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    awaitAnswer()
    write(Self.modesOff)
    endwin()
    terminal_restore_modes()
    terminal_set_live(0)
  }

  /// Shows `frame`: the cells that differ from what is shown.
  package func show(_ frame: Frame) {
    if shown?.size != frame.size {
      shown = nil
      werase(curses_screen())
    }
    for row in 0..<frame.size.rows {
      for column in 0..<frame.size.columns {
        let cell = frame[row, column]
        if shown?[row, column] != cell { put(cell, row: row, column: column) }
      }
    }
    shown = frame
    place(frame.cursor)
    wrefresh(curses_screen())
  }

  /// Puts the cursor on what has the focus, where screen readers and magnifiers look for it.
  private func place(_ cursor: Point?) {
    if (cursor != nil) != showsCursor {
      showsCursor = cursor != nil
      curs_set(showsCursor ? 1 : 0)
    }
    if let cursor { wmove(curses_screen(), Int32(cursor.row), Int32(cursor.column)) }
  }

  /// Draws every cell again at the next ``show(_:)``.
  package func redraw() {
    shown = nil
    clearok(curses_screen(), true)
  }

  /// Gives the terminal back, stops the process, and takes the terminal over again when it is continued.
  package func suspend() {
    awaitAnswer()
    write(Self.modesOff)
    endwin()
    terminal_set_live(0)
    terminal_stop()
    terminal_set_live(1)
    wrefresh(curses_screen())
    write(Self.modesOn)
    redraw()
  }

  /// Waits for input, a result or a signal, at most `seconds` (nil: for ever), and returns everything that came.
  package func waitForEvents(_ seconds: Double?) -> [InputEvent] {
    let milliseconds = seconds.map { Int32(max(0, min(60_000, ($0 * 1000).rounded(.up)))) } ?? -1
    let ready = terminal_poll(milliseconds)
    var events: [InputEvent] = []
    let signals = terminal_take_signals()
    let end = terminal_end_signal()
    if end != 0 { return [.terminate(end)] }
    // A terminal that went away is readable for ever: what it says no longer counts.
    if ready & 4 != 0 { return [.endOfInput] }
    if signals & UInt32(TERMINAL_SIGNAL_STOP) != 0 { events.append(.stop) }
    if signals & UInt32(TERMINAL_SIGNAL_CONTINUE) != 0 { events.append(.resumed) }
    if signals & UInt32(TERMINAL_SIGNAL_RESIZE | TERMINAL_SIGNAL_CONTINUE) != 0 { takeResize(&events) }
    if ready & 1 != 0 {
      keys.expectsTornAnswer = asked.map { $0.duration(to: .now) < .seconds(5) } ?? false
      events += keys.readAll()
    }
    return events
  }

  /// An answer still under way must not land in the shell: waits for it, at most 100 ms, within a second of the question.
  private func awaitAnswer() {
    guard keys.isAwaitingAnswer, let asked, asked.duration(to: .now) < .seconds(1) else { return }
    let end = ContinuousClock.now + .milliseconds(100)
    while keys.isAwaitingAnswer, ContinuousClock.now < end {
      let ready = terminal_poll(10)
      if ready & 4 != 0 { return }
      if ready & 2 != 0 { _ = terminal_take_signals() }
      if ready & 1 != 0 { _ = keys.readAll() }
    }
  }

  private func takeResize(_ events: inout [InputEvent]) {
    // ncurses sets the scroll region once, to the size it starts with, and a terminal that had another size by then keeps
    // it. This also moves the cursor, and both ways below begin with a cleared screen.
    if curses_has_scroll_region() { write("\u{1b}[r") }
    let now = Self.currentSize()
    guard now != size else {
      // It changed and came back: the terminal may have dropped cells on the way.
      events.append(.resumed)
      return
    }
    size = now
    resizeterm(Int32(now.rows), Int32(now.columns))
    shown = nil
    events.append(.resize(now))
  }

  private func put(_ cell: Cell, row: Int, column: Int) {
    guard let character = cell.character else { return }
    var text = character.unicodeScalars.prefix(5).map { wchar_t(bitPattern: $0.value) }
    text.append(0)
    var attributes = attr_t(0)
    if cell.style.isBold { attributes |= CURSES_BOLD }
    if cell.style.isDim { attributes |= CURSES_DIM }
    if cell.style.isUnderlined { attributes |= CURSES_UNDERLINE }
    if cell.style.isReversed { attributes |= CURSES_REVERSE }
    let pair = colors == .none ? 0 : pairs.pair(cell.style.foreground, cell.style.background)
    _ = curses_put(Int32(row), Int32(column), &text, attributes, pair)
  }

  private func write(_ sequence: String) {
    var sequence = sequence
    sequence.withUTF8 { bytes in _ = Glibc.write(output, bytes.baseAddress, bytes.count) }
  }

  /// Mouse motion with and without a button, and pasted text in brackets.
  private static let modesOn = "\u{1b}[?1003h\u{1b}[?1006h\u{1b}[?2004h"
  private static let modesOff = "\u{1b}[?2004l\u{1b}[?1003l\u{1b}[?1002l\u{1b}[?1000l\u{1b}[?1006l"

  private static func terminal(_ standard: Int32, _ mode: Int32) throws(TerminalError) -> Int32 {
    if isatty(standard) == 1 { return standard }
    let device = open("/dev/tty", mode | O_CLOEXEC)
    guard device >= 0 else {
      throw TerminalError(description: "the explorer needs a terminal; in pipes use 'lowrank spectrum FILE'")
    }
    return device
  }

  private static func startColors() -> ColorDepth {
    guard has_colors(), start_color() == OK else { return .none }
    use_default_colors()
    return curses_colors() >= 256 ? .palette : curses_colors() >= 8 ? .sixteen : .none
  }

  private static func currentSize() -> ScreenSize {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard terminal_size(&rows, &columns) == 0 else { return ScreenSize(rows: 24, columns: 80) }
    return ScreenSize(rows: Int(rows), columns: Int(columns))
  }
}

/// Wakes ``NcursesTerminal/waitForEvents(_:)``, from any thread.
package func wakeTerminal() { terminal_wake() }
