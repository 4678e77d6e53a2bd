import Factorizations
import LinearAlgebra
import RankAnalysis
import Synchronization

/// Every rule on many planted matrices of one shape: how often it finds the planted rank, and what its rank costs.
package struct Scoreboard: Experiment {
  /// How strong the signal is against the noise.
  package enum Level: Hashable, Sendable {
    /// Every singular value of the signal is so many times the detection edge of noise of deviation 1.
    case strength(Double)
    /// The signal has the leading singular values of the matrix that was opened, the noise this standard deviation.
    case noise(Double)
  }

  /// The planted ranks.
  package let ranks: [Int]
  /// The levels, each tried with every rank.
  package let levels: [Level]
  /// How many matrices of each rank and level.
  package let seeds: Int
  /// What decides all of them.
  package let seed: UInt64
  /// The shape; nil takes that of the matrix that was opened.
  package let shape: Shape?

  /// A scoreboard of `ranks` × `levels`, `seeds` matrices each.
  package init(ranks: [Int], levels: [Level], seeds: Int, seed: UInt64 = 1, shape: Shape? = nil) {
    self.ranks = ranks
    self.levels = levels
    self.seeds = seeds
    self.seed = seed
    self.shape = shape
  }

  package func run(
    on subject: ExperimentSubject, control: WorkControl, report: (ScoreboardFinding) -> Void
  ) throws(ExperimentError) -> ScoreboardFinding {
    let shape = shape ?? subject.prepared.loaded.shape
    var values: [Double] = []
    if levels.contains(where: { if case .noise = $0 { true } else { false } }) {
      values = try subject.exactAnalysis(control.part(0..<0.01)).spectrum.values
    }
    return try ScoreboardFinding(cells: cells(shape, values), on: subject.planner, seed: seed, seeds: seeds, control)
  }

  private func cells(_ shape: Shape, _ values: [Double]) throws(ExperimentError) -> [(
    level: Level, model: PlantedModel
  )] {
    try ExperimentError.requireEntries(shape)
    if let rank = ranks.first(where: { $0 < 0 || $0 > shape.shortSide }) {
      throw .refused(
        "Rank \(rank) cannot be planted in a matrix of \(shape): it lies between 0 and \(shape.shortSide).")
    }
    return ranks.flatMap { rank in
      levels.map { level in
        switch level {
        case .strength(let strength):
          (level, PlantedModel(shape: shape, rank: rank, strength: strength, noise: 1))
        case .noise(let noise): (level, PlantedModel(shape: shape, values: Array(values.prefix(rank)), noise: noise))
        }
      }
    }
  }
}

/// How a rule did on planted matrices of one rank and level.
package struct RuleScore: Hashable, Sendable {
  /// The rule.
  package let id: String
  package let title: String
  /// Whether it tells signal from noise.
  package let judgesNoise: Bool
  /// The ranks that it picked, matrix by matrix.
  package let ranks: [Int]
  /// How often it picked the planted rank.
  package let exact: Int
  /// The error of its rank beyond that of the best k, relative to the signal; the mean over the matrices.
  package let meanExcess: Double

  /// The mean of its ranks.
  package var meanRank: Double { Double(ranks.reduce(0, +)) / Double(max(1, ranks.count)) }
  /// The share of matrices on which it picked the planted rank.
  package var exactShare: Double { Double(exact) / Double(max(1, ranks.count)) }
}

/// One rank and level of a scoreboard.
package struct ScoreboardCell: Sendable {
  /// What was planted.
  package let level: Scoreboard.Level
  package let model: PlantedModel
  /// Every rule that answered, in the order of the court.
  package let scores: [RuleScore]
  /// The k of the least true error, and that error relative to the signal; means over the matrices.
  package let meanBestRank: Double
  package let meanBestError: Double
  /// The error of shrunken singular values beyond that of the best k; negative where shrinking beats every truncation.
  package let meanShrinkageExcess: Double
  /// How many matrices.
  package let trials: Int
}

/// A scoreboard.
package struct ScoreboardFinding: Sendable {
  /// Every rank and level.
  package let cells: [ScoreboardCell]

  /// Every rule over all cells together.
  package var totals: [RuleScore] {
    let all = cells.flatMap(\.scores)
    var ids: [String] = []
    for score in all where !ids.contains(score.id) { ids.append(score.id) }
    return ids.compactMap { id in
      let own = all.filter { $0.id == id }
      guard let first = own.first else { return nil }
      let trials = own.reduce(0) { $0 + $1.ranks.count }
      return RuleScore(
        id: id, title: first.title, judgesNoise: first.judgesNoise, ranks: own.flatMap(\.ranks),
        exact: own.reduce(0) { $0 + $1.exact },
        meanExcess: own.reduce(0) { $0 + $1.meanExcess * Double($1.ranks.count) } / Double(max(1, trials)))
    }
  }
}

extension ScoreboardFinding {
  /// Draws and judges `seeds` matrices of every cell, one a core at a time.
  fileprivate init(
    cells: [(level: Scoreboard.Level, model: PlantedModel)], on planner: SolverPlanner, seed: UInt64, seeds: Int,
    _ control: WorkControl
  ) throws(ExperimentError) {
    var random = SeededGenerator(seed: seed)
    let jobs = cells.indices.flatMap { cell in (0..<seeds).map { _ in (cell: cell, seed: random.next()) } }
    // Workers that are parallel themselves want one BLAS thread each, which only a process that does nothing else may set.
    if planner.isAlone { BLASThreads.useOne() }
    defer { if planner.isAlone { BLASThreads.useAllCores() } }
    var single = planner
    single.threads = 1
    single.isAlone = false
    let trialPlanner = single
    let work = TrialResults(count: jobs.count)
    runInParallel(threads: min(planner.threads, jobs.count)) { _ in
      while let job = work.next(), !control.token.isCancelled {
        do throws(ExperimentError) {
          let trial = try PlantedTrial(
            cells[jobs[job].cell].model, seed: jobs[job].seed, planner: trialPlanner,
            control: WorkControl(token: control.token))
          control.report(work.keep(TrialOutcome(trial), of: job))
        } catch {
          work.fail(error)
        }
      }
    }
    if control.token.isCancelled { throw .cancelled }
    let outcomes = try work.outcomes()
    self.cells = cells.enumerated().map { index, cell in
      ScoreboardCell(
        level: cell.level, model: cell.model,
        outcomes: jobs.indices.filter { jobs[$0].cell == index }.map { outcomes[$0] })
    }
  }
}

/// What a trial leaves behind.
private struct TrialOutcome: Sendable {
  let scores: [(verdict: CourtVerdict, excess: Double)]
  let bestRank: Int
  let bestError: Double
  let shrinkageExcess: Double

  init(_ trial: PlantedTrial) {
    let curve = trial.curve
    scores = trial.verdicts.map { ($0, curve.excess(rank: $0.rank)) }
    bestRank = curve.bestRank
    bestError = curve.bestError
    shrinkageExcess = curve.shrinkageError - curve.bestError
  }
}

extension ScoreboardCell {
  /// Sums up `outcomes`, in the order of their seeds.
  fileprivate init(level: Scoreboard.Level, model: PlantedModel, outcomes: [TrialOutcome]) {
    self.level = level
    self.model = model
    let count = Double(max(1, outcomes.count))
    func mean(_ value: (TrialOutcome) -> Double) -> Double { outcomes.reduce(0) { $0 + value($1) } / count }
    meanBestRank = mean { Double($0.bestRank) }
    meanBestError = mean(\.bestError)
    meanShrinkageExcess = mean(\.shrinkageExcess)
    trials = outcomes.count
    scores = (outcomes.first?.scores ?? []).map { first in
      let own = outcomes.flatMap { $0.scores.filter { $0.verdict.id == first.verdict.id } }
      return RuleScore(
        id: first.verdict.id, title: first.verdict.title, judgesNoise: first.verdict.judgesNoise,
        ranks: own.map(\.verdict.rank), exact: own.count { $0.verdict.rank == model.rank },
        meanExcess: own.reduce(0) { $0 + $1.excess } / Double(max(1, own.count)))
    }
  }
}

/// What the workers share: the next job, and what came of those before.
private final class TrialResults: Sendable {
  private struct State {
    var next = 0
    var done = 0
    var outcomes: [TrialOutcome?]
    var failure: ExperimentError?
  }
  private let state: Mutex<State>

  init(count: Int) { state = Mutex(State(outcomes: Array(repeating: nil, count: count))) }

  /// A job that nobody has; nil once all are taken or one failed.
  func next() -> Int? {
    state.withLock { state in
      guard state.failure == nil, state.next < state.outcomes.count else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  /// Keeps what came of `job`; the fraction done.
  func keep(_ outcome: TrialOutcome, of job: Int) -> Double {
    state.withLock { state in
      state.outcomes[job] = outcome
      state.done += 1
      return Double(state.done) / Double(state.outcomes.count)
    }
  }

  func fail(_ error: ExperimentError) {
    state.withLock { state in if state.failure == nil { state.failure = error } }
  }

  /// Everything, once all workers are done.
  func outcomes() throws(ExperimentError) -> [TrialOutcome] {
    let (outcomes, failure) = state.withLock { ($0.outcomes, $0.failure) }
    if let failure { throw failure }
    return outcomes.compactMap { $0 }
  }
}
