import Factorizations
import LinearAlgebra

/// What a scan does with each matrix.
package struct ScanOptions: Hashable, Sendable {
  /// Decides the entry-shuffled copies: equal seeds give equal findings.
  package var seed: UInt64 = 0
  /// Whether nothing else in this process computes meanwhile: only then may the scan set BLAS's threads – one while its
  /// workers share the tensors, all cores for a tensor that would leave the others without work. Where it is false, the
  /// caller sets them before and leaves them alone.
  package var isAlone = false
  /// The nice value of the workers: a screen comes first, a command line has none.
  package var yieldsToScreen = true
  /// Which tensors come first.
  package var order: ScanOrder = .byCost
  /// Whether every matrix is compared with an entry-shuffled copy, which takes a third of a scan.
  package var comparesShuffled = true

  /// The usual scan.
  package init(
    seed: UInt64 = 0, isAlone: Bool = false, yieldsToScreen: Bool = true, order: ScanOrder = .byCost,
    comparesShuffled: Bool = true
  ) {
    self.seed = seed
    self.isAlone = isAlone
    self.yieldsToScreen = yieldsToScreen
    self.order = order
    self.comparesShuffled = comparesShuffled
  }
}

/// Which tensors of a scan come first, unless some are wished for.
package enum ScanOrder: Hashable, Sendable {
  /// The costliest first, so that no core is left with a long job at the end: where only the end matters.
  case byCost
  /// Near the file's order, so that the rows of a list come steadily: the costliest of the next few.
  case inOrder
}

/// What a scan tells. Events come from its workers' threads, one at a time.
package enum ScanEvent: Sendable {
  /// What was found of the tensor at `index` of the scan's entries, now or in an earlier run.
  case found(index: Int, TensorFindings, fromCache: Bool)
  /// The tensor at `index` could not be read or solved; one sentence.
  case failed(index: Int, String)
  /// So many of the scan's tensors are done, failures among them.
  case progress(done: Int, count: Int)
  /// Nothing is left to do; the last event, unless the scan was cancelled.
  case finished
}
