import Explorer

/// Figures large enough for the last row of a lecture room: each character 3 × 5 pixels, two pixels a cell.
enum BigText {
  /// Cells that `text` takes across.
  static func width(_ text: String) -> Int { max(0, text.reduce(0) { $0 + advance($1) } - 1) }

  /// Whether every character of `text` has a large form.
  static func canDraw(_ text: String) -> Bool { text.allSatisfy { shapes[$0] != nil || $0 == " " } }

  /// Cells that a line takes down: halves of blocks where there are any, one row a pixel in ASCII.
  static func height(isASCII: Bool) -> Int { isASCII ? 5 : 3 }

  /// Draws `text` with its upper left corner at `row`, `column`.
  static func draw(_ text: String, row: Int, column: Int, _ role: Role, on canvas: inout Canvas) {
    var left = column
    for character in text {
      if let rows = shapes[character] { draw(rows, row: row, column: left, role, on: &canvas) }
      left += advance(character)
    }
  }

  private static func draw(_ rows: [[Bool]], row: Int, column: Int, _ role: Role, on canvas: inout Canvas) {
    func isSet(_ y: Int, _ x: Int) -> Bool { y < rows.count && rows[y][x] }
    for x in 0..<(rows.first?.count ?? 0) {
      if canvas.isASCII {
        for y in 0..<rows.count where isSet(y, x) { canvas.put("#", row + y, column + x, role) }
      } else {
        for y in stride(from: 0, to: rows.count, by: 2) {
          switch (isSet(y, x), isSet(y + 1, x)) {
          case (true, true): canvas.put("█", row + y / 2, column + x, role)
          case (true, false): canvas.put("▀", row + y / 2, column + x, role)
          case (false, true): canvas.put("▄", row + y / 2, column + x, role)
          case (false, false): break
          }
        }
      }
    }
  }

  private static func advance(_ character: Character) -> Int {
    character == " " ? 2 : (shapes[character]?.first?.count ?? 0) + 1
  }

  /// Five rows of pixels a character.
  private static let shapes: [Character: [[Bool]]] = [
    "0": ["###", "# #", "# #", "# #", "###"], "1": [" # ", "## ", " # ", " # ", "###"],
    "2": ["###", "  #", "###", "#  ", "###"], "3": ["###", "  #", " ##", "  #", "###"],
    "4": ["# #", "# #", "###", "  #", "  #"], "5": ["###", "#  ", "###", "  #", "###"],
    "6": ["###", "#  ", "###", "# #", "###"], "7": ["###", "  #", "  #", " # ", " # "],
    "8": ["###", "# #", "###", "# #", "###"], "9": ["###", "# #", "###", "  #", "###"],
    ".": [" ", " ", " ", " ", "#"], ",": [" ", " ", " ", "#", "#"],
    "%": ["# #", "  #", " # ", "#  ", "# #"], "-": ["  ", "  ", "##", "  ", "  "],
    "e": ["   ", "###", "# #", "#  ", "###"], "<": ["  #", " # ", "#  ", " # ", "  #"],
    ">": ["#  ", " # ", "  #", " # ", "#  "], "≤": [" ##", "#  ", " ##", "   ", "###"],
    "≥": ["## ", "  #", "## ", "   ", "###"],
  ].mapValues { rows in rows.map { line in line.map { $0 != " " } } }
}
