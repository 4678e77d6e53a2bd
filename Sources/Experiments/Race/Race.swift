import Factorizations
import LinearAlgebra

/// Every method that can take the matrix, one after the other at the same rank, against the Eckart–Young bound.
///
/// Source of the bound: Eckart & Young, Psychometrika 1 (1936), 211–218.
package struct Race: Experiment {
  /// k.
  package let rank: Int
  /// What decides the random starts.
  package let seed: UInt64
  /// The most iterations of a method.
  package let iterations: Int
  /// The seconds after which a method begins no iteration, where time counts.
  package let secondsLimit: Double
  /// The methods by their identifiers; nil for all of the catalog.
  package let methods: [String]?

  /// A race at `rank`.
  package init(
    rank: Int, seed: UInt64 = 1, iterations: Int = 100, secondsLimit: Double = 20, methods: [String]? = nil
  ) {
    self.rank = rank
    self.seed = seed
    self.iterations = iterations
    self.secondsLimit = secondsLimit
    self.methods = methods
  }

  package func run(
    on subject: ExperimentSubject, control: WorkControl, report: (RaceFinding) -> Void
  ) throws(ExperimentError) -> RaceFinding {
    let loaded = subject.prepared.loaded
    // A product's summary only bounds its entries.
    let input =
      loaded.content.product == nil
      ? FactorizationInput(loaded.matrix, summary: loaded.summary) : FactorizationInput(loaded.matrix)
    guard rank > 0 else {
      throw .refused("At rank 0 there is nothing to factor: move the slider to a rank of 1 or more.")
    }
    if let sentence = input.refusal(ofRank: rank) { throw .refused(sentence.sentenceCase + ".") }
    guard let analysis = subject.analysis, input.summary.frobeniusNorm > 0 else {
      throw .refused("A matrix of zeros is the product of any two factors of zeros: there is nothing to race for.")
    }
    let all = FactorizationCatalog.all.filter { methods?.contains($0.id) ?? true }
    let racing = all.filter { $0.raceExclusion == nil }
    let error = analysis.relativeFrobeniusError(rank: rank)
    var finding = RaceFinding(
      rank: rank, seed: seed, isTimed: subject.isTimed, bound: error.middle,
      slack: analysis.errorFloor + (error.upper - error.lower), lanes: racing.map(RaceLane.init),
      excluded: all.compactMap { method in method.raceExclusion.map { RaceExclusion(title: method.title, reason: $0) } }
        + [Self.completion])
    // Those that a cancel cannot stop soon come last: who moves the slider on is not kept by them.
    let order = racing.indices.filter { racing[$0].stopsSoon } + racing.indices.filter { !racing[$0].stopsSoon }
    for (turn, lane) in order.enumerated() {
      let method = racing[lane]
      if let sentence = method.refusal(of: input, rank: rank) {
        finding.lanes[lane].phase = .refused(sentence)
        continue
      }
      finding.lanes[lane].phase = .running
      report(finding)
      let share = 1 / Double(racing.count)
      let part = control.part(Double(turn) * share..<Double(turn + 1) * share)
      do throws(FactorizationError) {
        let norm = input.summary.frobeniusNorm
        let result = try method.factor(input, options: options(isTimed: subject.isTimed), control: part) { progress in
          finding.lanes[lane].points.append(RacePoint(progress, norm: norm, isTimed: subject.isTimed))
          report(finding)
        }
        finding.lanes[lane].take(result, norm: norm, isTimed: subject.isTimed)
      } catch {
        guard error != .cancelled else { throw .cancelled }
        finding.lanes[lane].phase = .refused(error.description)
      }
      report(finding)
    }
    return finding
  }

  private func options(isTimed: Bool) -> FactorizationOptions {
    var options = FactorizationOptions(rank: rank)
    options.seed = seed
    options.iterations = iterations
    options.secondsLimit = isTimed ? secondsLimit : nil
    return options
  }

  /// What no method of the catalog does unless entries are missing.
  private static let completion = RaceExclusion(
    title: "alternating least squares over the entries that are there",
    reason: "its error leaves out what is missing, so that it may lie below the bound for all entries")
}

extension RacePoint {
  init(_ progress: FactorizationProgress, norm: Double, isTimed: Bool) {
    self.init(
      iteration: progress.iteration, seconds: isTimed ? progress.seconds : 0, error: progress.error / norm,
      stepSize: progress.stepSize)
  }
}

extension RaceLane {
  /// The last point is that of the result, whose error was measured from every entry.
  fileprivate mutating func take(_ result: Factorization, norm: Double, isTimed: Bool) {
    let last = RacePoint(result.progress, norm: norm, isTimed: isTimed)
    if points.last?.iteration == last.iteration { points.removeLast() }
    points.append(last)
    parameterCount = result.parameterCount
    parameterSentence = result.parameterSentence
    phase = .finished(result.end)
  }
}

extension String {
  /// With a capital at the start.
  fileprivate var sentenceCase: String { prefix(1).uppercased() + dropFirst() }
}
