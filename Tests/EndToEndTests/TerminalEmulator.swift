import CPtySupport
import CVterm
import Glibc
import Synchronization

/// A program on a pseudo-terminal whose output is drawn into a libvterm screen: what a user would see. One test at a
/// time uses it; nothing is read but while it waits.
final class TerminalEmulator {
  /// What went wrong, with the screen at that moment.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The program's process.
  let process: pid_t
  /// Everything the program wrote.
  private(set) var output: [UInt8] = []
  /// The terminal's modes before the program started.
  let initialModes: [UInt32]
  private(set) var rows: Int
  private(set) var columns: Int
  /// What the terminal answers when it is asked for its background; nil: nothing.
  var backgroundAnswer: String?
  /// Whether the terminal answers the questions that libvterm understands.
  var answersQuestions = true
  private var master: Int32
  private let emulator: OpaquePointer
  private let screen: OpaquePointer
  private var exit: ProgramExit?

  /// One start at a time: another child must not inherit a descriptor before it is marked close-on-exec.
  private static let starting = Mutex(())

  /// Starts `program` in `directory`.
  ///
  /// - Parameters:
  ///   - environment: all of it; nothing is inherited but what coverage needs.
  ///   - input: a descriptor that becomes standard input; negative leaves the terminal there.
  init(
    _ program: String, _ arguments: [String], rows: Int, columns: Int, environment: [String: String],
    directory: String, input: Int32 = -1
  ) throws {
    self.rows = rows
    self.columns = columns
    var environment = environment
    if let profile = getenv("LLVM_PROFILE_FILE") { environment["LLVM_PROFILE_FILE"] = String(cString: profile) }
    let argv = ([program] + arguments).map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in argv + envp { free(string) } }
    var descriptor: Int32 = -1
    let child = Self.starting.withLock { _ in
      pty_spawn(program, argv, envp, directory, input, Int32(rows), Int32(columns), &descriptor)
    }
    guard child > 0, let emulator = vterm_new(Int32(rows), Int32(columns)), let screen = vterm_obtain_screen(emulator)
    else { throw Failure(description: "cannot start \(program) on a pseudo-terminal: error \(errno)") }
    process = child
    master = descriptor
    initialModes = Self.modes(of: descriptor)
    self.emulator = emulator
    self.screen = screen
    vterm_set_utf8(emulator, 1)
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_reset(screen, 1)
  }

  deinit {
    if exit == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if master >= 0 { close(master) }
    vterm_free(emulator)
  }

  /// Closes the terminal under the program; how it then ends.
  func hangUp() throws -> ProgramExit {
    close(master)
    master = -1
    var status: Int32 = 0
    for _ in 0..<1000 {
      if waitpid(process, &status, WNOHANG) == process {
        exit = ProgramExit(status)
        return ProgramExit(status)
      }
      usleep(10_000)
    }
    throw Failure(description: "the program outlives its terminal")
  }

  /// The terminal's modes now.
  var modes: [UInt32] { Self.modes(of: master) }

  private static func modes(of master: Int32) -> [UInt32] {
    var modes = [UInt32](repeating: 0, count: Int(PTY_MODE_COUNT))
    return pty_modes(master, &modes) == 0 ? modes : []
  }

  /// Types `text`.
  func send(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return }
      bytes = bytes.dropFirst(max(0, count))
    }
  }

  /// Gives the terminal a new size.
  func resize(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    vterm_set_size(emulator, Int32(rows), Int32(columns))
    _ = pty_resize(master, Int32(rows), Int32(columns))
  }

  /// Draws what arrives within `milliseconds`: the first piece of it, or nothing.
  func pump(_ milliseconds: Int32) -> PumpResult {
    var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&watched, 1, milliseconds) > 0 else { return .quiet }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return .ended }
    output += buffer[..<count]
    if let backgroundAnswer, buffer[..<count].firstRange(of: Array("\u{1b}]11;?".utf8)) != nil {
      send(backgroundAnswer)
    }
    buffer.withUnsafeBytes { bytes in
      _ = vterm_input_write(emulator, bytes.bindMemory(to: CChar.self).baseAddress, count)
    }
    answerQueries()
    return .drew
  }

  /// What pumping did.
  enum PumpResult { case drew, quiet, ended }

  private func answerQueries() {
    var answer = [CChar](repeating: 0, count: 1024)
    let count = vterm_output_read(emulator, &answer, answer.count)
    if count > 0 && answersQuestions { _ = write(master, answer, count) }
  }

  /// The cell at `row`, `column`, counted from zero.
  func cell(_ row: Int, _ column: Int) -> EmulatedCell {
    var cell = VTermScreenCell()
    vterm_screen_get_cell(screen, VTermPos(row: Int32(row), col: Int32(column)), &cell)
    return EmulatedCell(cell)
  }

  /// Where the cursor stands, shown or hidden.
  var cursorPlace: VTermPos {
    var place = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(emulator), &place)
    return place
  }

  /// How the program ended, once it has; draws what it left behind.
  func exitIfEnded() -> ProgramExit? {
    if let exit { return exit }
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return nil }
    while pump(20) == .drew {}
    exit = ProgramExit(status)
    return exit
  }
}

/// How a program ended.
enum ProgramExit: Equatable {
  case status(Int32)
  case signal(Int32)

  /// The meaning of what `waitpid` reported.
  init(_ status: Int32) { self = status & 0x7f == 0 ? .status(status >> 8 & 0xff) : .signal(status & 0x7f) }
}

/// One cell of the emulated screen.
struct EmulatedCell: Hashable {
  /// What stands in it; nil is the second half of a wide character.
  let character: Character?
  /// Indices into the palette; −1 is the terminal's own colour.
  let foreground: Int, background: Int
  let isBold: Bool, isReversed: Bool

  init(_ cell: VTermScreenCell) {
    var cell = cell
    let code = emulator_character(&cell)
    character = code == UInt32.max ? nil : code == 0 ? " " : Unicode.Scalar(code).map { Character($0) } ?? "?"
    foreground = Int(emulator_palette_index(cell.fg))
    background = Int(emulator_palette_index(cell.bg))
    isBold = emulator_is_bold(&cell) != 0
    isReversed = emulator_is_reversed(&cell) != 0
  }
}
