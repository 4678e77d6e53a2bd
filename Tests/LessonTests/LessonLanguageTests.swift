import Testing

@testable import Explorer
@testable import Lessons

@Suite("The language of conditions")
struct LessonExpressionTests {
  /// A state of the 8 × 6 identity at rank 2.
  private func state() throws -> ExplorerState {
    let room = try Classroom("edges")
    room.session.send(.run("open gallery:identity,rows=8,columns=6"))
    while room.session.takeResults() || !room.session.isIdle {}
    room.session.send(.setRank(2))
    return room.session.state
  }

  @Test(
    "numbers, names, ranks and arithmetic come to what they should",
    arguments: [
      ("2 + 3 * 4", 14), ("(2 + 3) * 4", 20), ("7 - 2 - 1", 4), ("-rank + 1", -1), ("50 %", 0.5), ("1e-1 * 10", 1),
      ("rank", 2), ("full_rank", 6), ("rows * columns", 48), ("parameters", 28), ("parameters at 3", 42),
      ("degrees_of_freedom at 6", 48), ("energy", 1.0 / 3), ("energy at 3", 0.5), ("1 - energy at full_rank / 4", 0.75),
      ("energy at (full_rank / 2)", 0.5), ("stable_rank", 6), ("rank_of numerical", 6), ("break_even", 3),
      ("sigma at 6", 1), ("condition at 6", 1), ("spectral_error at 3", 1),
    ] as [(String, Double)])
  func numbers(text: String, value: Double) throws {
    let found = try ExpressionParser.parse(text, as: .number).value(in: state())?.number
    #expect(abs(try #require(found) - value) < 1e-12)
  }

  @Test(
    "conditions hold, or do not",
    arguments: [
      ("rank == 2", true), ("rank != 2", false), ("rank < 2 or rank >= 2 and error > 0", true),
      ("not rank == 2", false),
      ("view == overview and centering == none", true), ("transposed == true", false), ("energy <= 33 %", false),
      ("energy <= 34 %", true), ("mark == 2", false), ("not (mark == 2)", true), ("error at mark < 2", false),
      ("centering != columns", true), ("rows == columns", false),
      ("validation_rank >= 0", false),
    ] as [(String, Bool)])
  func conditions(text: String, holds: Bool) throws {
    #expect(try ExpressionParser.parse(text, as: .truth).holds(in: state()) == holds)
  }

  @Test("deep nesting is refused, not run into")
  func nesting() {
    let text = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
    #expect(throws: ExpressionError.self) { try ExpressionParser.parse(text, as: .number) }
    let minus = String(repeating: "- ", count: 100_000) + "1"
    #expect(throws: ExpressionError.self) { try ExpressionParser.parse(minus, as: .number) }
    let nots = String(repeating: "not ", count: 100_000) + "rank == 1"
    #expect(throws: ExpressionError.self) { try ExpressionParser.parse(nots, as: .truth) }
  }

  @Test("every figure of the catalog has its own name and a sentence")
  func catalog() {
    let names = LessonFigureCatalog.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(LessonFigureCatalog.all.allSatisfy { !$0.summary.isEmpty })
  }

  @Test("answers are spelled as they are counted")
  func spelling() {
    #expect(LessonValue.number(0.1234, .share).text == "12.3 %")
    #expect(LessonValue.number(40_960, .count).text == "40,960")
    #expect(LessonValue.number(1.23456, .plain).text == "1.235")
    #expect(ExplorerState.number("12,5", as: .error) == 0.125)
    #expect(ExplorerState.number("12.5 %", as: .error) == 0.125)
    #expect(ExplorerState.number("2.5", as: .rank) == nil)
    #expect(ExplorerState.number("many", as: .number) == nil)
    #expect(ExplorerState.choice("b", of: 3) == 1 && ExplorerState.choice("D", of: 3) == nil)
  }
}

@Suite("The little Markdown")
struct MarkupTests {
  @Test("paragraphs, lists, styles and figures")
  func blocks() throws {
    let text = try MarkupParser.parse(
      "One *two* and\nthree.\n\n- a `x_1`\n- b **c**\n  d\n\n1. {rank}\n\n2 * 3 \\* 4 \\{x}\n")
    #expect(text.blocks.count == 5)
    #expect(
      text.blocks[0].runs == [.words("One ", .plain), .words("two", .emphasis), .words(" and three.", .plain)])
    #expect(text.blocks[1].mark == "•" && text.blocks[1].runs == [.words("a ", .plain), .words("x_1", .code)])
    #expect(text.blocks[2].runs == [.words("b ", .plain), .words("c", .strong), .words(" d", .plain)])
    #expect(text.blocks[3].mark == "1." && text.figures == [.figure("rank", at: nil)])
    #expect(text.blocks[4].runs == [.words("2 * 3 * 4 {x}", .plain)])
  }

  @Test("lines are broken at spaces, items hang, and no line is wider than asked", arguments: [12, 20, 34, 78])
  func wrapping(width: Int) throws {
    let text = try MarkupParser.parse(
      "A paragraph of *several emphasised words* that has to be broken.\n\n- an item that is longer than one line of it\n- {rank} is a figure"
    )
    let lines = LessonTextLayout.lines(text, width: width) { _ in "12.3 %" }
    for line in lines { #expect(cellWidth(line.map(\.text).joined()) <= width) }
    let joined = lines.map { $0.map(\.text).joined() }.joined(separator: "\n")
    #expect(joined.contains("• an item") && joined.contains("12.3 %"))
    let words = joined.split { " \n•".contains($0) }.map(String.init)
    #expect(words.prefix(4) == ["A", "paragraph", "of", "several"])
  }
}
