import Explorer
import Testing
import TerminalUI

@Suite("Frames")
struct FrameTests {
  private static let sizes = [(60, 16), (76, 17), (80, 24), (100, 30), (120, 36), (160, 50), (200, 60), (300, 100)]

  @Test("every view draws inside every size, in every display", arguments: sizes)
  func everySize(size: (Int, Int)) throws {
    for colors in ColorDepth.allCases {
      for glyphs in GlyphSet.allCases {
        let display = Display(colors: colors, glyphs: glyphs, theme: colors == .sixteen ? .light : .dark)
        let session = makeSession("diagonal", size: ScreenSize(rows: size.1, columns: size.0), display: display)
        for keys in ["F2", "F3", "F4", "i", "Esc ?"] {
          try play(keys, session)
          let frame = Screen(session.state).frame
          #expect(frame.cells.count == size.0 * size.1)
          if glyphs == .ascii { #expect(frame.text.utf8.allSatisfy { $0 < 0x80 }) }
        }
      }
    }
  }

  @Test(
    "small screens say what they need, down to one cell, and recover",
    arguments: [(59, 16), (60, 15), (20, 5), (3, 2), (1, 1)])
  func tooSmall(size: (Int, Int)) throws {
    let session = makeSession("diagonal")
    let before = Screen(session.state).frame
    try play("resize \(size.0)x\(size.1)", session)
    let text = Screen(session.state).frame.text
    if size.0 >= 20 { #expect(text.contains("needs 60 × 16") && text.contains("\(size.0) × \(size.1)")) }
    try play("resize 80x24", session)
    let isSame = Screen(session.state).frame == before
    #expect(isSame)
  }

  @Test("the same state always draws the same frame, whatever way led there")
  func deterministic() throws {
    let direct = makeSession("diagonal")
    try play("7 Enter", direct)
    let roundabout = makeSession("diagonal")
    try play("End Home Right*9 Left*2 resize 200x60 resize 80x24 F3 F4 F2", roundabout)
    let (one, other) = (Screen(direct.state).frame, Screen(roundabout.state).frame)
    let isSame = one == other
    #expect(isSame, "\(one.text)\n\(other.text)")
  }

  @Test("the report shows the figures of the rank")
  func report() throws {
    let session = makeSession("diagonal")
    try play("2 Enter", session)
    let text = Screen(session.state).frame.text
    for figure in ["2 of 10", "44", "120", "36.67 %", "break-even rank", "12 × 10"] {
      #expect(text.contains(figure), "\(figure) is missing in\n\(text)")
    }
    // What is left of σ = 2⁹ … 1 after two is √(4⁸ − 1)/√(4¹⁰ − 1) = 25.00 %, predicted and measured; so is σ₃/σ₁.
    #expect(text.components(of: "25.00 %") == 3)
  }

  @Test("a click on the slider puts the thumb there; a drag follows, even beyond the end")
  func mouse() throws {
    let session = makeSession("diagonal")
    let text = Screen(session.state).frame.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(text.firstIndex { $0.contains("●") })
    try play("click 8,\(row)", session)
    #expect(session.state.rank == 0)
    try play("click 8,\(row) drag 79,2", session)
    #expect(session.state.rank == 10)
    try play("click 30,\(row) drag 0,2 release drag 40,2", session)
    #expect(session.state.rank == 0)
  }

  @Test("a click on a figure explains it; the formula has this matrix's numbers")
  func explains() throws {
    let session = makeSession("diagonal")
    let lines = Screen(session.state).frame.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("factored k(m+n)") })
    try play("click 70,\(row) release", session)
    #expect(session.state.overlay == .explain(row: 1))
    #expect(Screen(session.state).frame.text.contains("4 · (12 + 10) = 88"))
  }

  @Test("SVG: well-formed enough to be drawn, titled, and nothing unescaped")
  func svg() throws {
    let session = makeSession("diagonal")
    let svg = Screen(session.state).frame.svg(title: "a < b & c", display: session.state.display)
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("<title>a &lt; b &amp; c</title>"))
    #expect(svg.contains("width=\"720\" height=\"432\""))
  }

  @Test("the cursor stands on the thumb, the typed number, the chosen row; nowhere on a screen that is too small")
  func cursor() throws {
    let session = makeSession("diagonal")
    func under() -> Character? {
      Screen(session.state).frame.cursor.flatMap { Screen(session.state).frame[$0.row, $0.column].character }
    }
    #expect(under() == "●")
    try play("7", session)
    #expect(under() == "_")
    try play("Enter F3", session)
    #expect(under() == "●")
    try play("i Down Down", session)
    let frame = Screen(session.state).frame
    let cursor = try #require(frame.cursor)
    #expect(frame[cursor.row, cursor.column].style == Theme(Display())[.chosen])
    try play("Esc resize 20x5", session)
    #expect(Screen(session.state).frame.cursor == nil)
  }

  @Test("braille draws the curves with dots and touches nothing else; the picture has the dots")
  func braille() throws {
    let braille = makeSession("diagonal", display: Display(glyphs: .braille))
    let blocks = makeSession("diagonal")
    func hasBraille(_ text: String) -> Bool { text.unicodeScalars.contains { (0x2801...0x28ff).contains($0.value) } }
    #expect(Screen(braille.state).frame.text == Screen(blocks.state).frame.text)
    try play("F3", braille)
    try play("F3", blocks)
    let frame = Screen(braille.state).frame
    #expect(hasBraille(frame.text) && !hasBraille(Screen(blocks.state).frame.text))
    #expect(!hasBraille(frame.svg(title: "", display: braille.state.display).replacing(frame.text, with: "")))
    try play("c", braille)
    try play("c", blocks)
    #expect(Screen(braille.state).frame == Screen(blocks.state).frame)
  }

  @Test("ASCII: what is kept is #, what is cut is a dot")
  func asciiBars() throws {
    let session = makeSession("diagonal", display: Display(glyphs: .ascii))
    try play("F3 c Home", session)
    #expect(!Screen(session.state).frame.text.contains("#"))
    try play("End", session)
    let lines = Screen(session.state).frame.text.split(separator: "\n").filter { $0.contains("#") }
    #expect(!lines.isEmpty && lines.allSatisfy { !$0.contains("..") })
  }

  @Test("signs have an ASCII spelling")
  func spelling() {
    #expect(spelledInASCII("A₄₀ = U Σ Vᵀ") == "A_40 = U sum V^T")
    #expect(spelledInASCII("10⁻³ · σₖ₊₁/σ₁") == "10^-3 . s_k+1/s_1")
    #expect(spelledInASCII("A⁺b ± 2, σ ≈ 3, s ≈ 0.3, σ_k") == "A^+b +- 2, sigma ~ 3, s ~ 0.3, s_k")
  }

  @Test("ASCII has a spelling for every sign of every view", arguments: ["diagonal", "table", "zero", "decay"])
  func everySign(source: String) throws {
    for size in [ScreenSize(rows: 24, columns: 80), ScreenSize(rows: 50, columns: 160)] {
      let session = makeSession(source, size: size, display: Display(glyphs: .ascii))
      for key in 2...12 {
        for keys in ["F\(key)", "i", "Esc"] {
          try play(keys, session)
          let text = Screen(session.state).frame.text.replacing("? help", with: "")
          #expect(!text.contains("?"), "F\(key) \(keys) \(text)")
        }
      }
    }
  }

  @Test("a control character that reaches a frame is drawn, not sent")
  func controls() {
    var frame = Frame(size: ScreenSize(rows: 1, columns: 8))
    frame.write("a\u{1b}[2J\u{202e}b", row: 0, column: 0, Style())
    #expect(frame.text == "a?[2J?b\n")
  }

  @Test("text is cut with an ellipsis, wide characters take two cells")
  func writing() {
    var frame = Frame(size: ScreenSize(rows: 2, columns: 6))
    frame.write("abcdefgh", row: 0, column: 0, Style())
    frame.write("漢字é", row: 1, column: 0, Style())
    #expect(frame.text == "abcde…\n漢字é\n")
    #expect(frame[1, 1].character == nil && frame[1, 4].character == "é")
  }
}

extension String {
  /// How often `part` occurs.
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
