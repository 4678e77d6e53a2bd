import Testing

@Suite("Help and explanations, end to end")
struct HelpTests {
  /// What a terminal sends for every name that the help gives a key.
  private static let bytes: [String: [String]] = [
    "→ l": [Keys.right, "l"], "← h": [Keys.left, "h"], "↑ k": [Keys.up, "k"], "↓ j": [Keys.down, "j"],
    "Shift → L": [Keys.shiftRight, "L"], "Shift ← H": [Keys.shiftLeft, "H"], "]": ["]"], "[": ["["],
    "PgUp": [Keys.pageUp], "PgDn": [Keys.pageDown], "Home g": [Keys.home, "g"], "End G": [Keys.end, "G"],
    "number Enter": ["7\r"], "Backspace": ["5\u{7f}", "\u{7f}"], "r": ["r"], "R": ["R"], "space": [" "],
    "Tab": [Keys.tab], "Shift Tab": [Keys.backTab], "F2": [Keys.function(2)], "F3": [Keys.function(3)],
    "F4": [Keys.function(4)], "F5": [Keys.function(5)], "F6": [Keys.function(6)], "F7": [Keys.function(7)],
    "F8": [Keys.function(8)], "F9": [Keys.function(9)], "F10": [Keys.function(10)], "F11": [Keys.function(11)],
    "F12": [Keys.function(12)], "↑": [Keys.up], "↓": [Keys.down], "d": ["d"], "u": ["u"], "U": ["U"], "M": ["M"],
    "w": ["w"], "n": ["n"], "b, <": ["b", "<"], "i": ["i"],
    "y": ["y"], "x": ["x"], "c": ["c"], "m": ["m"], "'": ["'"], "p": ["p"], "t": ["t"], "z": ["z"], "+": ["+", "="],
    "-": ["-"], "W": ["W"], "S": ["S"], "A": ["A"], "D": ["D"], "b": ["b"], "v": ["v"], "C": ["C"], "N": ["N"],
    "T": ["T"], "X": ["X"], "B": ["B"], "V": ["V"], ")": [")"], "(": ["("],
    "Enter": [Keys.enter], ":": [":", ":rank 3\r"], "/": ["/"], "e": ["e"],
    "s": ["s"], ",": [","], ".": ["."], "K": ["K"], "o": ["o"], "O": ["O"], "? F1": ["?", Keys.function(1)],
    "Esc": [Keys.escape], "q": ["q"],
    "Ctrl-L": [Keys.control("l")],
    "Ctrl-Z": [Keys.control("z")], "Ctrl-C": [Keys.control("c")],
  ]
  /// Those that end the program are driven where they are expected to.
  private static let ending: Set = ["q", "Ctrl-C"]

  /// The names of keys that the open help shows, commands and the mouse left out.
  private func keysShown(on terminal: TerminalEmulator) -> [String] {
    let rows = terminal.lines.compactMap { line -> Substring? in
      guard let left = line.firstIndex(of: "│"), let right = line.lastIndex(of: "│"), left < right else { return nil }
      return line[line.index(left, offsetBy: 2)..<right]
    }
    let keyboard = rows.prefix { !$0.hasPrefix("Commands") }
    return keyboard.filter { $0.hasPrefix(" ") }.map { row in
      let name = row.prefix(18)
      return String(name.drop { $0 == " " }).reversed().drop { $0 == " " }.reversed().map(String.init).joined()
    }.filter { !$0.isEmpty }
  }

  private func helpKeys(_ terminal: TerminalEmulator) throws -> [String] {
    terminal.send("?")
    try terminal.waitForText("Shift + drag")
    try terminal.waitForQuiet(60)
    let names = keysShown(on: terminal)
    terminal.send(Keys.escape)
    try terminal.wait(for: "the help closed") { !terminal.text.contains("Shift + drag") }
    return names
  }

  @Test("every key that the help lists is real: over a matrix")
  func keysOverMatrix() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch, rows: 240)
    let names = try helpKeys(terminal)
    #expect(names.count > 50)
    for name in names where !Self.ending.contains(name) {
      let bytes = try #require(Self.bytes[name], "the help names “\(name)”, which no test drives")
      for key in bytes {
        let title = terminal.line(0)
        terminal.send(key)
        try terminal.waitForQuiet(30)
        #expect(terminal.exitIfEnded() == nil, "“\(name)” ended the program")
        // Some keys read the matrix again, and Esc would cancel that.
        if "CNT".contains(name) {
          try terminal.wait(for: "the spectrum after “\(name)”") {
            terminal.line(0) != title && terminal.line(0).contains("exact ·")
          }
        }
        terminal.send(Keys.escape)
        try terminal.waitForQuiet(30)
        terminal.send(Keys.function(2) + "20\r")
        try terminal.waitForRank(20)
        try terminal.waitForMeasurement()
      }
    }
  }

  @Test("every key that the help lists is harmless in the gallery")
  func keysOverGallery() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.start([], in: scratch, rows: 240)
    try terminal.waitForText("10 % error k =")
    for name in try helpKeys(terminal) where !Self.ending.contains(name) {
      for key in Self.bytes[name] ?? [] {
        terminal.send(key)
        try terminal.waitForQuiet(30)
        #expect(terminal.exitIfEnded() == nil, "“\(name)” ended the program")
        if !terminal.text.contains("Built-in matrices") || terminal.text.contains("Shift + drag") {
          for _ in 0..<3 where !terminal.text.contains("open your own") || terminal.text.contains("Shift + drag") {
            terminal.send(Keys.escape)
            try terminal.waitForQuiet(60)
          }
        }
        try terminal.waitForText("Built-in matrices")
      }
    }
  }

  @Test("Ctrl-C ends it at once, and q ends it in order", arguments: [("q", 0), (Keys.control("c"), 130)])
  func ends(key: String, status: Int) throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch)
    terminal.send(key)
    #expect(try terminal.waitForExit() == .status(Int32(status)))
    #expect(terminal.modes == terminal.initialModes)
    #expect(terminal.disturbedModes == [])
  }

  @Test("the help scrolls on a small screen, and Esc and q close it without quitting")
  func helpOnSmallScreen() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch, rows: 24, columns: 80)
    for close in [Keys.escape, "q"] {
      terminal.send("?")
      try terminal.waitForText("↓ more")
      for _ in 0..<40 where terminal.text.contains("↓ more") {
        terminal.send(Keys.pageDown)
        try terminal.waitForQuiet(40)
      }
      #expect(terminal.text.contains("Shift + drag"))
      // Further down there is nothing; one step up from the end moves at once.
      for _ in 0..<3 { terminal.send(Keys.pageDown) }
      try terminal.waitForQuiet(60)
      let end = terminal.text
      terminal.send(Keys.up)
      try terminal.wait(for: "one line up") { terminal.text != end }
      terminal.send(close)
      try terminal.wait(for: "the help closed") { terminal.rank != nil }
    }
  }

  @Test("i explains every row with a sentence and this matrix's numbers; a click on a figure explains that one")
  func explanations() throws {
    let scratch = try Scratch()
    let terminal = try Lowrank.exploreStaircase(in: scratch, rows: 50)
    terminal.send("17\r")
    try terminal.waitForRank(17)
    try terminal.waitForMeasurement()
    terminal.send("i")
    try terminal.waitForText("of min(60, 40) = 40")
    var seen: Set<String> = []
    // Down to the last row, where the screen stays as it is.
    while seen.insert(terminal.text).inserted, seen.count < 60 {
      let before = terminal.text
      terminal.send(Keys.down)
      try? terminal.wait(for: "the next row", patience: 3) { terminal.text != before }
      try terminal.waitForQuiet(25)
    }
    #expect(seen.count > 20)
    #expect(seen.contains { $0.contains("17 · (60 + 40) = 1,700") })
    terminal.send(Keys.escape)
    try terminal.wait(for: "the explanation closed") { terminal.figure("break-even rank") == "23" }
    let row = try #require(terminal.lines.firstIndex { $0.contains("break-even rank") })
    terminal.click(row: row, column: 110)
    try terminal.waitForText("largest k with k · 100 < 2,400")
  }
}
