@testable import Checkpoints
import Factorizations
import LinearAlgebra
import MatrixFiles
import MatrixSources
import Testing

@Suite("Findings of a tensor")
struct FindingsTests {
  private func find(_ file: any MatrixFile, _ index: Int = 0) throws -> TensorFindings {
    try TensorExamination(file: file, planner: SolverPlanner(threads: 1), seed: 0)
      .findings(of: file.tensors[index], control: WorkControl())
  }

  @Test("diag(2, 1, 1) has the figures of the formulas")
  func diagonal() throws {
    let findings = try find(
      MadeFile(["d": Matrix<Float>(rows: [[2, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]])]))
    #expect((findings.name, findings.rows, findings.columns, findings.dtype) == ("d", 4, 3, "f32"))
    #expect(findings.parameters == 12 && findings.zeroRows == 1 && findings.nonfinite == 0)
    #expect(findings.breakEvenRank == 1)
    let measures = findings.measures
    #expect(abs(measures.spectralNorm - 2) < 1e-6 && abs(measures.frobeniusNorm - 6.0.squareRoot()) < 1e-6)
    #expect(abs((measures.stableRank ?? 0) - 1.5) < 1e-6)
    #expect(abs((measures.participationRatio ?? 0) - 2) < 1e-6)
    #expect(abs((measures.errorAtBreakEven ?? 0) - (1.0 / 3).squareRoot()) < 1e-6)
    #expect(measures.alpha == nil)
    #expect(findings.ranks["energy_90"] == 3 && findings.ranks["numerical"] == 3)
    #expect(findings.profile == [1, 0.5, 0.5])
    #expect(findings.tenPercentRatio == 3)
  }

  @Test("a planted part stands above the shuffled copy, noise does not")
  func shuffled() throws {
    var planted = noise(120, 80)
    for i in 0..<120 { for j in 0..<80 { planted[i, j] += 4 * Float((i % 2) * 2 - 1) * Float((j % 3) - 1) } }
    let findings = try find(MadeFile(["planted": planted, "noise": noise(120, 80)]))
    #expect(findings.ranks["shuffled"] == 1)
    let edge = try #require(findings.thresholds["shuffled"])
    #expect(edge > 0 && edge < findings.measures.spectralNorm)
    let plain = try find(MadeFile(["noise": noise(120, 80)]))
    #expect((plain.ranks["shuffled"] ?? 99) <= 3)
    let expected = 120.0.squareRoot() + 80.0.squareRoot()
    #expect(abs((plain.thresholds["shuffled"] ?? 0) / expected - 1) < 0.1)
  }

  @Test("entries that are not finite are counted, and nothing else is said")
  func nonfinite() throws {
    let scratch = try Scratch()
    let path = try scratch.write("a.npy", rows: [[1, .nan, 2], [0, 0, 0], [3, .infinity, -.infinity], [1, 2, 3]])
    let findings = try find(SourceOpener.open(path))
    #expect(findings.nonfinite == 3 && findings.zeroRows == 1)
    #expect(findings.ranks.isEmpty && findings.profile.isEmpty && findings.measures.stableRank == nil)
    #expect(!findings.hasSpectrum && findings.breakEvenRank == 1)
    let all = try scratch.write("b.npy", rows: [[.nan, 1], [2, .nan]])
    let both = try find(SourceOpener.open(all))
    #expect(both.nonfinite == 2)
  }

  @Test("zero and empty matrices have no measures")
  func zero() throws {
    for shape in [Shape(5, 4), Shape(0, 4), Shape(3, 0)] {
      let findings = try find(MadeFile(["z": Matrix<Float>(zeros: shape)]))
      #expect(findings.measures.stableRank == nil && findings.profile.isEmpty)
      #expect(findings.ranks["energy_99"] == 0 && findings.ranks["shuffled"] == 0)
      #expect(findings.zeroRows == shape.rows)
    }
  }

  @Test("a break-even rank of 0 has no error")
  func small() throws {
    let findings = try find(MadeFile(["a": Matrix<Float>(rows: [[1, 2], [3, 5]])]))
    #expect(findings.breakEvenRank == 0 && findings.measures.errorAtBreakEven == nil && findings.hasSpectrum)
  }

  @Test("an error that is rounding is written as less than its floor, as spectrum does; a zero matrix has 0 %")
  func rounding() throws {
    let (a, b) = (noise(60, 1), noise(1, 50, seed: 2))
    let findings = try find(MadeFile(["a": Matrix<Float>(Shape(60, 50)) { a[$0, 0] * b[0, $1] }]))
    let (error, floor) = (findings.measures.errorAtBreakEven ?? 1, findings.measures.errorFloor ?? 0)
    #expect(error < floor && floor < 1e-5)
    let text = ScanColumnCatalog.column("error_at_break_even")?
      .text(TensorEntry(name: "a", type: .f32, axes: [60, 50]), findings)
    // 8·√60·2⁻²³
    #expect(text == "<0.00074 %")
    let zero = try find(MadeFile(["z": Matrix<Float>(zeros: Shape(60, 50))]))
    #expect(BreakEvenError.text(zero.measures) == "0 %")
  }

  @Test("equal seeds find the same")
  func seeded() throws {
    let file = MadeFile(["a": noise(70, 60)])
    var (one, other) = (try find(file), try find(file))
    one.seconds = 0
    other.seconds = 0
    #expect(one == other)
  }
}
