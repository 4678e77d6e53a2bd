import Checkpoints
import Explorer

/// How the views of a file's tensors share their rectangle.
struct BrowserLayout {
  /// The headings of the list.
  let heading: Int
  /// The list.
  let list: Rect
  /// What is said of the chosen tensor.
  let detail: Int

  init(in rect: Rect) {
    heading = rect.row
    let footer = rect.height >= 24 ? 2 : 1
    list = Rect(row: rect.row + 1, column: rect.column, height: max(1, rect.height - 1 - footer), width: rect.width)
    detail = rect.bottom - 1
  }
}

/// The columns of a list of tensors on so many cells: the name, then as many as fit.
struct TensorColumns {
  /// A column beside the name.
  struct Column {
    let column: ScanColumn
    /// Its first cell, and how many it has.
    let start: Int
    let width: Int

    /// The first cell behind it.
    var right: Int { start + width }
    /// Whether it draws the spectrum.
    var isSparkline: Bool { column.id == "sparkline" }
  }

  /// The cells of the name.
  let name: Int
  /// The others, from left to right.
  let columns: [Column]

  private static let gap = 2
  private static let narrowName = 24
  private static let usualName = 40
  private static let usualSparkline = 20

  /// The columns of `browser` in `rect`, names from its third cell on.
  init(_ browser: Browser, in rect: Rect) {
    let room = rect.width - 3
    func width(_ column: ScanColumn) -> Int {
      switch column.id {
      case "shape": max(5, min(22, browser.shapeWidth))
      case "sparkline": 10
      default: min(column.width ?? 10, max(column.title.count, Self.needed[column.id] ?? 10))
      }
    }
    var shown = (browser.columns ?? ColumnSets.usual).compactMap { ScanColumnCatalog.column($0) }
    let longest = max(8, min(browser.nameWidth, room / 2))
    func total() -> Int { shown.reduce(0) { $0 + width($1) + Self.gap } }
    let least = min(longest, Self.narrowName)
    while shown.count > 1, least + total() > room { shown.removeLast() }
    var name = least
    name += max(0, min(longest - name, Self.usualName - name, room - name - total()))
    var spark = shown.contains { $0.id == "sparkline" } ? 10 : 0
    func widen(_ limit: Int) {
      if spark > 0 { spark += max(0, min(limit - spark, room - name - total() - (spark - 10))) }
    }
    widen(Self.usualSparkline)
    if browser.columns == nil {
      for column in ColumnSets.more.compactMap({ ScanColumnCatalog.column($0) })
      where name + total() + max(0, spark - 10) + width(column) + Self.gap <= room { shown.append(column) }
    }
    name += max(0, min(browser.nameWidth - name, room - name - total() - max(0, spark - 10)))
    widen(48)
    self.name = name
    var start = rect.column + 2 + name + Self.gap
    columns = shown.map { column in
      let cells = column.id == "sparkline" ? spark : width(column)
      defer { start += cells + Self.gap }
      return Column(column: column, start: start, width: cells)
    }
  }

  /// The cells that texts take where that is less than the column's limit.
  private static let needed: [String: Int] = [
    "dtype": 6, "error_at_break_even": 7, "k10_ratio": 6, "spectral_norm": 8, "stable_rank": 7, "bytes": 9,
    "alpha": 12, "energy_90": 6, "energy_95": 6, "energy_99": 6,
  ]
}

/// `text` in at most `width` cells, shortened in the middle, where names differ least.
///
/// - Returns: the text, and for each of its characters the place in `text` it stands for; −1 for "…".
func shortenedInMiddle(_ text: String, width: Int, ellipsis: Character = "…") -> (text: String, places: [Int]) {
  let characters = Array(text)
  guard characters.count > width, width > 1 else {
    return (String(characters.prefix(max(0, width))), Array(0..<min(characters.count, max(0, width))))
  }
  // The end tells more.
  let head = (width - 1) * 2 / 5
  let tail = width - 1 - head
  return (
    String(characters.prefix(head)) + String(ellipsis) + String(characters.suffix(tail)),
    Array(0..<head) + [-1] + Array(characters.count - tail..<characters.count)
  )
}

/// A tensor's name in at most `width` cells: what stands before the layer's number is cut to first letters, then the
/// middle is left out, so that layers and roles stay apart.
///
/// - Returns: as ``shortenedInMiddle(_:width:ellipsis:)``.
func shortenedName(_ name: String, width: Int, ellipsis: Character = "…") -> (text: String, places: [Int]) {
  let characters = Array(name)
  var kept = Array(characters.indices)
  var segments = characters.indices.split { characters[$0] == "." }
  // Without a number there is nothing that repeats.
  let number = segments.firstIndex { $0.allSatisfy { characters[$0].isNumber } }
  segments = Array(segments.prefix(number ?? 0))
  for segment in segments where kept.count > width {
    let dropped = Set(segment.dropFirst())
    kept.removeAll { dropped.contains($0) }
  }
  let (text, places) = shortenedInMiddle(String(kept.map { characters[$0] }), width: width, ellipsis: ellipsis)
  return (text, places.map { $0 < 0 ? $0 : kept[$0] })
}
