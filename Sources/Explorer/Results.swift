import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis

extension MatrixInfo {
  /// What `loaded`, read from `source`, is.
  package init(source: String, format: String, _ loaded: LoadedMatrix) {
    self.init(
      source: printable(source), tensor: loaded.entry.name.map { printable($0) }, format: format,
      shape: loaded.matrix.shape, type: loaded.entry.type,
      notes: loaded.notes, isPicture: loaded.isPicture, minimum: loaded.summary.minimum,
      maximum: loaded.summary.maximum)
  }
}

extension SolvedSpectrum {
  /// Solves for the singular values of `loaded` as planned, by the clock if `isTimed`, and asks every rule.
  package init(
    of loaded: LoadedMatrix, with chosen: (solver: any SVDSolver, plan: SolverPlan), isTimed: Bool = true,
    control: WorkControl
  ) throws(FactorizationError) {
    let start = monotonicSeconds()
    let spectrum = try chosen.solver.spectrum(
      of: loaded.matrix, summary: loaded.summary, sourceEpsilon: loaded.entry.type.epsilon, control: control)
    if control.token.isCancelled { throw .cancelled }
    self.init(spectrum, loaded: loaded, plan: chosen.plan, seconds: isTimed ? monotonicSeconds() - start : nil)
  }

  /// Everything that follows from `spectrum`.
  package init(_ spectrum: Spectrum, loaded: LoadedMatrix, plan: SolverPlan, seconds: Double?) {
    let type = loaded.entry.type
    let analysis = SpectrumAnalysis(spectrum)
    let costs = ParameterCosts(
      shape: spectrum.shape, sourceElementSize: type.size, factorElementSize: type.factorElementSize)
    let context = RuleContext(analysis: analysis, costs: costs)
    self.init(
      analysis: analysis, costs: costs, answers: RankRuleCatalog.all.compactMap { RuleAnswer($0, context) },
      method: plan.method, reason: plan.reason, seconds: seconds)
  }
}

extension RuleAnswer {
  /// What `rule` answers, with the formula in this matrix's numbers.
  init?(_ rule: any RankRule, _ context: RuleContext) {
    guard let answer = rule.answer(context) else { return nil }
    self.init(
      id: rule.id, title: rule.title, summary: rule.summary, explanation: rule.explanation(context, answer),
      rank: answer.rank,
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
    let loaded = try file.read(try file.tensor(named: nil), control: control)
    let chosen = try SolverPlanner.plan(SolveRequest(loaded.matrix, .values))
    spectrum = try SolvedSpectrum(of: loaded, with: chosen, control: control)
    picture = try pooledPicture(of: loaded.matrix, grid: Self.grid(loaded.matrix.shape), control: control)
    info = MatrixInfo(source: source, format: file.format, loaded)
  }
}
