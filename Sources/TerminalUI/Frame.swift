import Explorer

/// One character cell.
package struct Cell: Hashable, Sendable {
  /// What stands in it: one grapheme of width 1 or 2; nil is the second half of a wide one to its left.
  package var character: Character?
  /// How it is drawn.
  package var style: Style

  /// A cell that shows `character`.
  package init(_ character: Character? = " ", _ style: Style = Style()) {
    self.character = character
    self.style = style
  }
}

/// A rectangle of cells; the origin is the upper left.
package struct Rect: Hashable, Sendable {
  package var row: Int, column: Int, height: Int, width: Int

  /// `height` × `width` cells from (`row`, `column`) on.
  package init(row: Int, column: Int, height: Int, width: Int) {
    self.row = row
    self.column = column
    self.height = max(0, height)
    self.width = max(0, width)
  }

  /// The first row below.
  package var bottom: Int { row + height }
  /// The first column to the right.
  package var right: Int { column + width }

  /// Whether the cell at `point` is inside.
  package func contains(_ point: Point) -> Bool {
    point.row >= row && point.row < bottom && point.column >= column && point.column < right
  }
}

/// A cell's place on the screen.
package struct Point: Hashable, Sendable {
  package var row: Int, column: Int

  /// Row and column, from zero.
  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A picture of the screen: what the terminal, the tests and the saved files all show.
package struct Frame: Equatable, Sendable {
  /// Lines × cells.
  package let size: ScreenSize
  /// Row after row.
  package private(set) var cells: [Cell]
  /// Where the terminal's cursor stands: on what has the focus; nil hides it.
  package var cursor: Point?
  /// What ends a text that was cut.
  private let ellipsis: Character

  /// An empty frame on `style`, in which texts that are cut end in `ellipsis`.
  package init(size: ScreenSize, style: Style = Style(), ellipsis: Character = "…") {
    self.size = size
    self.ellipsis = ellipsis
    cells = Array(repeating: Cell(" ", style), count: size.rows * size.columns)
  }

  /// The cell at `row`, `column`.
  package subscript(_ row: Int, _ column: Int) -> Cell {
    get { cells[row * size.columns + column] }
    set { cells[row * size.columns + column] = newValue }
  }

  /// Draws `character` at a place; outside the frame it does nothing.
  package mutating func put(_ character: Character, row: Int, column: Int, _ style: Style) {
    guard row >= 0, row < size.rows, column >= 0, column < size.columns else { return }
    self[row, column] = Cell(character, style)
  }

  /// Writes `text` from a place on, within `width` cells; what does not fit ends in "…".
  ///
  /// Names from files are escaped where they are read; a control or formatting character that got this far all the
  /// same is drawn as "?".
  ///
  /// - Returns: the number of cells written.
  @discardableResult
  package mutating func write(_ text: String, row: Int, column: Int, width: Int? = nil, _ style: Style) -> Int {
    let limit = min(width ?? size.columns, size.columns - column)
    guard row >= 0, row < size.rows, column >= 0, limit > 0 else { return 0 }
    let fits = cellWidth(text) <= limit
    var used = 0
    for character in text {
      let cells = cellWidth(character)
      if !fits && used + cells > limit - 1 {
        self[row, column + used] = Cell(ellipsis, style)
        return used + 1
      }
      if cells == 0 { continue }
      self[row, column + used] = Cell(isSafe(character) ? character : "?", style)
      if cells == 2 { self[row, column + used + 1] = Cell(nil, style) }
      used += cells
    }
    return used
  }

  /// Writes `text` so that it ends before column `right`.
  package mutating func writeRight(_ text: String, row: Int, right: Int, _ style: Style) {
    write(text, row: row, column: max(0, right - cellWidth(text)), width: right, style)
  }

  /// Fills `rect` with `character`.
  package mutating func fill(_ rect: Rect, _ character: Character = " ", _ style: Style) {
    for row in max(0, rect.row)..<max(0, min(rect.bottom, size.rows)) {
      for column in max(0, rect.column)..<max(0, min(rect.right, size.columns)) {
        self[row, column] = Cell(character, style)
      }
    }
  }

  /// The characters alone, a line a row, without trailing blanks.
  package var text: String {
    (0..<size.rows).map { row in
      var line = ""
      for column in 0..<size.columns { if let character = self[row, column].character { line.append(character) } }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n") + "\n"
  }
}

/// Whether `character` can be sent to a terminal without doing anything but standing in its cell.
private func isSafe(_ character: Character) -> Bool {
  if let ascii = character.asciiValue { return ascii >= 0x20 && ascii != 0x7f }
  return character.unicodeScalars.allSatisfy { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
