import Experiments
import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Reports
import Synchronization

/// `approximate` by a factorization that is not the truncated SVD.
struct FactorizationRun {
  let method: any FactorizationMethod
  let options: MethodOptions
  let input: MatrixArguments
  /// The rank that was asked for.
  let rank: Int
  let out: String

  /// Factors, measures, writes; the report, and below which error everything is rounding.
  func run(_ progress: ProgressLine) throws -> (report: FactorizationReport, errorFloor: Double) {
    let preparation = try input.preparation.preparation()
    // What goes through observed entries alone needs no word on the missing ones; means need every entry.
    let keepsMissing = method.takesMissing && preparation.centering == .none && preparation.scaling == .none
    let (prepared, readSeconds) = try input.load(progress, keepsMissing: keepsMissing)
    let matrix = prepared.loaded
    try matrix.requireEntries(source: input.file)
    let subject =
      matrix.content.product == nil
      ? FactorizationInput(matrix.matrix, summary: matrix.summary) : FactorizationInput(matrix.matrix)
    try ExperimentError.requireEntries(subject.shape)
    if let sentence = subject.refusal(ofRank: rank) { throw CommandFailure.usage(sentence) }

    BLASThreads.use(options.planner.threads)
    let clock = Stopwatch()
    let result = try factor(subject, progress)
    let seconds = clock.seconds
    progress.begin("measuring the error")
    let residual = try FactorResidual(
      of: result.factors, sparse: result.sparse, in: subject, control: progress.control())
    let alone = try result.sparse.map { _ in
      try FactorResidual(of: result.factors, in: subject, control: progress.control())
    }
    var optimum: (analysis: SpectrumAnalysis, decision: SolverDecision, seconds: Double)?
    if subject.isComplete { optimum = try Solving.spectrum(of: prepared, options.planner, progress) }

    progress.begin("writing \(printable(out, limit: 40))")
    let writeClock = Stopwatch()
    try Interruption.cancelling { token in
      try MatrixWriter.write(written(result, prepared, subject), to: out, control: progress.control(token))
    }
    let writeSeconds = writeClock.seconds
    progress.end()
    let report = FactorizationReport(
      source: input.file, prepared: prepared, preparation: preparation, target: ["rank": String(rank)],
      title: method.title, result: result, residual: residual, lowRank: alone, optimum: optimum?.analysis,
      output: out, outputBytes: fileSize(out),
      times: (seconds, optimum?.seconds ?? 0, readSeconds, writeSeconds))
    let epsilon = max(prepared.sourceEpsilon, matrix.content.worksInFloat ? Float.epsilon : Double.epsilon)
    let rounding = 8 * Double(matrix.shape.longSide).squareRoot() * epsilon
    return (report, optimum?.analysis.errorFloor ?? rounding)
  }

  private func factor(_ subject: FactorizationInput, _ progress: ProgressLine) throws -> Factorization {
    progress.begin("\(method.title) of \(subject.shape)")
    let norm = subject.summary.frobeniusNorm
    var shown = ContinuousClock.now
    return try method.factor(subject, options: options.options(rank: rank), control: progress.control()) { now in
      guard ContinuousClock.now - shown > .milliseconds(100) else { return }
      shown = .now
      let error = norm > 0 ? NumberFormat.percent(Bounded(now.error / norm)) : "0 %"
      progress.begin("\(method.title), iteration \(now.iteration), error \(error)")
    }
  }

  /// The factors with what belongs to them: of CUR the matrix between and the rows, of robust PCA the sparse part.
  private func written(
    _ result: Factorization, _ prepared: PreparedMatrix, _ subject: FactorizationInput
  ) -> WrittenApproximation {
    let factors = result.factors
    var written = prepared.written(
      LowRankApproximation(
        left: factors.left, right: factors.right, singularValues: Array(repeating: 0, count: factors.rank)))
    written.hasSingularValues = false
    if let middle = result.middle { written.matrices.append(("middle", middle)) }
    if let rows = result.chosenRows {
      let real = subject.matrix.selecting(rows: rows, columns: Array(0..<subject.shape.columns))
      written.matrices.append(("rows", real.columnMajor))
      written.indices.append(("row_indices", rows))
    }
    if let columns = result.chosenColumns { written.indices.append(("column_indices", columns)) }
    if let sparse = result.sparse { written.matrices.append(("sparse", sparse.columnMajor)) }
    return written
  }
}
