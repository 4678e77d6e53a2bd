extension TerminalEmulator {
  /// The characters of a row, without trailing blanks.
  func line(_ row: Int) -> String {
    var line = ""
    for column in 0..<columns { if let character = cell(row, column).character { line.append(character) } }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The rows.
  var lines: [String] { (0..<rows).map(line) }

  /// The rows as one text.
  var text: String { lines.joined(separator: "\n") }

  /// Every cell, row after row.
  var cells: [EmulatedCell] {
    (0..<rows).flatMap { row in (0..<columns).map { cell(row, $0) } }
  }

  /// Where the cursor stands; nil while it is hidden.
  var cursor: (row: Int, column: Int)? {
    guard privateModes[25] != false else { return nil }
    let place = cursorPlace
    return (Int(place.row), Int(place.col))
  }

  /// Where `character` stands first, counted from zero.
  func find(_ character: Character) -> (row: Int, column: Int)? {
    for row in 0..<rows {
      for column in 0..<columns where cell(row, column).character == character { return (row, column) }
    }
    return nil
  }

  /// The private modes (CSI ? … h and l) that the program has changed, as it left them.
  var privateModes: [Int: Bool] {
    var modes: [Int: Bool] = [:]
    var rest = output[...]
    while let start = rest.firstIndex(of: 0x1b) {
      rest = rest[(start + 1)...]
      guard rest.starts(with: [0x5b, 0x3f]) else { continue }
      let body = rest.dropFirst(2).prefix { $0 == 0x3b || (0x30...0x39).contains($0) }
      let final = rest.dropFirst(2 + body.count).first
      guard final == 0x68 || final == 0x6c else { continue }
      for number in body.split(separator: 0x3b) {
        if let mode = Int(String(decoding: number, as: UTF8.self)) { modes[mode] = final == 0x68 }
      }
    }
    return modes
  }

  /// The private modes that differ from those of a terminal that nobody touched: the cursor shows and lines wrap,
  /// everything else – alternate screen, mouse reports, bracketed paste, application keys – is off.
  var disturbedModes: [Int] {
    privateModes.filter { mode, isOn in isOn != (mode == 25 || mode == 7) }.keys.filter { $0 != 12 }.sorted()
  }
}
