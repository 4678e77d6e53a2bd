/// A matrix whose entries can be gone through in blocks of columns: they are there, or made for the moment.
package protocol EntryBlocks: Sendable {
  /// The shape of A, m × n.
  var shape: Shape { get }
  /// Whether the blocks are of Aᵀ.
  var isStoredTransposed: Bool { get }
  /// Whether the entries are f32.
  var isFloat: Bool { get }
  /// The thin factors that the entries are products of; nil where they are there themselves.
  var factors: ThinFactors? { get }

  /// The given rows and columns, in that order.
  func selecting(rows: [Int], columns: [Int]) -> Self

  /// Calls `body` with block after block, which together are the stored matrix, from left to right.
  ///
  /// - Parameter overlap: how many of the next block's columns are wanted behind a block's own.
  func forEachBlock<Failure: Error>(
    overlap: Int, _ body: (EntryBlock) throws(Failure) -> Void
  ) throws(Failure)
}

/// Neighbouring columns of a stored matrix.
package struct EntryBlock: Sendable {
  /// Which of the stored columns.
  package let columns: Range<Int>
  /// Their entries, the first column's first, and behind them those of the overlap, as far as there are such.
  package let entries: AnyMatrix
}

extension EntryBlocks {
  /// The shape of what the blocks make up.
  package var storedShape: Shape { isStoredTransposed ? shape.transposed : shape }
  /// The precision's distance from 1 to the next scalar.
  package var epsilon: Double { isFloat ? Float.epsilon : Double.epsilon }

  /// The same without overlap.
  package func forEachBlock<Failure: Error>(_ body: (EntryBlock) throws(Failure) -> Void) throws(Failure) {
    try forEachBlock(overlap: 0, body)
  }

  /// The smallest and the largest entry, 0 … 0 where there is none.
  ///
  /// - Throws: ``Cancelled`` when `control` says so, asked before every block.
  /// - Complexity: one pass over the entries.
  package func range(control: WorkControl) throws(Cancelled) -> ClosedRange<Double> {
    var range: ClosedRange<Double>?
    let count = Double(max(1, storedShape.columns))
    try forEachBlock { block throws(Cancelled) in
      try control.step(Double(block.columns.lowerBound) / count)
      guard block.entries.shape.count > 0 else { return }
      let summary = EntrySummary(block.entries)
      let known = range ?? summary.minimum...summary.maximum
      range = min(known.lowerBound, summary.minimum)...max(known.upperBound, summary.maximum)
    }
    return range ?? 0...0
  }
}

extension DenseMatrix: EntryBlocks {
  package var isFloat: Bool { storage.isFloat }
  package var factors: ThinFactors? { nil }

  /// One block holds all of them, as they are.
  package func forEachBlock<Failure: Error>(
    overlap: Int, _ body: (EntryBlock) throws(Failure) -> Void
  ) throws(Failure) {
    try body(EntryBlock(columns: 0..<storage.shape.columns, entries: storage))
  }
}
