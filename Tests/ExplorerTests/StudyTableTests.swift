import Experiments
import Explorer
import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Testing
import TerminalUI

/// A matrix in memory, as it is given.
private struct DenseFile: MatrixFile {
  let source: String
  let format = "memory"
  let matrix: DenseMatrix
  let type: ElementType

  var tensors: [TensorEntry] {
    [TensorEntry(name: nil, type: type, axes: [matrix.shape.rows, matrix.shape.columns])]
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    LoadedMatrix(matrix: matrix, entry: entry, summary: EntrySummary(matrix.storage))
  }
}

/// 30 × 20, of rank 2 but for rounding: of smooth rows, so that a σ is noise to some rules.
private let rankTwo = Matrix<Double>(Shape(30, 20)) { i, j in
  Double((i * 7) % 11 - 5) * Double((j * 5) % 7 - 3) / 3 + Double((i * 3) % 13 - 6) * Double((j * 11) % 17 - 8) / 7
}

@Suite("Tables of experiments on the screen")
struct StudyTableTests {
  private func session(
    _ matrix: DenseMatrix, _ type: ElementType, _ columns: Int, _ rows: Int, _ display: Display = Display()
  ) -> ExplorerSession {
    var state = ExplorerState(size: ScreenSize(rows: rows, columns: columns), display: display, gallery: [])
    state.home = .overview
    let session = ExplorerSession(
      state, on: .immediate, opener: { source, _ in DenseFile(source: source, matrix: matrix, type: type) }, wake: {})
    session.send(.open(source: "matrix", tensor: nil))
    settle(session)
    return session
  }

  @Test(
    "the court's ranks stand beside errors of any length", arguments: [(80, 24), (100, 30), (160, 50)],
    [(false, GlyphSet.ascii), (false, .braille), (true, .ascii), (true, .braille)])
  func ranks(size: (Int, Int), stored: (isSingle: Bool, glyphs: GlyphSet)) throws {
    let (isSingle, glyphs) = stored
    let single = Matrix<Float>(rankTwo.shape) { i, j in Float(rankTwo[i, j]) }
    let session = session(
      isSingle ? DenseMatrix(single) : DenseMatrix(rankTwo), isSingle ? .f32 : .f64, size.0, size.1,
      Display(glyphs: glyphs))
    try play("F9", session)
    let verdicts = try #require(session.state.courtFinding).verdicts
    let result = try #require(session.state.spectrum)
    #expect(verdicts.contains { result.analysis.errorText(rank: $0.rank).count > 8 })
    let lines = Screen(session.state).frame.text.split(separator: "\n").map(String.init)
    let heading = try #require(lines.last { $0.contains("rank ") && $0.contains("error") })
    #expect(heading.contains("parameters"))
    var seen = 0
    for verdict in verdicts {
      guard let line = lines.last(where: { $0.dropFirst(3).hasPrefix(verdict.title + " ") }) else { continue }
      seen += 1
      let cells = line.dropFirst(3 + verdict.title.count).split(separator: " ").map(String.init)
      #expect(cells.first == NumberFormat.grouped(verdict.rank), "\(line)")
      let error = result.analysis.errorText(rank: verdict.rank)
      let drawn = glyphs == .ascii ? spelledInASCII(error) : error
      #expect(line.contains(" " + drawn + " "), "\(line)")
    }
    #expect(seen >= 5)
  }

  @Test("errors that are zero have a row of their own under the last decade", arguments: [GlyphSet.ascii, .braille])
  func zeros(glyphs: GlyphSet) throws {
    for size in [(80, 24), (160, 50)] {
      let session = session(DenseMatrix(rankTwo), .f64, size.0, size.1, Display(glyphs: glyphs))
      try play("F8", session)
      let text = Screen(session.state).frame.text
      #expect(text.split(separator: "\n").contains { $0.hasPrefix("      0 ") }, "\(text)")
      // Nothing is noise here, and nobody says so.
      #expect(!text.contains("follows noise"))
      #expect(text.contains("only rounding is left"), "\(text)")
    }
  }

  @Test("a matrix of zeros has no curves, but a sentence")
  func zero() throws {
    let session = makeSession("zero")
    try play("F8", session)
    let text = Screen(session.state).frame.text
    #expect(text.contains("every entry is zero") && !text.contains("follows noise") && text.contains("k 0"))
    #expect(!PlainText.validation(session.state).joined().contains("follows noise"))
  }

  @Test("a race's reasons are whole sentences, and say which entry is in the way")
  func reasons() throws {
    let session = session(DenseMatrix(rankTwo), .f64, 80, 24)
    try play("F12 2 Enter", session)
    let text = Screen(session.state).frame.text
    let finding = try #require(session.state.finding(RaceFinding.self, of: .race))
    #expect(finding.lanes.contains { if case .refused = $0.phase { true } else { false } })
    #expect(text.contains("needs entries that are not negative: row "))
    #expect(text.contains(", column "))
    let outside = try #require(text.range(of: "Outside: "))
    let rest = text[outside.lowerBound...].split(separator: "\n").dropLast(2)
    #expect(rest.last(where: { !$0.contains("●") })?.hasSuffix(".") == true, "\(rest)")
    for excluded in finding.excluded { #expect(text.contains("Outside: \(excluded.title):")) }
  }

  @Test("quartiles stand beside the medians of products where there is room")
  func spread() throws {
    let session = session(DenseMatrix(rankTwo), .f64, 160, 50)
    try play("F10", session)
    var state = session.state
    let loaded = try DenseFile(source: "matrix", matrix: DenseMatrix(rankTwo), type: .f64).read(
      TensorEntry(name: nil, type: .f64, axes: [30, 20]), options: ReadOptions(), control: WorkControl())
    let prepared = PreparedMatrix(loaded)
    let svd = try SolverPlanner().thinSVD(of: prepared.solveInput, control: WorkControl()).0
    let subject = ExperimentSubject(prepared, analysis: state.spectrum?.analysis, svd: svd)
    let finding = try SpeedExperiment(rank: state.rank, seconds: 0.001).run(on: subject, control: WorkControl()) { _ in
    }
    state.studies[.speed]?.finding = finding
    let text = Screen(state).frame.text
    for batch in finding.batches {
      let speed = try #require(batch.speed(at: state.rank)?.times).speedup
      #expect(text.contains(speed.ratioText), "\(text)")
    }
    state.size = ScreenSize(rows: 24, columns: 80)
    let small = Screen(state).frame.text
    let isWide = finding.batches.contains { batch in
      guard let spread = batch.speed(at: state.rank)?.times?.speedup else { return false }
      return spread.upperQuartile - spread.lowerQuartile > 0.25 * spread.median
    }
    #expect(!isWide || small.contains("~ spread over 25 %") || small.contains("~ half the timings spread over 25 %"))
  }
}
