import Explorer
import Testing
import TerminalUI

// Questions, commands, the projector, and what holds at every size.
extension SnapshotTests {
  @Test("the question about missing cells")
  func missing() throws {
    let screen = try screen("holes", 60, 16, "Down")
    #expect(
      screen == """
         lowrank  holes
        ┌──────────────────────────────────────────────────────────┐
        │ 1 cell holds no number (missing, NaN or infinite), in 1  │
        │ of 12 rows; the first is at line 7, column 2.            │
        │                                                          │
        │ What becomes of them?                                    │
        │                                                          │
        │   drop these rows: 11 of 12 stay                         │
        │ ▸ put in the mean of the column's other cells            │
        │   put in zero                                            │
        │                                                          │
        │                                                          │
        │                                                          │
        │                               Enter chooses · Esc closes │
        └──────────────────────────────────────────────────────────┘
         ↑ ↓ choose   Enter take   Esc not now      ? help   q quit

        """)
  }

  @Test("a command and what it may become")
  func completions() throws {
    let screen = try screen("table", 60, 16, ": c e n t e r Space Tab Tab")
    #expect(
      screen == """
         lowrank  table  12 × 3 · f64                 exact · gesdd
                ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆
            10³ ███████████████·····························
                ███████████████
                ███████████████
            10² ███████████████·····························
                ███████████████
                ███████████████▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆
            10¹ ███████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒··············
                ███████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▄▄▄▄▄▄▄▄▄▄▄▄▄▄
            10⁰ ███████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          rules                ▴              ▴             ▴
                               99 % energy    break-even, knee
            k 1 ━━━━━━━━━━━━━━━●──────────────┊────────────── 3
         k 1  params 41.67 %  error 0.6493 %  measured 0.6493 %
         :center mean   none  columns  rows  both

        """)
  }

  private func projector(_ glyphs: GlyphSet) -> Display {
    var display = Display(glyphs: glyphs)
    display.isProjected = true
    return display
  }

  @Test("for a room")
  func forARoom() throws {
    let screen = try screen("diagonal", 80, 22, "", projector(.unicode))
    #expect(
      screen == """
         lowrank  diagonal  12 × 10 · f64                                 exact · gesdd
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation ›
                ▆▆▆▆▆▆▆
                ███████▅▅▅▅▅▅▅
            10² ██████████████▃▃▃▃▃▃··············································
                ████████████████████▂▂▂▂▂▂▂
                ███████████████████████████
                ███████████████████████████▒▒▒▒▒▒
            10¹ ███████████████████████████▒▒▒▒▒▒▆▆▆▆▆▆▆··························
                ███████████████████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▅▅▅▅▅▅▅
                ███████████████████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▃▃▃▃▃▃
                ███████████████████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▂▂▂▂▂▂▂
            10⁰ ███████████████████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▁▁▁▁▁▁
          rules               ▴     ▴      ▴     ▴             ▴                  ▴
                              90 % energy        break-even, 5 % error   numerical rank
            k 4 ━━━━━━━━━━━━━━━━━━━━━━━━━━━●─────┊───────────────────────────────── 10

          rank of 10               error ‖A−Aₖ‖/‖A‖         of A’s parameters
          █ █                      █▀▀   ▀▀█ █▀▀   ▀ █      ▀▀█ ▀▀█   ▀▀█   ▀ █
          ▀▀█                      █▀█   █▀▀ ▀▀█   ▄▀        ▄▀  ▀█    ▀█   ▄▀
            ▀                      ▀▀▀ ▀ ▀▀▀ ▀▀▀   ▀ ▀       ▀  ▀▀▀ ▀ ▀▀▀   ▀ ▀
         starts at 10 % error: k = 4                                    ? help   q quit

        """)
  }

  @Test("for a room, in ASCII")
  func forARoomASCII() throws {
    let screen = try screen("diagonal", 80, 22, "", projector(.ascii))
    #expect(
      screen == """
         lowrank  diagonal  12 x 10 . f64                                 exact . gesdd
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation >
                #######
                ##############
            1e2 ####################- - - - - - - - - - - - - - - - - - - - - - -
                ###########################
                ###########################......
            1e1 ###########################.............- - - - - - - - - - - - -
                ###########################....................
                ###########################..........................
            1e0 ###########################.......................................
          rules               ^     ^      ^     ^             ^                  ^
                              90 % energy        break-even, 5 % error   numerical rank
            k 4 ===========================O-----!--------------------------------- 10

          rank of 10               error ||A-A_k||/||A||    of A's parameters
          # #                      ###   ### ###   # #      ### ###   ###   # #
          # #                      #       # #       #        #   #     #     #
          ###                      ###   ### ###    #         #  ##    ##    #
            #                      # #   #     #   #         #    #     #   #
            #                      ### # ### ###   # #       #  ### # ###   # #
         starts at 10 % error: k = 4                                    ? help   q quit

        """)
  }

  @Test("what may follow is named where it differs from the line")
  func differences() throws {
    let text = try screen("table", 80, 24, ": s e t Space Tab")
    let names = ["map", "projector", "values", "index", "curves"]
    let line = try #require(text.split(separator: "\n").last { $0.hasPrefix(" :set theme ") }, "\(text)")
    #expect(names.allSatisfy { line.contains($0) } && !line.contains("dark"), "\(line)")
    let values = try screen("table", 80, 24, ": s e t Space t h e m e Space Tab")
    #expect(values.contains(" :set theme dark   "), "\(values)")
  }

  @Test(
    "no figure is cut on any of the large views, whatever the size",
    arguments: [(60, 16), (80, 24), (120, 36)], ["F5", "F6", "F7", "End F7"])
  func noCuts(size: (Int, Int), keys: String) throws {
    for glyphs in [GlyphSet.unicode, .ascii] {
      let mark: Character = glyphs == .ascii ? "~" : "…"
      for source in ["diagonal", "picture"] {
        let text = try screen(source, size.0, size.1, keys, Display(glyphs: glyphs))
        for line in text.split(separator: "\n") {
          // An ellipsis of its own has a blank before it: "−1 … 1".
          let isCut = zip(line, line.dropFirst()).contains { $0 != " " && $1 == mark }
          #expect(!isCut, "\(line)")
        }
      }
    }
  }
}
