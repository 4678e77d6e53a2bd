import LinearAlgebra

/// A way to write A ≈ B·C with B m × k and C k × n: one file each under `Methods/`, registered in
/// ``FactorizationCatalog``.
package protocol FactorizationMethod: Sendable {
  /// The identifier on the command line: "als".
  var id: String { get }
  /// The method's name, without an article: "alternating least squares".
  var title: String { get }
  /// One sentence: what it minimises, how, and its source.
  var summary: String { get }
  /// How its own parameters are counted, one clause: "k(m + n): the entries of both factors".
  var parameterRule: String { get }
  /// Whether it goes on in iterations that are reported, and not in one piece.
  var isIterative: Bool { get }
  /// Whether a cancel is noticed soon at any size, and not only between long calls of LAPACK.
  var stopsSoon: Bool { get }
  /// Why a race may not hold it against the Eckart–Young bound: one sentence; nil if it may.
  var raceExclusion: String? { get }
  /// Whether it takes matrices with missing entries, and goes through the observed ones alone.
  var takesMissing: Bool { get }
  /// Why it cannot factor `input` at `rank`: one sentence that names the first place; nil if it can.
  ///
  /// - Complexity: one pass over the entries.
  func refusal(of input: FactorizationInput, rank: Int) -> String?
  /// Factors `input`. The caller has asked ``refusal(of:rank:)`` before: what would be refused is refused here too.
  ///
  /// The same input and options give the same bits, as long as BLAS has the same threads and kernels.
  ///
  /// - Parameters:
  ///   - control: asked between calls of BLAS, and told the fraction of ``FactorizationOptions/iterations`` done.
  ///   - report: told of the start (iteration 0) where there is one, and of every iteration; of a method without
  ///     iterations once, of its end.
  /// - Throws: ``FactorizationError/refused(_:)``, ``FactorizationError/cancelled``, what LAPACK reports.
  func factor(
    _ input: FactorizationInput, options: FactorizationOptions, control: WorkControl,
    report: (FactorizationProgress) -> Void
  ) throws(FactorizationError) -> Factorization
}

extension FactorizationMethod {
  /// Most work in short steps.
  package var stopsSoon: Bool { true }

  /// Most may be held against it.
  package var raceExclusion: String? { nil }

  /// Most go through all entries.
  package var takesMissing: Bool { false }

  /// Most take what has only finite entries.
  package func refusal(of input: FactorizationInput, rank: Int) -> String? { usualRefusal(of: input, rank: rank) }

  /// Why no method without a mask can factor `input` at `rank`: the rank is none of its, or entries are missing.
  package func usualRefusal(of input: FactorizationInput, rank: Int) -> String? {
    if let sentence = input.refusal(ofRank: rank) { return sentence }
    guard let place = input.firstNonFinite else { return nil }
    let count = input.summary.nonFiniteCount
    return
      "\(title) needs every entry: \(count) \(count == 1 ? "is" : "are") missing, the first in row \(place.row + 1), "
      + "column \(place.column + 1); take alternating least squares, or fill them"
  }

  /// Throws the sentence of ``refusal(of:rank:)``.
  func admit(_ input: FactorizationInput, rank: Int) throws(FactorizationError) {
    if let sentence = refusal(of: input, rank: rank) { throw .refused(sentence) }
  }
}
