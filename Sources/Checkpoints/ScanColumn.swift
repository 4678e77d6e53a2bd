import MatrixFiles
import RankAnalysis

/// A column of a table of tensors: the browser's and those of `scan --columns`.
package struct ScanColumn: Sendable {
  /// The name on the command line and in CSV: "error_at_break_even".
  package let id: String
  /// The heading, at most 10 cells.
  package let title: String
  /// One sentence: what it says.
  package let explanation: String
  /// Which side its cells are flush with.
  package let alignment: Alignment
  /// The cells that its texts take at most; nil where only the texts tell, as for names.
  package let width: Int?
  private let read: @Sendable (TensorEntry, TensorFindings?) -> ScanValue
  private let write: @Sendable (TensorEntry, TensorFindings?, Bool) -> String

  package enum Alignment: Hashable, Sendable { case left, right }

  init(
    _ id: String, _ title: String, _ explanation: String, alignment: Alignment = .right, width: Int? = 10,
    value: @escaping @Sendable (TensorEntry, TensorFindings?) -> ScanValue,
    text: @escaping @Sendable (TensorEntry, TensorFindings?, Bool) -> String
  ) {
    self.id = id
    self.title = title
    self.alignment = alignment
    self.width = width
    self.explanation = explanation
    read = value
    write = text
  }

  /// The number or text that rows are sorted by and that CSV holds; ``ScanValue/none`` while it is not known.
  package func value(_ entry: TensorEntry, _ findings: TensorFindings?) -> ScanValue { read(entry, findings) }

  /// What a cell shows: empty while it is not known, "–" where the matrix has none. Safe to draw.
  package func text(_ entry: TensorEntry, _ findings: TensorFindings?, isUnicode: Bool = true) -> String {
    write(entry, findings, isUnicode)
  }
}

/// What a column says of a tensor: what rows are sorted by.
package enum ScanValue: Hashable, Sendable, Comparable {
  case number(Double)
  case integer(Int)
  case text(String)
  /// Not known, or there is none: after everything else, whichever way a table is sorted.
  case none

  package static func < (a: ScanValue, b: ScanValue) -> Bool {
    switch (a, b) {
    case (.none, _): false
    case (_, .none): true
    case (.text(let x), .text(let y)): NaturalOrder.precedes(x, y)
    case (.text, _): false
    case (_, .text): true
    case (.integer(let x), .integer(let y)): x < y
    default: a.magnitude < b.magnitude
    }
  }

  private var magnitude: Double {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .text, .none: .infinity
    }
  }
}
