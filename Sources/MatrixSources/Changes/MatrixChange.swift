import Glibc
import LinearAlgebra
import MatrixFiles

/// A change of a matrix on its way from its source: what stands after a "|", as in `sample:camera | shuffle rows`.
package enum MatrixChange: Hashable, Sendable {
  /// What is put in another order.
  package enum Shuffled: String, Hashable, Sendable, CaseIterable { case rows, columns, entries }

  /// Another order, drawn by a seed.
  case shuffle(Shuffled, seed: UInt64)
  /// Moves everything so many rows down and columns to the right, around the edges.
  case shift(rows: Int, columns: Int)
  /// Adds normal noise of a standard deviation.
  case noise(Double, seed: UInt64)
  /// Sets so many entries to a multiple of the largest magnitude.
  case outlier(Double, count: Int, seed: UInt64)
  /// Sets a share of the entries to zero.
  case blank(Double, seed: UInt64)
  /// Adds a number to every entry.
  case add(Double)
  /// Multiplies one column, counted from 1, or all.
  case multiply(Double, column: Int?)
  /// Adds a number on the diagonal.
  case diagonal(Double)
  /// log(1 + x); entries must be above −1.
  case log
  /// To whole numbers.
  case round
  /// A part, counted from 1; nil keeps all.
  case crop(rows: ClosedRange<Int>?, columns: ClosedRange<Int>?)
  /// Rows become columns.
  case transpose

  /// What was done, for the title: "rows shuffled".
  package var note: String {
    switch self {
    case .shuffle(let what, _): "\(what.rawValue) shuffled"
    case .shift(let rows, let columns): "shifted by \(rows) rows, \(columns) columns"
    case .noise(let sigma, _): "noise \(spelled(sigma)) added"
    case .outlier(let factor, let count, _):
      "\(count == 1 ? "one outlier" : "\(count) outliers") of \(spelled(factor)) × the largest"
    case .blank(let share, _): "\(spelled(100 * share)) % blank"
    case .add(let number): "\(spelled(number)) added"
    case .multiply(let factor, let column): "\(column.map { "column \($0)" } ?? "all") × \(spelled(factor))"
    case .diagonal(let number): "\(spelled(number)) on the diagonal"
    case .log: "log(1 + x)"
    case .round: "rounded"
    case .crop: "cropped"
    case .transpose: "transposed"
    }
  }

  private func spelled(_ value: Double) -> String { Int(exactly: value).map { String($0) } ?? "\(value)" }
}

/// Why a change is not understood, or cannot be made of a matrix: one sentence.
package struct ChangeError: Error, Hashable {
  /// What is wrong.
  package let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}
