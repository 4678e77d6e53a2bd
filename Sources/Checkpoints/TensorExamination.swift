import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis

/// Reads one tensor and finds out what a scan tells of it.
///
/// The matrix is in memory once while its singular values are computed, and once beside a shuffled copy for a moment
/// after.
struct TensorExamination: Sendable {
  /// Where the tensor is.
  let file: any MatrixFile
  /// Computes the singular values, exactly.
  let planner: SolverPlanner
  /// Decides the shuffled copies; nil makes none.
  let seed: UInt64?

  /// What is found of `entry`.
  ///
  /// - Throws: what reading and solving throw. Entries that are not finite are counted instead: such a matrix has no
  ///   spectrum.
  func findings(of entry: TensorEntry, control: WorkControl) throws(TensorFailure) -> TensorFindings {
    let clock = ContinuousClock.now
    var findings = try examined(entry, control)
    findings.seconds = (ContinuousClock.now - clock) / .seconds(1)
    return findings
  }

  private func examined(_ entry: TensorEntry, _ control: WorkControl) throws(TensorFailure) -> TensorFindings {
    let missing: MissingCells
    switch read(entry, control) {
    // Nobody holds the matrix beyond its own examination.
    case .success(let loaded): return try examined(loaded, entry, control)
    case .failure(.missingValues(_, _, let cells)): missing = cells
    case .failure(let error): throw .file(error)
    }
    var findings = TensorFindings(entry, shape: entry.matrixShape ?? Shape(0, 0))
    findings.nonfinite = missing.count
    findings.zeroRows = try zeroRowsBesideMissing(entry, missing, control)
    return findings
  }

  private func read(_ entry: TensorEntry, _ control: WorkControl) -> Result<LoadedMatrix, FileError> {
    do throws(FileError) {
      return .success(try file.read(entry, options: ReadOptions(), control: control))
    } catch {
      return .failure(error)
    }
  }

  /// The zero rows of a matrix with entries that are not finite: they are among the rows that have none.
  private func zeroRowsBesideMissing(
    _ entry: TensorEntry, _ cells: MissingCells, _ control: WorkControl
  ) throws(TensorFailure) -> Int {
    guard cells.rows < cells.allRows else { return 0 }
    do throws(FileError) {
      return try file.read(entry, options: ReadOptions(missing: .dropRows), control: control).matrix.zeroRowCount
    } catch {
      throw .file(error)
    }
  }

  private func examined(
    _ loaded: consuming LoadedMatrix, _ entry: TensorEntry, _ control: WorkControl
  ) throws(TensorFailure) -> TensorFindings {
    let magnitude = loaded.summary.largestMagnitude
    var findings = TensorFindings(entry, shape: loaded.shape)
    findings.zeroRows = loaded.content.zeroRowCount
    do throws(FactorizationError) {
      let (context, copy) = try solved(loaded, control)
      let spectrum = context.analysis.spectrum
      var edge: Double?
      if let copy, let seed {
        edge = try LargestValue.of(copy, largestMagnitude: magnitude, seed: seed, control: control) { range in
          spectrum.count(above: range.lowerBound) == spectrum.count(above: range.upperBound)
        }
      }
      findings.fill(from: context, edge: edge)
      return findings
    } catch {
      throw .factorization(error)
    }
  }

  /// The read-outs of the spectrum, and a shuffled copy of the entries if one is wanted; none of a product of thin factors,
  /// which is never formed.
  private func solved(
    _ loaded: consuming LoadedMatrix, _ control: WorkControl
  ) throws(FactorizationError) -> (RuleContext, AnyMatrix?) {
    let prepared = PreparedMatrix(loaded)
    let spectrum = try planner.spectrum(of: prepared.solveInput, control: control).0
    let context = RuleContext(analysis: SpectrumAnalysis(spectrum), costs: ParameterCosts(prepared))
    guard let seed, prepared.loaded.content.product == nil else { return (context, nil) }
    return (context, prepared.loaded.matrix.storage.shuffled(seed: seed))
  }
}

extension Spectrum {
  /// How many σ exceed `cut`.
  fileprivate func count(above cut: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] > cut { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension TensorFindings {
  /// What the header of `entry` tells; nothing is found yet.
  init(_ entry: TensorEntry, shape: Shape) {
    self.init(
      name: entry.name ?? "", rows: shape.rows, columns: shape.columns, dtype: entry.type.rawValue,
      parameters: entry.parameters, ranks: [:], thresholds: [:],
      measures: Measures(spectralNorm: 0, frobeniusNorm: 0),
      breakEvenRank: ParameterCosts(
        shape: shape, sourceElementSize: entry.type.bytesPerElement, factorElementSize: entry.type.factorElementSize
      ).breakEvenRank, nonfinite: 0, zeroRows: 0, seconds: 0, profile: [])
  }

  /// Ranks, thresholds and measures of an exact spectrum, by the ids of the rules; `edge` is σ₁ of the shuffled copy, where
  /// there is one.
  fileprivate mutating func fill(from context: RuleContext, edge: Double?) {
    let (analysis, spectrum) = (context.analysis, context.analysis.spectrum)
    let rules: [any RankRule] = RankRuleCatalog.all + (edge.map { [ShuffledRule(edge: $0)] } ?? [])
    // A parameter budget looks at the shape alone.
    for rule in rules where !(rule is ParameterRule) {
      guard let answer = rule.answer(context) else { continue }
      ranks[rule.id] = answer.rank
      thresholds[rule.id] = answer.threshold
    }
    measures.spectralNorm = spectrum.largest
    // JSON has no word for a norm beyond f64.
    measures.frobeniusNorm = min(spectrum.frobeniusNorm, .greatestFiniteMagnitude)
    measures.stableRank = analysis.stableRank?.lower
    measures.effectiveRank = analysis.effectiveRank?.lower
    measures.participationRatio = analysis.participationRatio?.lower
    if breakEvenRank > 0 {
      measures.errorAtBreakEven = analysis.tailEnergies[breakEvenRank].squareRoot()
      // The zeros of a zero matrix are no rounding.
      measures.errorFloor = spectrum.largest > 0 ? analysis.errorFloor : 0
    }
    if let law = analysis.powerLaw {
      measures.alpha = law.exponent
      measures.alphaStandardError = law.standardError
      measures.alphaTail = law.tail
      measures.alphaKS = law.distance
    }
    profile = Self.profile(of: spectrum)
  }

  /// σ_i/σ₁ at the first i of each of ``profileCount`` even parts of 1 … p, to four digits.
  private static func profile(of spectrum: Spectrum) -> [Float] {
    let largest = spectrum.largest
    guard largest > 0 else { return [] }
    let count = min(profileCount, spectrum.count)
    return (0..<count).map { fourDigits(spectrum.values[$0 * spectrum.count / count] / largest) }
  }

  /// `value`, 0 … 1, to four significant digits.
  private static func fourDigits(_ value: Double) -> Float {
    guard value > 1e-30 else { return 0 }
    var scale = 1.0
    while value * scale < 1000 { scale *= 10 }
    return Float((value * scale).rounded() / scale)
  }
}
