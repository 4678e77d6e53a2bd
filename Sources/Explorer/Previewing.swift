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
  /// The triplets of a first preview.
  package var count: Int
  /// Those of a first preview where so many would be no preview.
  package var leastCount: Int
  /// The method in words: "block Krylov".
  package let method: String
  /// Starts it.
  package let solver: Solver

  /// Previews by `solver`.
  package init(
    _ occasion: Occasion, count: Int, leastCount: Int? = nil, method: String, solver: @escaping Solver
  ) {
    self.occasion = occasion
    self.count = count
    self.leastCount = leastCount ?? count
    self.method = method
    self.solver = solver
  }

  /// Previews by the block Krylov method.
  package static func krylov(_ occasion: Occasion) -> Previewing {
    // As many as make the leading figures tight: at 4096² still within half a second.
    Previewing(occasion, count: KrylovSolver.columns(leading: 64), leastCount: 64, method: "block Krylov") {
      input throws(FactorizationError) in try KrylovSolver(input)
    }
  }

  /// Exact values that take this long are worth a preview, in seconds.
  private static let slow = 0.15
  /// A short side that is worth one.
  private static let large = 256

  /// Whether the matrix of `input`, whose exact values are `planned` so, gets a preview, itself planned as `leading`; nil
  /// where that is as long.
  func isWanted(for input: SolveInput, _ planned: SolverPlan, _ leading: SolverPlan?) -> Bool {
    switch occasion {
    case .slowSolves:
      planned.estimatedSeconds > Self.slow && input.matrix.shape.shortSide > Self.large
        && (leading?.estimatedSeconds ?? .infinity) < planned.estimatedSeconds / 2
    case .always, .alone: input.matrix.shape.shortSide > 0
    }
  }

  /// The triplets of the first preview of `input`.
  func firstCount(of input: SolveInput) -> Int {
    let p = input.matrix.shape.shortSide
    return min(p, 2 * count < p ? count : leastCount)
  }

  /// How far a preview of `input` may grow: a quarter of all triplets, or four times the first preview; the full
  /// decomposition is sooner there than more of them.
  func limit(of input: SolveInput) -> Int {
    let p = input.matrix.shape.shortSide
    return min(p, max(4 * count, p / 4))
  }

  /// The triplets to have when `rank` is wanted and `count` are there: some more, so that the next step finds them there.
  func target(for rank: Int, beyond count: Int, of input: SolveInput) -> Int {
    min(limit(of: input), max(rank + 16, count + count / 2))
  }
}
