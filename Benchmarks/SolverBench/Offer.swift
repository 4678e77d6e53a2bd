import Factorizations
import LinearAlgebra

/// What one method says to a request.
struct Offer: Encodable {
  let method: String
  var declined: String?
  var flops: Double?
  var seconds: Double?
  var bytes: Double?
  var floor: Double?

  /// What every method of the catalog says to `request`.
  static func all(_ request: SolveRequest) -> [String: [Offer]] {
    let solvers: [any SVDSolver] =
      switch request.outcome {
      case .values: SolverCatalog.values
      case .thinSVD: SolverCatalog.thinSVD
      }
    return ["offers": solvers.map { Offer($0.name, $0.offer(request)) }]
  }

  private init(_ method: String, _ offer: SolverOffer) {
    self.method = method
    switch offer {
    case .declined(let why): declined = why
    case .plan(let plan):
      flops = plan.estimatedFlops
      seconds = plan.estimatedSeconds
      bytes = plan.estimatedBytes
      floor = plan.precisionFloor
    }
  }
}

/// What the planner decides.
struct Decision: Encodable {
  let method: String
  let threads: Int
  let reason: String
  let seconds: Double
  let bytes: Double
  let floor: Double
  /// "method: why not".
  let rejected: [String]

  /// The decision on `request`.
  init(_ request: SolveRequest) throws(FactorizationError) {
    let decision = try SolverPlanner(accuracy: request.accuracy, threads: request.threads).decide(request)
    method = decision.plan.method
    threads = decision.plan.threads
    reason = decision.reason
    seconds = decision.plan.estimatedSeconds
    bytes = decision.plan.estimatedBytes
    floor = decision.plan.precisionFloor
    rejected = decision.rejected.map { "\($0.method): \($0.reason)" }
  }
}
