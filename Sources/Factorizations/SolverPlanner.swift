import LinearAlgebra

/// Picks the solver for a request: the one of ``SolverCatalog`` whose own estimate is lowest among those that reach the
/// accuracy asked for; of a product of thin factors, among those that leave it unformed. It never switches on names.
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
    var planner = self
    if let method, SolverCatalog.names.contains(method),
      !SolverCatalog.solvers(of: outcome).contains(where: { $0.name == method })
    {
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

  /// The request for `outcome` of `input`, which is not formed.
  package func request(_ outcome: SolveRequest.Outcome, of input: SolveInput) -> SolveRequest {
    let entries = input.source.entries
    var request = SolveRequest(
      shape: entries.storedShape, isStoredTransposed: entries.isStoredTransposed, worksInFloat: entries.isFloat,
      outcome: outcome, sourceEpsilon: input.sourceEpsilon, accuracy: accuracy, threads: threads)
    request.innerSide = entries.factors?.innerSide
    return request
  }

  /// How `request` will be served.
  ///
  /// - Throws: ``FactorizationError/noSolver(_:reasons:)`` when none can; where the forced one cannot,
  ///   ``FactorizationError/unknownMethod(_:known:)``, ``FactorizationError/otherOutcome(_:_:known:)`` or
  ///   ``FactorizationError/declined(method:_:reason:)``.
  /// - Complexity: constant; nothing is allocated or computed yet.
  package func decide(_ request: SolveRequest) throws(FactorizationError) -> SolverDecision {
    try choose(among: SolverCatalog.solvers(of: request.outcome), request).decision
  }

  /// All singular values of `input` by the chosen solver.
  package func spectrum(
    of input: SolveInput, control: WorkControl
  ) throws(FactorizationError) -> (Spectrum, SolverDecision) {
    let (index, decision) = try begin(.values, of: input, control)
    return (
      try SolverCatalog.values[index].spectrum(of: input, threads: decision.plan.threads, control: control), decision
    )
  }

  /// The thin SVD of `input` by the chosen solver.
  package func thinSVD(
    of input: SolveInput, control: WorkControl
  ) throws(FactorizationError) -> (SVD, SolverDecision) {
    let (index, decision) = try begin(.thinSVD, of: input, control)
    return (
      try SolverCatalog.thinSVD[index].thinSVD(of: input, threads: decision.plan.threads, control: control), decision
    )
  }

  /// Chooses, admits and readies; the chosen solver's place in its catalog.
  private func begin(
    _ outcome: SolveRequest.Outcome, of input: SolveInput, _ control: WorkControl
  ) throws(FactorizationError) -> (index: Int, decision: SolverDecision) {
    let request = request(outcome, of: input)
    let choice = try choose(among: SolverCatalog.solvers(of: outcome), request)
    try admit(input, choice.decision.plan, control)
    return choice
  }

  /// Refuses what must not or cannot be solved, before anything is allocated, and gives BLAS the plan's threads where
  /// that is allowed.
  package func admit(
    _ input: SolveInput, _ plan: SolverPlan, _ control: WorkControl
  ) throws(FactorizationError) {
    let bad = input.summary.nonFiniteCount
    guard bad == 0 else { throw .nonFinite(count: bad) }
    let available = Double(availableBytes())
    guard plan.estimatedBytes <= available else {
      throw .doesNotFit(input.shape, needed: plan.estimatedBytes, available: available)
    }
    try control.advance(0)
    if isAlone { BLASThreads.use(plan.threads) }
  }

  private func choose(
    among solvers: [any SVDSolver], _ request: SolveRequest
  ) throws(FactorizationError) -> (index: Int, decision: SolverDecision) {
    var offers: [(index: Int, plan: SolverPlan)] = []
    var declined: [SolverDecision.Alternative] = []
    for (index, solver) in solvers.enumerated() where solver.isMeant(for: request) {
      switch soonestOffer(of: solver, request) {
      case .plan(let plan): offers.append((index, plan))
      case .declined(let why): declined.append(.init(method: solver.name, reason: why, estimatedSeconds: nil))
      }
    }
    offers.sort { rank($0, solvers, request) < rank($1, solvers, request) }
    guard let best = offers.first(where: { method == nil || $0.plan.method == method }) else {
      guard let method else {
        throw .noSolver(request.matrixShape, reasons: declined.map { "\($0.method): \($0.reason)" })
      }
      if case .declined(let reason) = solvers.first(where: { $0.name == method })?.offer(request) {
        throw .declined(method: method, request.matrixShape, reason: reason)
      }
      let known = solvers.filter { $0.isMeant(for: request) }.map(\.name)
      throw SolverCatalog.names.contains(method)
        ? .otherOutcome(method, request.outcome, known: known) : .unknownMethod(method, known: known)
    }
    let others = offers.filter { $0.index != best.index }.map {
      SolverDecision.Alternative(
        method: $0.plan.method, reason: "about \($0.plan.spokenSeconds)", estimatedSeconds: $0.plan.estimatedSeconds)
    }
    return (
      best.index,
      SolverDecision(
        plan: best.plan,
        reason: reason(for: best.plan, among: request.innerSide == nil ? offers.count : 1),
        rejected: others + declined)
    )
  }

  /// What comes first: a solver that needs no product formed, then the soonest.
  private func rank(
    _ offer: (index: Int, plan: SolverPlan), _ solvers: [any SVDSolver], _ request: SolveRequest
  ) -> (Int, Double) {
    let forms = request.innerSide != nil && !solvers[offer.index].takesFactors
    return (forms ? 1 : 0, offer.plan.estimatedSeconds)
  }

  /// What `solver` offers on all threads or on one, whichever is sooner.
  private func soonestOffer(of solver: any SVDSolver, _ request: SolveRequest) -> SolverOffer {
    guard case .plan(var plan) = solver.offer(request) else { return solver.offer(request) }
    var alone = request
    alone.threads = 1
    if request.threads > 1, case .plan(let single) = solver.offer(alone),
      single.estimatedSeconds < plan.estimatedSeconds
    {
      plan = single
    }
    if !solver.takesFactors { plan.estimatedBytes += request.formedBytes }
    return .plan(plan)
  }

  private func reason(for plan: SolverPlan, among count: Int) -> String {
    let how = "\(plan.reason); about \(plan.spokenSeconds) for this shape"
    if method != nil { return "asked for; \(how)" }
    return count == 1 ? how : "the soonest of \(count); \(how)"
  }
}
