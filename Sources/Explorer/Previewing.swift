import Factorizations
import LinearAlgebra

/// How the queue shows certified bounds and leading vectors before the exact ones are there.
package struct Previewing: Sendable {
  /// When a preview is made.
  package enum Occasion: Hashable, Sendable {
    /// When the exact values would keep the user waiting.
    case slowSolves
    /// Always, before the exact solve.
    case always
    /// Always, and the exact solve is left out.
    case alone
  }

  /// Starts a solver of leading triplets.
  package typealias Solver = @Sendable (SolveInput) throws(FactorizationError) -> any LeadingSolver

  /// When.
  package var occasion: Occasion
  /// The triplets of a first preview, the most first: the fewer where so many would be no preview.
  package var counts: [Int]
  /// The method in words: "block Krylov".
  package let method: String
  /// Starts it.
  package let solver: Solver

  /// Previews by `solver`.
  package init(_ occasion: Occasion, counts: [Int], method: String, solver: @escaping Solver) {
    self.occasion = occasion
    self.counts = counts
    self.method = method
    self.solver = solver
  }

  /// Previews by the block Krylov method.
  package static func krylov(_ occasion: Occasion) -> Previewing {
    // As many as make the leading figures tight: at 4096² still within half a second.
    Previewing(occasion, counts: [KrylovSolver.columns(leading: 64), 64], method: "block Krylov") {
      input throws(FactorizationError) in try KrylovSolver(input)
    }
  }

  /// Exact values that take this long are worth a preview, in seconds.
  private static let slow = 0.15
  /// A short side that is worth one.
  private static let large = 256

  /// The triplets of the first preview of `input`, whose exact values are `planned` so; nil where it gets none.
  func firstCount(of input: SolveInput, _ planned: SolverPlan, _ planner: SolverPlanner) -> Int? {
    let p = input.shape.shortSide
    let first = planner.firstPreview(of: input, counts: counts, .values)
    switch occasion {
    case .slowSolves:
      guard let first, planned.estimatedSeconds > Self.slow, p > Self.large,
        first.decision.plan.estimatedSeconds < planned.estimatedSeconds / 2
      else { return nil }
      return first.count
    case .always, .alone:
      // The exact triplets of thin factors are sooner than any subspace, and nothing is multiplied out for them.
      if input.source.product != nil { return first?.count }
      let fitting = counts.first { 2 * $0 < p } ?? counts.last ?? p
      return p > 0 ? min(p, first?.count ?? fitting) : nil
    }
  }

  /// How far a preview of `input` may grow: a quarter of all triplets, or four times the first preview; the full
  /// decomposition is sooner there than more of them.
  func limit(of input: SolveInput) -> Int {
    let p = input.shape.shortSide
    return min(p, max(4 * (counts.first ?? 0), p / 4))
  }

  /// The triplets to have when `rank` is wanted and `count` are there: some more, so that the next step finds them there.
  func target(for rank: Int, beyond count: Int, of input: SolveInput) -> Int {
    min(limit(of: input), max(rank + 16, count + count / 2))
  }
}
