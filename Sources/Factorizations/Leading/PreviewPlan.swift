import LinearAlgebra

extension SolverPlanner {
  /// Where the exact result is expected within these seconds, no preview comes before it.
  package static let immediateSeconds = 0.05

  /// The first of `counts` columns that make a preview of `input`, and how it would be computed; nil where none does.
  package func firstPreview(
    of input: SolveInput, counts: [Int], _ outcome: SolveRequest.Outcome
  ) -> (count: Int, decision: SolverDecision)? {
    for count in counts {
      if let decision = previewDecision(of: input, count: count, outcome) { return (count, decision) }
    }
    return nil
  }

  /// How a subspace of `count` columns for the leading triplets of `input` and the bounds of all its values would be
  /// computed; nil where the exact `outcome` is as good as immediate or expected sooner, or where so many columns are no
  /// preview.
  ///
  /// - Complexity: constant; nothing is allocated or computed yet.
  package func previewDecision(
    of input: SolveInput, count: Int, _ outcome: SolveRequest.Outcome
  ) -> SolverDecision? {
    var exact = self
    (exact.method, exact.accuracy) = (nil, .full)
    let request = exact.request(outcome, of: input)
    let decision = try? exact.decide(request)
    let plan = leadingPlan(request, count: count)
    if let decision {
      // More than half of all columns cost more than the exact result.
      guard decision.plan.estimatedSeconds >= max(Self.immediateSeconds, plan.estimatedSeconds),
        2 * count < request.shape.shortSide
      else {
        return nil
      }
    }
    let later = decision.map {
      SolverDecision.Alternative(
        method: $0.plan.method, reason: "exact, about \($0.plan.spokenSeconds)",
        estimatedSeconds: $0.plan.estimatedSeconds)
    }
    return SolverDecision(
      plan: plan, reason: "\(plan.reason); about \(plan.spokenSeconds) for this shape",
      rejected: (later.map { [$0] } ?? []) + (decision?.rejected ?? []))
  }

  /// A solver with at least `count` columns for the leading triplets of `input`, computed as
  /// ``previewDecision(of:count:_:)`` says.
  ///
  /// - Throws: ``FactorizationError/nonFinite(count:)``, ``FactorizationError/doesNotFit(_:needed:available:)`` before
  ///   anything is allocated, and what the solver throws.
  package func leadingSolver(
    of input: SolveInput, count: Int, _ decision: SolverDecision, control: WorkControl
  ) throws(FactorizationError) -> KrylovSolver {
    try admit(input, decision.plan, control)
    var solver = try KrylovSolver(input)
    try solver.extend(to: count, control: control)
    return solver
  }

  /// The plan of a subspace of `count` columns for `request`.
  ///
  /// With l columns: two products with A a column for the space, as many for its image, about forty for the certificate,
  /// and the columns made orthogonal twice.
  package func leadingPlan(_ request: SolveRequest, count: Int) -> SolverPlan {
    let (p, long, l) = (request.short, request.long, Double(count))
    let flops = 4 * p * long * (2 * l + 40) + 8 * p * l * l
    let name = KrylovSolver.name
    return SolverPlan(
      method: name, title: "block Krylov of \(count) columns",
      reason: "leading triplets, with certified bounds of every value", estimatedFlops: flops,
      estimatedBytes: request.elementSize * l * (3 * p + 2 * long) + 8 * (16 * l * l + 128 * p) + request.formedBytes,
      estimatedSeconds: SolverCosts.shared.seconds(name, request, flops: flops),
      precisionFloor: request.precisionFloor, threads: request.threads)
  }
}
