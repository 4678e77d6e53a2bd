import Explorer
import Testing
import TerminalUI

@Suite("Screens as text")
struct SnapshotTests {
  /// The screen after `keys`.
  func screen(
    _ source: String, _ columns: Int, _ rows: Int, _ keys: String, _ display: Display = Display()
  ) throws -> String {
    let session = makeSession(source, size: ScreenSize(rows: rows, columns: columns), display: display)
    try play(keys, session)
    return Screen(session.state).frame.text
  }

  @Test("A beside its factors, on the smallest screen")
  func blocksSmall() throws {
    let screen = try screen("diagonal", 60, 16, "F7")
    #expect(
      screen == """
         lowrank  diagonal  12 × 10 · f64             exact · gesdd
          A 12 × 10           UΣ 12 × 4           Vᵀ 4 × 10
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒   ██████▌             ████████████████▌
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒   ██████▌             ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▘
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ ≈ ██████▌
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒   ██████▌
          120 numbers         48 + 40 = 88

          parameters  73.33 %  88 of 120       break-even at k = 5
          █████████████████████░░░░░░░┃░░░░░░░░░░░░░░░░░░░░░░░░░░░
          degrees of freedom  60.00 %  72 of 120
          █████████████████░░░░░░░░░░░┃░░░░░░░░░░░░░░░░░░░░░░░░░░░
          bytes, f32  36.67 %  352 B of 960 B      break-even k 10
          ██████████░░░░░░░░░░░░░░░░░░┃░░░░░░░░░░░░░░░░░░░░░░░░░░░
          room for 1 more rank before break-even
         Tab view   ← → rank   r next rule          ? help   q quit

        """)
  }

  @Test("A beside its factors")
  func blocks() throws {
    let screen = try screen("diagonal", 80, 24, "F7")
    #expect(
      screen == """
         lowrank  diagonal  12 × 10 · f64                                 exact · gesdd
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation ›
          A 12 × 10        UΣ 12 × 4        Vᵀ 4 × 10
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒   █████▌           █████████████▌
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒   █████▌           █████████████▌
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒   █████▌           ▀▀▀▀▀▀▀▀▀▀▀▀▀▘
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒   █████▌
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒ ≈ █████▌
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒   █████▌
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒   █████▌
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒   █████▌
          120 numbers      48 + 40 = 88

          parameters  73.33 %  88 of 120                           break-even at k = 5
          ████████████████████████████░░░░░░░░░░┃░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░

          degrees of freedom  60.00 %  72 of 120   equal only at the full rank, k = 10
          ███████████████████████░░░░░░░░░░░░░░░┃░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░

          bytes, f32  36.67 %  352 B of 960 B                     break-even at k = 10
          ██████████████░░░░░░░░░░░░░░░░░░░░░░░░┃░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░

          room for 1 more rank before break-even
         ← → rank   r next rule   space play   Tab view   i explain     ? help   q quit

        """)
  }

  @Test("past break-even, in ASCII")
  func blocksEnd() throws {
    let screen = try screen("diagonal", 80, 24, "End F7", Display(glyphs: .ascii))
    #expect(
      screen == """
         lowrank  diagonal  12 x 10 . f64                                 exact . gesdd
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation >
          A 12 x 10        US 12 x 10       V^T 10 x 10
          ::::::::::::::   ##############   ##############
          ::::::::::::::   ##############   ##############
          ::::::::::::::   ##############   ##############
          ::::::::::::::   ##############   ##############
          :::::::::::::: ~ ##############   ##############
          ::::::::::::::   ##############   ##############
          ::::::::::::::   ##############   ##############
          ::::::::::::::   ##############
          120 numbers      120 + 100 = 220

          parameters  183.3 %  220 of 120                          break-even at k = 5
          ######################################|###############################......

          degrees of freedom  100 %  120 of 120    equal only at the full rank, k = 10
          ######################################|.....................................

          bytes, f32  91.67 %  880 B of 960 B                     break-even at k = 10
          ###################################...|.....................................

          past break-even: the factors hold more numbers than A
         <- -> rank   r next rule   space play   Tab view   i explain   ? help   q quit

        """)
  }

  @Test("a layer, on the smallest screen")
  func componentsSmall() throws {
    let screen = try screen("diagonal", 60, 16, "F6 Down")
    #expect(
      screen == """
         lowrank  diagonal  12 × 10 · f64             exact · gesdd
         layer 2 of 10   σ₂ = 256.000   18.75 % of the energy
         neighbours over 1 % away; the sign is a choice

         u₂, 12 rows; largest 1.00     σ₂u₂v₂ᵀ  −256 … 256
            ██                         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
            ██                         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
            ██                         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         ───██───────────────────────  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀

         v₂, 10 columns; largest 1.00  largest rows   columns
            ███                        row 2    1.00  column 2 1.00
            ███                        row 1       0  column 1    0
            ███                        row 3       0  column 3    0
         ───███──────────────────────  row 4       0  column 4    0
         Tab view   ← → rank   r next rule          ? help   q quit

        """)
  }

  @Test("a layer")
  func components() throws {
    let screen = try screen("diagonal", 80, 24, "F6 Down")
    #expect(
      screen == """
         lowrank  diagonal  12 × 10 · f64                                 exact · gesdd
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation ›
         layer 2 of 10   σ₂ = 256.000   18.75 % of the energy   kept at k = 4
         its neighbours are more than 1 % away; the sign is a choice

         u₂, one entry a row, 12; largest 1.00   σ₂u₂v₂ᵀ  −256 … 256
             ███                                 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
             ███                                 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
             ███                                 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
             ███                                 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
             ███                                 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
             ███                                 ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         ────███───────────────────────────────  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀

         v₂, 10 columns; largest 1.00            largest rows        largest columns
             ████                                row 2         1.00  column 2      1.00
             ████                                row 1            0  column 1         0
             ████                                row 3            0  column 3         0
             ████                                row 4            0  column 4         0
             ████                                row 5            0  column 5         0
             ████                                row 6            0  column 6         0
         ────████──────────────────────────────  row 7            0  column 7         0
                                                 row 8            0  column 8         0
         ← → rank   r next rule   space play   Tab view   i explain     ? help   q quit

        """)
  }

  @Test("a table as pictures, in ASCII")
  func pictures() throws {
    let screen = try screen("table", 80, 24, "F5", Display(glyphs: .ascii))
    #expect(
      screen == """
         lowrank  table  12 x 3 . f64                                     exact . gesdd
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation >
         A                         A_1                       A - A_1  rms, log
         ++++++++++++++++@@@@@@@@  ========++++++++@@@@@@@@
         ++++++++++++++++@@@@@@@@  ========++++++++@@@@@@@@
         ++++++++========@@@@@@@@  ========++++++++@@@@@@@@
         ++++++++++++++++          ++++++++========
         ++++++++========          ++++++++========
         ++++++++++++++++++++++++  ++++++++================  ........
         ++++++++++++++++@@@@@@@@  ========++++++++@@@@@@@@  ........
         ++++++++========@@@@@@@@  ========++++++++@@@@@@@@  ........
         ++++++++++++++++++++++++  ++++++++================  ........
         ++++++++++++++++          ++++++++========          ........
         ++++++++========          ++++++++========          ........
         ++++++++++++++++++++++++  ++++++++================  ::::::::
         ++++++++++++++++@@@@@@@@  ========++++++++@@@@@@@@  ::::::::
         ++++++++========@@@@@@@@  ========++++++++@@@@@@@@  ::::::::
         ++++++++++++++++          ++++++++========          ::::::::
         ++++++++++++++++          ++++++++========          ::::::::
         ++++++++========          ++++++++========          ::::::::
         .:-=+*#%@ -1000 ... 1000                            .:=+#% 0.1-100 % of 2000
         all of 12 x 3                                        z 1:1  b blink  v colours
         k 1  params 41.67 %  error 0.6493 %  measured 0.6493 %  energy 99.9958 %
         <- -> rank   r next rule   space play   Tab view   i explain   ? help   q quit

        """)
  }

  @Test("a table as pictures, on the smallest screen")
  func picturesSmall() throws {
    let screen = try screen("table", 60, 16, "F5", Display(glyphs: .ascii))
    #expect(
      screen == """
         lowrank  table  12 x 3 . f64                 exact . gesdd
         A                   A_1                 A - A_1  rms, log
         ++++++++++++@@@@@@  ======++++++@@@@@@
         ++++++++++++++++++  ++++++============
         ++++++++++++        ++++++======
         ++++++++++++++++++  ++++++============  ......
         ++++++======@@@@@@  ======++++++@@@@@@  ......
         ++++++++++++        ++++++======        ......
         ++++++++++++++++++  ++++++============  ::::::
         ++++++++++++@@@@@@  ======++++++@@@@@@  ::::::
         ++++++++++++++++++  ++++++============  ::::::
         ++++++======        ++++++======        ::::::
         :+% -1000 ... 1000                      0.1-100 % of 2000
         all of 12 x 3                    z 1:1  b blink  v colours
         k 1  params 41.67 %  error 0.6493 %  measured 0.6493 %
         Tab view   <- -> rank   r next rule        ? help   q quit

        """)
  }
}
