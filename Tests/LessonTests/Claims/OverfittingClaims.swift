import Experiments
import LinearAlgebra
import MatrixFiles
import Preparation
import Synchronization
import Testing

extension LessonClaims {
  private static let planted = "gallery:planted,rows=120,columns=80,rank=4,noise="

  private static let findings = Mutex<[String: ValidationFinding]>([:])

  /// What held-out blocks, or rows, say of `source`.
  private static func validate<Trial: Experiment>(_ source: String, by trial: Trial) throws -> ValidationFinding
  where Trial.Finding == ValidationFinding {
    let name = "\(source) \(trial)"
    if let known = findings.withLock({ $0[name] }) { return known }
    let matrix = try Numbers.matrix(source)
    let entry = TensorEntry(name: nil, type: .f64, axes: [matrix.rows, matrix.columns])
    let loaded = LoadedMatrix(matrix: DenseMatrix(matrix), entry: entry, summary: EntrySummary(matrix))
    let finding = try trial.run(on: ExperimentSubject(PreparedMatrix(loaded)), control: WorkControl()) { _ in }
    findings.withLock { $0[name] = finding }
    return finding
  }

  static let overfitting = LessonClaims(
    lesson: "overfitting",
    claims: [
      Claim("planted", "noise that is about as strong as all four together") {
        let signal = try Numbers.matrix(planted + "0")
        let noise = try Numbers.matrix(planted + "1").difference(signal)
        try #require(abs(noise.norm / signal.norm - 1) < 0.06)
        return []
      },
      Claim("planted", "It falls at every single k.") {
        let values = try Numbers.values(planted + "1")
        try #require(values.allSatisfy { $0 > 0 })
        return []
      },
      Claim("rows", "It falls, too.") {
        let errors = try validate(planted + "1", by: HeldOutRows()).errors
        try #require(zip(errors, errors.dropFirst()).allSatisfy { $0 > $1 })
        return []
      },
      Claim("rows", "§ directions at most, and there the view ends; with all … nothing would be left of any row") {
        let finding = try validate(planted + "1", by: HeldOutRows())
        let all = try Numbers.svd(of: Numbers.matrix("gallery:noise,rows=120,columns=80")).right
        let row = try Numbers.matrix(planted + "1").leadingRows(1)
        let projected = row.multiplied(by: all, transposeRight: true).multiplied(by: all)
        try #require(projected.distance(to: row) < 1e-12 * row.norm)
        return ["\(finding.ranks.last ?? 0)"]
      },
      Claim("blocks", "At §, the planted rank") {
        ["\(try validate(planted + "1", by: BiCrossValidation()).rank ?? -1)"]
      },
      Claim("blocks", "all § entries") { [decimals(Double(try Numbers.matrix(planted + "1").shape.count))] },
      Claim("pure-noise", "At §.\nAt 1: the first") {
        let finding = try validate("gallery:noise,rows=120,columns=80", by: BiCrossValidation())
        try #require(zip(finding.errors, finding.errors.dropFirst()).allSatisfy { $0 < $1 })
        return ["\(finding.rank ?? -1)"]
      },
      Claim("weak", "It is least at §:") {
        ["\(try validate(planted + "4", by: BiCrossValidation()).rank ?? -1)"]
      },
      Claim("real", "About 85.") {
        let best = try validate("sample:camera", by: BiCrossValidation()).rank ?? 0
        try #require(abs(best - 85) <= 8, "the least is at \(best)")
        return []
      },
      Claim("real", "miss about § at rank 21, § at 85, and about § at 255") {
        let finding = try validate("sample:camera", by: BiCrossValidation())
        return [21, 85, 255].map { percent(finding.relativeError(at: $0)) }
      },
      Claim("real", "Between 60 and 120 the curve is nearly flat") {
        let finding = try validate("sample:camera", by: BiCrossValidation())
        let errors = (60...120).map { finding.relativeError(at: $0) }
        try #require((errors.max() ?? 1) - (errors.min() ?? 0) < 0.006)
        return []
      },
    ],
    given: [
      ("planted", "The signal has rank 4"), ("planted", "… at k = 4, … at 20, … at 40, and 0 at …"),
      ("planted", "It falls to k = 4 and stays"), ("planted", "It falls to k = 4 and rises"), ("perfect", "A to 10 %"),
      ("perfect", "down to 10 %"), ("perfect", "of which 4 layers"), ("rows", "grows beyond 4"),
      ("blocks", "At 0: noise as strong"), ("pure-noise", "keeps 90 % of the energy"),
      ("pure-noise", "At 1: the first"), ("pure-noise", "At about 10, where"), ("weak", "their rank is still 4"),
      ("weak", "4, the true one"), ("weak", "Less than 4."), ("weak", "More than 4"), ("real", "of lesson 2"),
      ("real", "to 10 %, … to 1 %"),
      ("real", "About 20: the rest"),
    ])
}
