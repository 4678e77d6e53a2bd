import Factorizations
import Glibc
import LinearAlgebra
import Preparation
import RankAnalysis

// From a matrix that was read to its spectrum and vectors: bounds and leading vectors first where the exact ones take long,
// then the exact values, then all vectors.
extension ComputeQueue {
  /// Solves for what is shown of `prepared`, soonest first; each is posted as it arrives.
  func factor(_ id: MatrixID, _ prepared: PreparedMatrix, token: CancellationToken) throws(JobFailure) {
    let control = WorkControl(token: token)
    let input = prepared.solveInput
    do throws(FactorizationError) {
      let values = try plan(.values, of: input)
      if let previewing, let count = previewing.firstCount(of: input, values, planner) {
        let isEnough = try preview(id, prepared, by: previewing, count, insteadOf: values, control)
        if isEnough { return }
      }
      post(.solving(id, .values, values))
      let solved = try gate.pass(control) { () throws(FactorizationError) in
        try SolvedSpectrum(of: prepared, with: planner.forcing(.values), isTimed: isTimed, control: control)
      }
      store.update(id) { $0.analysis = solved.analysis }
      post(.spectrum(id, solved))
      if token.isCancelled { return }
      post(.solving(id, .thinSVD, try plan(.thinSVD, of: input)))
      let svd = try gate.pass(control) { () throws(FactorizationError) in
        try planner.forcing(.thinSVD).thinSVD(of: input, control: control).0
      }
      if token.isCancelled { return }
      let all = AvailableVectors.exact(svd.singularValues.count)
      store.update(id) { $0.take(svd, all) }
      _ = store.takeLeading(id)
      extending.cancelAll()
      post(.vectors(id, all))
    } catch {
      throw JobFailure(error)
    }
  }

  /// Widens the leading vectors until those of `rank` are among them, or as far as it pays; nothing is done once the exact
  /// ones are there.
  package func extend(_ id: MatrixID, to rank: Int) {
    guard let previewing else { return }
    extending.submit { [self] token in
      guard let matrix = store.matrix(id), matrix.vectors?.isExact != true, var solver = store.takeLeading(id) else {
        return
      }
      let input = matrix.prepared.solveInput
      let control = WorkControl(token: token)
      do throws(FactorizationError) {
        defer { store.keepLeading(solver, of: id) }
        let target = previewing.target(for: rank, beyond: solver.count, of: input)
        // Whoever came before in the lane may have found these, too.
        if solver.count >= min(rank, target), matrix.vectors?.count == solver.count { return }
        if solver.count < min(rank, target) {
          try admit(target, input, control)
          try solver.extend(to: target, control: control)
        }
        try show(&solver, of: matrix, by: previewing, reason: growth(of: solver, input), seconds: nil, control)
      } catch {
        if error != .cancelled { post(.cannotExtend(id, "no more triplets before the exact ones: \(error)")) }
      }
    }
  }

  private func plan(
    _ outcome: SolveRequest.Outcome, of input: SolveInput
  ) throws(FactorizationError) -> SolverPlan {
    let planner = planner.forcing(outcome)
    return try planner.decide(planner.request(outcome, of: input)).plan
  }

  /// Finds and posts bounds and leading vectors; whether the exact ones are left out.
  ///
  /// A preview that cannot be made is no failure: what it is a preview of follows.
  private func preview(
    _ id: MatrixID, _ prepared: PreparedMatrix, by previewing: Previewing, _ count: Int, insteadOf values: SolverPlan,
    _ control: WorkControl
  ) throws(FactorizationError) -> Bool {
    let input = prepared.solveInput
    post(.leading(id, count))
    let isAlone = previewing.occasion == .alone
    do throws(FactorizationError) {
      try admit(count, input, control)
      let start = monotonicSeconds()
      var solver = try previewing.solver(input)
      try solver.extend(to: count, control: control)
      guard let matrix = store.matrix(id) else { throw .cancelled }
      let reason =
        "certified bounds first; exact values by \(values.title) take about \(values.spokenSeconds)"
      let isBounded = try show(
        &solver, of: matrix, by: previewing, reason: reason,
        seconds: isTimed ? monotonicSeconds() - start : nil, control)
      if !isAlone { letMeasure(control) }
      return isAlone && isBounded
    } catch {
      if error == .cancelled || isAlone { throw error }
      return false
    }
  }

  /// Waits a moment for what a preview shows to be pictured and measured, before the exact solve takes the cores: that is
  /// looked at now, and takes a fraction of the solve.
  private func letMeasure(_ control: WorkControl) {
    guard isTimed else { return }
    let start = monotonicSeconds()
    repeat { usleep(5000) } while !control.token.isCancelled && monotonicSeconds() - start < 0.05
    while !measure.isIdle, !control.token.isCancelled, monotonicSeconds() - start < 1 { usleep(5000) }
  }

  /// Posts what `solver` knows: bounds, unless the exact values are there, and vectors. False if the values turned out
  /// exact already, which are left to the exact solve.
  @discardableResult
  private func show(
    _ solver: inout any LeadingSolver, of matrix: StoredMatrix, by previewing: Previewing, reason: String,
    seconds: Double?, _ control: WorkControl
  ) throws(FactorizationError) -> Bool {
    let (id, prepared) = (matrix.id, matrix.prepared)
    let start = monotonicSeconds()
    if store.matrix(id)?.hasExactValues != true {
      let spectrum = try solver.spectrum(control: control)
      guard !spectrum.isExact else { return false }
      post(
        .spectrum(
          id,
          SolvedSpectrum(
            preview: spectrum, costs: ParameterCosts(prepared), method: previewing.method, reason: reason,
            seconds: seconds.map { $0 + monotonicSeconds() - start }, leadingCount: solver.count)))
    }
    let svd = try solver.leadingSVD(control: control)
    let available = AvailableVectors.leading(
      svd.singularValues.count, limit: previewing.limit(of: prepared.solveInput))
    // Before anyone can ask for more of them.
    store.keepLeading(solver, of: id)
    // What lands meanwhile from the full decomposition stays.
    var isNews = false
    store.update(id) { isNews = $0.take(svd, available) }
    if isNews { post(.vectors(id, available)) }
    return true
  }

  private func growth(of solver: any LeadingSolver, _ input: SolveInput) -> String {
    "certified bounds, widened to \(NumberFormat.grouped(solver.count)) triplets on demand"
  }

  /// Refuses so many leading triplets where they would not fit into the memory there is.
  private func admit(_ count: Int, _ input: SolveInput, _ control: WorkControl) throws(FactorizationError) {
    let request = planner.request(.values, of: input)
    try planner.admit(input, planner.leadingPlan(request, count: count), WorkControl(token: control.token))
  }
}
