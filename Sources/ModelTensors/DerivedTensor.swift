import LinearAlgebra
import MatrixFiles

/// Whether the bytes of so many rows and columns can be counted.
func canCount(_ rows: Int, _ columns: Int) -> Bool {
  let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
  return !overflow && count < 1 << 59
}

/// A matrix that a model file does not store by itself but that follows from what it stores.
struct DerivedTensor: Hashable, Sendable {
  /// A factor of a product, out × in.
  struct Operand: Hashable, Sendable {
    let base: TensorEntry
    let view: TensorView
    /// Whether it is stored in × out.
    let isTransposed: Bool

    /// out × in; nil where the tensor has no such view.
    var shape: Shape? { base.matrixShape(view).map { isTransposed ? $0.transposed : $0 } }
  }

  /// What it is made of.
  enum Content: Hashable, Sendable {
    /// A part of a stored tensor.
    case part(of: TensorEntry, TensorView)
    /// The product of two parts; `transposesLeft` is for W_Qᵀ·W_K.
    case product(Operand, transposesLeft: Bool, Operand)
  }

  /// Its name, type and axes.
  let entry: TensorEntry
  let content: Content
  /// What is to be said of it.
  let notes: [String]

  /// A part of `base`; nil where that has no such part.
  init?(name: String, base: TensorEntry, view: TensorView, notes: [String]) {
    guard let shape = base.matrixShape(view) else { return nil }
    entry = TensorEntry(name: name, type: base.type, axes: [shape.rows, shape.columns])
    content = .part(of: base, view)
    self.notes = notes
  }

  /// left·right, or leftᵀ·right; nil where they do not fit.
  init?(name: String, left: Operand, transposesLeft: Bool, right: Operand, notes: [String]) {
    guard let first = left.shape, let second = right.shape else { return nil }
    let (rows, inner) = transposesLeft ? (first.columns, first.rows) : (first.rows, first.columns)
    guard inner == second.rows, canCount(rows, second.columns) else { return nil }
    entry = TensorEntry(name: name, type: left.base.type, axes: [rows, second.columns])
    content = .product(left, transposesLeft: transposesLeft, right)
    self.notes = notes
  }
}
