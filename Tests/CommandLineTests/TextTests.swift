import LinearAlgebra
import Testing

@testable import Reports

@Suite("Text for people")
struct TextTests {
  @Test(
    "the first locale variable that is set decides about characters",
    arguments: [
      ([:], false), (["LANG": "C.UTF-8"], true), (["LANG": "C.UTF-8", "LC_ALL": "C"], false),
      (["LANG": "C", "LC_CTYPE": "de_DE.utf8"], true), (["LC_ALL": "", "LANG": "en_US.UTF-8"], true),
      (["LANG": "POSIX"], false),
    ] as [([String: String], Bool)])
  func locale(environment: [String: String], isUnicode: Bool) {
    #expect(TextStyle.isUnicode { environment[$0] } == isUnicode)
  }

  @Test("columns line up and lines end without blanks")
  func table() {
    var table = TextTable([("rule", .left), ("rank", .right)], style: TextStyle(isUnicode: true, width: 80))
    table.append(["knee", "7"])
    table.append(["95 % energy", "1,024"])
    table.append(["–"])
    #expect(
      table.text == """
          rule          rank
          knee             7
          95 % energy  1,024
          –

        """)
  }

  @Test("a spectrum of four decades as a text picture")
  func plot() {
    let plot = SpectrumPlot(
      [100, 10, 1, 0.1, 0.01], floor: 1e-9, style: TextStyle(isUnicode: true, width: 60), height: 4)
    #expect(
      plot.text(marks: [
        .init(rank: 2, label: "knee"), .init(rank: 2, label: "noise rule"), .init(rank: 5, label: "all"),
      ])
        == """
            1 ┤███
              │███ ███
         10⁻² ┤███ ███ ███
              │███ ███ ███ ███ ▁▁▁
              └─┴───────────────┴──
                1               5
                    ↑ 2: knee, noise rule
                                ↑ 5: all

        """)
  }

  @Test("what lies below the axis is counted, and ASCII is all a C locale sees")
  func ascii() {
    let style = TextStyle(isUnicode: false, width: 60)
    let text = SpectrumPlot([1, 0.1, 1e-17, 0], floor: 1e-15, style: style, height: 4).text(marks: [])
    #expect(text.contains("2 below"))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(style.spelled("‖A‖_F ≤ 3 × σ₁") == "|A|_F <= 3 x s1")
    #expect(style.spelled("12 µs") == "12 us")
    #expect(style.spelled("naïve “name”") == "naïve \"name\"")
  }

  @Test("labels wrap to further arrows and never overlap", arguments: [40, 80])
  func marks(width: Int) {
    let labels = ["90 % energy", "95 % energy", "99 % energy", "10 % error", "5 % error", "1 % error", "knee"]
    for column in stride(from: 0, to: width, by: 7) {
      let lines = PlotMarks.lines(
        labels.map { (3, column, $0) } + [(9, width - 1, "end")], width: width, isUnicode: true)
      #expect(lines.allSatisfy { $0.count <= width })
      for label in labels { #expect(lines.count { $0.contains(label) } == 1, "\(lines)") }
      for line in lines { #expect(Array(line).count { $0 == "↑" } >= 1) }
    }
  }
}
