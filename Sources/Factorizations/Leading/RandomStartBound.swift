import Glibc

/// How far the largest Ritz value of a Krylov space with a random start may lie below the largest eigenvalue.
///
/// From q − 1 products with a symmetric positive semidefinite n × n matrix and one random start, θ < (1 − ε)λ₁ with a
/// probability of at most 1.648·√n·exp(−√ε·(2q − 1)). A block of b independent starts holds all b spaces, and fails only if
/// each of them does: the probabilities multiply.
///
/// Source: Kuczyński & Woźniakowski, SIAM J. Matrix Anal. Appl. 13 (1992), 1094–1122, theorem 4.1.
struct RandomStartBound {
  /// n.
  let dimension: Int
  /// b.
  let starts: Int
  /// q, the dimension of the Krylov space of one start.
  let steps: Int

  /// The ε that fails with a probability of at most `failure`; nil when the bound says nothing.
  func relativeGap(failure: Double) -> Double? {
    guard starts > 0, steps > 0 else { return nil }
    let exponent = log(1.648 * Double(max(1, dimension)).squareRoot()) - log(failure) / Double(starts)
    let root = exponent / Double(2 * steps - 1)
    return root < 1 ? root * root : nil
  }
}
