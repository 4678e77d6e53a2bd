import Explorer
import LinearAlgebra
import MatrixFiles
import Testing
import TerminalUI

/// A planted matrix in memory, of 60 × 40, rank 3, and what is known of it; "hidden" tells nothing of it.
private struct PlantedFile: MatrixFile {
  let source: String
  let format = "memory"
  static let recipe = PlantedRecipe(shape: Shape(60, 40), rank: 3, noise: 0.4, seed: 5)

  var tensors: [TensorEntry] { [TensorEntry(name: nil, type: .f64, axes: [60, 40])] }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    let matrix = Matrix<Double>.planted(
      Self.recipe.shape, rank: Self.recipe.rank, noise: Self.recipe.noise, seed: Self.recipe.seed)
    var loaded = LoadedMatrix(matrix: DenseMatrix(matrix), entry: entry, summary: EntrySummary(matrix))
    if source == "planted" { loaded.planted = Self.recipe }
    return loaded
  }
}

@Suite("The court on the screen")
struct CourtPanelTests {
  private func session(_ source: String, _ columns: Int = 80, _ rows: Int = 24, _ display: Display = Display())
    -> ExplorerSession
  {
    var state = ExplorerState(size: ScreenSize(rows: rows, columns: columns), display: display, gallery: [])
    state.home = .overview
    let session = ExplorerSession(
      state, on: .immediate, opener: { source, _ in PlantedFile(source: source) }, wake: {})
    session.send(.open(source: source, tensor: nil))
    settle(session)
    return session
  }

  private func text(_ session: ExplorerSession) -> String { Screen(session.state).frame.text }

  @Test("every rule with its rank, the agreement, the true error and the shuffled copies")
  func planted() throws {
    let session = session("planted")
    try play("F9", session)
    let screen = text(session)
    #expect(screen.contains("8 rules look for a signal: median 3, middle half 3; s ≈ 0.4"))
    #expect(screen.contains("planted rank 3: least true error"))
    #expect(screen.contains("shuffled columns, 95th percentile of 20"))
    for word in ["noise rule", "noise edge", "ScreeNOT", "true error", "parameters", "agree", "▲", "─"] {
      #expect(screen.contains(word), "\(word) is missing")
    }
  }

  @Test("↑ ↓ choose a rule and leave the rank, ← → move the rank, u takes the chosen one’s")
  func keys() throws {
    let session = session("hidden")
    try play("F9 7 Enter", session)
    #expect(session.state.rank == 7)
    #expect(session.state.chosenVerdict?.id == "gavish_donoho")
    try play("Down Down", session)
    #expect(session.state.chosenVerdict?.id == "screenot" && session.state.rank == 7)
    try play("Right Right Left", session)
    #expect(session.state.rank == 8)
    try play("u", session)
    #expect(session.state.rank == 3)
    try play("Up*9", session)
    #expect(session.state.chosenVerdict?.id == "gavish_donoho")
    try play("Down*99", session)
    #expect(session.state.chosenVerdict?.id == session.state.courtFinding?.verdicts.last?.id)
  }

  @Test("Enter shows the reasons with this matrix’s numbers, Esc the list again")
  func reasons() throws {
    let session = session("planted")
    try play("F9 Down Enter", session)
    let screen = text(session)
    #expect(screen.contains("noise edge: rank 3"), "\(screen)")
    #expect(screen.contains("σᵢ > s(√m + √n) = "))
    #expect(screen.contains("it assumes even,"))
    #expect(screen.contains("u takes this rank"))
    try play("Esc", session)
    #expect(!session.state.court.isOpen && session.state.view == .court)
    #expect(text(session).contains("parameters"))
  }

  @Test("the noise that the user knows brings two rules")
  func knownNoise() throws {
    let session = session("hidden")
    try play("F9", session)
    #expect(session.state.courtFinding?.verdicts.contains { $0.id == "gavish_donoho_known_noise" } == false)
    command("noise 0.4", session)
    #expect(session.state.courtFinding?.noise == 0.4)
    #expect(session.state.courtFinding?.verdicts.contains { $0.id == "gavish_donoho_known_noise" } == true)
    command("noise -1", session)
    #expect(session.state.notice?.text.contains("no standard deviation") == true)
    command("noise unknown", session)
    #expect(session.state.courtFinding?.noise == nil)
  }

  @Test(
    "small and large screens, ASCII and braille, hold the list and nothing overflows",
    arguments: [(60, 16), (80, 24), (100, 30), (160, 50)], [GlyphSet.ascii, .unicode, .braille])
  func sizes(size: (Int, Int), glyphs: GlyphSet) throws {
    let session = session("planted", size.0, size.1, Display(glyphs: glyphs))
    try play("F9", session)
    let screen = text(session)
    #expect(screen.contains("noise rule") && screen.contains("rules look for a signal"))
    if glyphs == .ascii { #expect(screen.allSatisfy { $0.isASCII }) }
    try play("Enter", session)
    #expect(text(session).contains("noise rule: rank 3"))
  }

  @Test("as sentences")
  func sentences() throws {
    let session = session("planted")
    #expect(PlainText.court(session.state)[0].contains("view court"))
    try play("F9", session)
    let lines = PlainText.court(session.state)
    #expect(lines.contains { $0.hasPrefix("noise rule: rank 3, error ") })
    #expect(lines.contains { $0.hasPrefix("Planted rank 3: least true error ") })
    #expect(lines.allSatisfy { $0.hasSuffix(".") })
    #expect(PlainText.verdict(session.state, of: "screenot")[0].contains("Ψ(T) = −4"))
  }
}
