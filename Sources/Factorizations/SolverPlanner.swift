import LinearAlgebra

/// Picks the solver for a request: the one of ``SolverCatalog`` whose own estimate is lowest among those that reach the
/// accuracy asked for. It never switches on names.
package struct SolverPlanner: Sendable {
  /// Forces this method; nil lets the costs decide.
  package var method: String?
  /// How exact the answer must be.
  package var accuracy: SolveRequest.Accuracy
  /// The threads that may work on it.
  package var threads: Int
  /// Whether nothing else computes in this process meanwhile: only then may BLAS's threads be set to the plan's.
  package var isAlone = false
  private let availableBytes: @Sendable () -> Int

  /// A planner that refuses work beyond `availableBytes`, asked before each solve.
  package init(
    method: String? = nil, accuracy: SolveRequest.Accuracy = .full, threads: Int = BLASThreads.availableCores,
    availableBytes: @escaping @Sendable () -> Int = { AvailableMemory.bytes }
  ) {
    self.method = method
    self.accuracy = accuracy
    self.threads = max(1, threads)
    self.availableBytes = availableBytes
  }

  /// The same planner, which forces its method only where that gives `outcome`: for work that wants both.
  package func forcing(_ outcome: SolveRequest.Outcome) -> SolverPlanner {
    let known: [any SVDSolver] = outcome == .values ? SolverCatalog.values : SolverCatalog.thinSVD
    var planner = self
    if let method, SolverCatalog.names.contains(method), !known.contains(where: { $0.name == method }) {
      planner.method = nil
    }
    return planner
  }

  /// The request for `outcome` of `matrix`.
  package func request(
    _ outcome: SolveRequest.Outcome, of matrix: DenseMatrix, sourceEpsilon: Double
  ) -> SolveRequest {
    SolveRequest(
      shape: matrix.storage.shape, isStoredTransposed: matrix.isStoredTransposed, worksInFloat: matrix.storage.isFloat,
      outcome: outcome, sourceEpsilon: sourceEpsilon,
      accuracy: accuracy, threads: threads)
  }

  /// How `request` will be served.
  ///
  /// - Throws: ``FactorizationError/noSolver(_:reasons:)`` when none can, ``FactorizationError/unknownMethod(_:known:)`` and
  ///   ``FactorizationError/declined(method:_:reason:)`` when the forced one cannot.
  /// - Complexity: constant; nothing is allocated or computed yet.
  package func decide(_ request: SolveRequest) throws(FactorizationError) -> SolverDecision {
    switch request.outcome {
    case .values: try choose(from: SolverCatalog.values, request).decision
    case .thinSVD: try choose(from: SolverCatalog.thinSVD, request).decision
    }
  }

  /// All singular values of `input` by the chosen solver.
  package func spectrum(
    of input: SolveInput, control: WorkControl
  ) throws(FactorizationError) -> (Spectrum, SolverDecision) {
    let request = request(.values, of: input.matrix, sourceEpsilon: input.sourceEpsilon)
    let (solver, decision) = try choose(from: SolverCatalog.values, request)
    try admit(input, decision.plan, control)
    if isAlone { BLASThreads.use(decision.plan.threads) }
    return (try solver.spectrum(of: input, threads: decision.plan.threads, control: control), decision)
  }

  /// The thin SVD of `input` by the chosen solver.
  package func thinSVD(
    of input: SolveInput, control: WorkControl
  ) throws(FactorizationError) -> (SVD, SolverDecision) {
    let request = request(.thinSVD, of: input.matrix, sourceEpsilon: input.sourceEpsilon)
    let (solver, decision) = try choose(from: SolverCatalog.thinSVD, request)
    try admit(input, decision.plan, control)
    if isAlone { BLASThreads.use(decision.plan.threads) }
    return (try solver.thinSVD(of: input, threads: decision.plan.threads, control: control), decision)
  }

  /// Refuses what must not or cannot be solved, before anything is allocated.
  func admit(
    _ input: SolveInput, _ plan: SolverPlan, _ control: WorkControl
  ) throws(FactorizationError) {
    let bad = input.summary.nonFiniteCount
    guard bad == 0 else { throw .nonFinite(count: bad) }
    let available = Double(availableBytes())
    guard plan.estimatedBytes <= available else {
      throw .doesNotFit(input.matrix.shape, needed: plan.estimatedBytes, available: available)
    }
    try control.advance(0)
  }

  private func choose<Solver>(
    from solvers: [Solver], _ request: SolveRequest
  ) throws(FactorizationError) -> (solver: Solver, decision: SolverDecision) {
    var offers: [(solver: Solver, name: String, plan: SolverPlan)] = []
    var declined: [SolverDecision.Alternative] = []
    for solver in solvers {
      guard let asked = solver as? any SVDSolver else { continue }
      switch soonestOffer(of: asked, request) {
      case .plan(let plan): offers.append((solver, asked.name, plan))
      case .declined(let why): declined.append(.init(method: asked.name, reason: why, estimatedSeconds: nil))
      }
    }
    offers.sort { $0.plan.estimatedSeconds < $1.plan.estimatedSeconds }
    let candidates = offers.filter { method == nil || $0.name == method }
    guard let best = candidates.first else {
      guard let method else {
        throw .noSolver(request.matrixShape, reasons: declined.map { "\($0.method): \($0.reason)" })
      }
      if let refusal = declined.first(where: { $0.method == method }) {
        throw .declined(method: method, request.matrixShape, reason: refusal.reason)
      }
      let known = offers.map(\.name) + declined.map(\.method)
      throw SolverCatalog.names.contains(method)
        ? .otherOutcome(method, request.outcome, known: known) : .unknownMethod(method, known: known)
    }
    let others = offers.filter { $0.name != best.name }.map {
      SolverDecision.Alternative(
        method: $0.name, reason: "about \($0.plan.spokenSeconds)", estimatedSeconds: $0.plan.estimatedSeconds)
    }
    return (
      best.solver,
      SolverDecision(plan: best.plan, reason: reason(for: best.plan, among: offers.count), rejected: others + declined)
    )
  }

  /// What `solver` offers on all threads or on one, whichever is sooner.
  private func soonestOffer(of solver: any SVDSolver, _ request: SolveRequest) -> SolverOffer {
    let offer = solver.offer(request)
    var alone = request
    alone.threads = 1
    guard request.threads > 1, case .plan(let plan) = offer, case .plan(let single) = solver.offer(alone),
      single.estimatedSeconds < plan.estimatedSeconds
    else { return offer }
    return .plan(single)
  }

  private func reason(for plan: SolverPlan, among count: Int) -> String {
    let how = "\(plan.reason); about \(plan.spokenSeconds) for this shape"
    if method != nil { return "asked for; \(how)" }
    return count == 1 ? how : "the soonest of \(count); \(how)"
  }
}
