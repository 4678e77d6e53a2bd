import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis

extension SolvedSpectrum {
  /// Solves for the singular values of `prepared` as `planner` decides, by the clock if `isTimed`, and asks every rule.
  package init(
    of prepared: PreparedMatrix, with planner: SolverPlanner, isTimed: Bool = true, control: WorkControl
  ) throws(FactorizationError) {
    let start = monotonicSeconds()
    let (spectrum, decision) = try planner.spectrum(of: prepared.solveInput, control: control)
    if control.token.isCancelled { throw .cancelled }
    self.init(
      spectrum, costs: ParameterCosts(prepared), decision: decision,
      seconds: isTimed ? monotonicSeconds() - start : nil)
  }

  /// Everything that follows from `spectrum`.
  package init(_ spectrum: Spectrum, costs: ParameterCosts, decision: SolverDecision, seconds: Double?) {
    self.init(
      spectrum, costs: costs, method: decision.plan.title, reason: decision.reason, seconds: seconds, leadingCount: nil)
  }

  /// What follows from the bounds that `method` found from the leading `leadingCount` triplets.
  package init(
    preview spectrum: Spectrum, costs: ParameterCosts, method: String, reason: String, seconds: Double?,
    leadingCount: Int
  ) {
    let (count, all) = (NumberFormat.grouped(leadingCount), NumberFormat.grouped(spectrum.count))
    self.init(
      spectrum, costs: costs, method: "\(method), \(count) of \(all) triplets", reason: reason, seconds: seconds,
      leadingCount: leadingCount)
  }

  private init(
    _ spectrum: Spectrum, costs: ParameterCosts, method: String, reason: String, seconds: Double?, leadingCount: Int?
  ) {
    let analysis = SpectrumAnalysis(spectrum)
    let context = RuleContext(analysis: analysis, costs: costs)
    self.init(
      analysis: analysis, costs: costs, answers: RankRuleCatalog.all.compactMap { RuleAnswer($0, context) },
      openRules: analysis.isExact
        ? []
        : RankRuleCatalog.all.filter { $0.answer(context) == nil }.map {
          OpenRule(title: $0.title, summary: $0.summary)
        },
      method: method, reason: reason, seconds: seconds, leadingCount: leadingCount,
      shownValues: analysis.isExact ? nil : Self.axis(of: spectrum))
  }

  /// From the largest value that there may be to what a tail below the last bound may reach: the exact values will lie
  /// there, so the axis can stay when they land.
  private static func axis(of spectrum: Spectrum) -> ClosedRange<Double>? {
    guard let largest = spectrum.upper.first, let last = spectrum.upper.last, largest > 0 else { return nil }
    let least = max(last / 30, spectrum.floorValue, .leastNormalMagnitude)
    return min(least, largest)...largest
  }
}

extension SolvedSpectrum {
  /// The same with the answer of `rule`, in the place of an earlier one of that name.
  func answered(by rule: any RankRule) -> SolvedSpectrum {
    guard let answer = RuleAnswer(rule, RuleContext(analysis: analysis, costs: costs)) else { return self }
    var result = self
    if let index = answers.firstIndex(where: { $0.id == rule.id }) {
      result.answers[index] = answer
    } else {
      result.answers.append(answer)
    }
    return result
  }

  /// The same without the answer of the rule called `id`.
  func unanswered(by id: String) -> SolvedSpectrum {
    var result = self
    result.answers.removeAll { $0.id == id }
    return result
  }
}

extension RuleAnswer {
  /// What `rule` answers, with the formula in this matrix's numbers.
  init?(_ rule: any RankRule, _ context: RuleContext) {
    guard let answer = rule.answer(context) else { return nil }
    self.init(
      id: rule.id, title: rule.title, summary: rule.summary, explanation: rule.explanation(context, answer),
      ranks: answer.ranks,
      isProminent: rule.isProminent)
  }
}

extension TensorEntry {
  /// The tensor's name, safe to draw.
  package var printableName: String { name.map { printable($0) } ?? "(unnamed)" }
}

extension GalleryPreview {
  /// The pixels of a preview's picture: square ones, at most 40 × 48.
  private static func grid(_ shape: Shape) -> PictureGrid {
    let scale = min(40 / Double(max(1, shape.rows)), 48 / Double(max(1, shape.columns)))
    return PictureGrid(
      rows: max(2, Int((Double(shape.rows) * scale / 2).rounded()) * 2),
      columns: max(1, Int((Double(shape.columns) * scale).rounded())))
  }

  /// Reads and solves the gallery matrix that `source` names.
  init(source: String, opener: ComputeQueue.MatrixOpener, control: WorkControl) throws {
    let file = try opener(source, control)
    let prepared = PreparedMatrix(try file.read(try file.tensor(named: nil), control: control))
    let entries = prepared.loaded.content.entries
    spectrum = try SolvedSpectrum(of: prepared, with: SolverPlanner(), control: control)
    picture = try pooledPicture(of: entries, grid: Self.grid(entries.shape), control: control)
    info = try MatrixInfo(source: source, format: file.format, prepared, control: control)
  }
}
