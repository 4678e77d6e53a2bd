import Explorer
import Testing
import TerminalUI

@Suite("The certified band as text")
struct BandSnapshotTests {
  private func screen(_ columns: Int, _ rows: Int, _ keys: String, _ display: Display = Display()) throws -> String {
    let session = makeSession(
      "decay", size: ScreenSize(rows: rows, columns: columns), display: display,
      previewing: .staged(.alone, count: 24))
    try play(keys, session)
    return Screen(session.state).frame.text
  }

  @Test("the overview: bars to the lower bounds, a shade to the upper ones, a ceiling beyond the last triplet")
  func overview() throws {
    let screen = try screen(80, 24, "F2")
    #expect(
      screen == """
         lowrank  decay  96 × 80 · f64                         preview, failure ≤ 1e-10
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation ›
            10⁰ ▆·····························         rank k                  24 of 80
                █▁                                     factored k(m+n)            4,224
                ██                                     dense m·n                  7,680
           10⁻¹ ███▃··························         ratio                    55.00 %
                █████▄▁░░                              ██████████████████░░░░░░░░░░░░░░
                ███████▇▃╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌         break-even rank               43
                █████████                              error ‖A−Aₖ‖/‖A‖        ≤ 16.8 %
           10⁻² █████████·····················         measured, preview        13.19 %
                █████████                              largest error            0.04000
                █████████                              missed σₖ₊₁/σ₁          ≤ 4.81 %
           10⁻³ █████████·····················         energy kept             ≥ 97.1 %
          rules   ▴ ▴   ▴       ▴          ▴ ▴         bytes, f32    16.5 KiB of 60 KiB
                  90 % energy   break-even             flop for A·x    8.45 k of 15.4 k
           k 24 ━━━━━━━━━●──────┊────────────── 80     degrees of freedom         3,648
         A  means 0 … 0.07639      A₂₄  preview              A − A₂₄  rms, log
         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
         ← → rank   r next rule   space play   Tab view   i explain     ? help   q quit

        """)
  }

  @Test("the spectrum, with curves of what is kept at least and missed at most")
  func spectrum() throws {
    let screen = try screen(120, 36, "F3")
    #expect(
      screen == """
         lowrank  decay  96 × 80 · f64                                   certified preview, failure ≤ 1e-10 · 24 of 80 triplets
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation  Court  Speed  Projection  Race
                σᵢ, log · index linear
            10⁰ ▄▄···················································································•••••••••••••••••  100 %
                ██          •••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••                   energy
                ██     •••••                                                                                            ≥
                ██▆ •••
                ███•
                ████▁▁
                ██•███▂
                ███████▅
                █████████▄▄
           10⁻¹ ████████████▄▁▁·······················································································
                ∙∙█████████████▆▃▁░░
                ██████████████████▆▆▃░░░░░░░░░░
                ██████████████████████▆▃▃░░░░░░╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
                ██∙███████████████████████▅▂▂░░                                                                         50 %
                █████████████████████████████▆▃
                ███∙███████████████████████████
                ███████████████████████████████
                ████∙∙█████████████████████████
           10⁻² ██████∙∙███████████████████████·······································································
                ████████∙∙∙████████████████████
                ███████████∙∙∙∙∙███████████████
                ████████████████∙∙∙∙∙∙∙∙∙∙█████
                ██████████████████████████∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙∙
                ███████████████████████████████                                                       ∙∙∙∙∙∙∙∙
                ███████████████████████████████                                                               ∙∙∙∙∙     ≤
                ███████████████████████████████                                                                    ∙∙   error
           10⁻³ ███████████████████████████████······································································∙  0 %
          rules         ▴      ▴           ▴                           ▴                                      ▴      ▴
                        90 % energy        half the parameters         break-even                 99 % energy?, 10 % error?
                               95 % energy?                                                                      5 % error?
           k 24 ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━●───────────────────────┊─────────────────────────────────────────────── 80
                i 24  σ ≤ 0.0668  error ≤ 16.8 %  σ/σ₁ ≤ 0.0668  energy ≥ 97.1 %
         ← → rank   r next rule   space play   Tab view   i explain   y log/linear   : command   s save         ? help   q quit

        """)
  }

  @Test("the spectrum in ASCII")
  func spectrumASCII() throws {
    let screen = try screen(80, 24, "F3", Display(glyphs: .ascii))
    #expect(
      screen == """
         lowrank  decay  96 x 80 . f64                        preview, failure <= 1e-10
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation >
                s_i, log . index linear
            1e0 # - - - - - oooooooooooooooooooooooooooooooooooooooooooooooooo  100 %
                #_ ooooooooo                                                    energy
                ##o                                                             >=
                #o##
                ######_
           1e-1 x########__ - - - - - - - - - - - - - - - - - - - - - - - - -
                #############_:::::===========================================
                #x###############_:                                             50 %
                ##x################
                ###x###############
           1e-2 ####xx############# - - - - - - - - - - - - - - - - - - - - -
                ######xxxxxxxx#####
                ##############xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx         <=
                ###################                                    xxxxxx   error
           1e-3 ################### - - - - - - - - - - - - - - - - - - - - -x  0 %
          rules      ^   ^       ^                ^                      ^   ^
                     90 % energy                  break-even             5 % error?
                         95 % energy?                     99 % energy?, 10 % error?
           k 24 ===================O--------------!---------------------------- 80
                i 24  sigma <= 0.0668  error <= 16.8 %  sigma/s_1 <= 0.0668
         <- -> rank   r next rule   space play   Tab view   i explain   ? help   q quit

        """)
  }

  @Test("the overview on the smallest screen")
  func smallest() throws {
    let screen = try screen(60, 16, "F2")
    #expect(
      screen == """
         lowrank  decay  96 × 80 · f64     preview, failure ≤ 1e-10
            10⁰ ▆···········································
                █▇
                ██▇▂
           10⁻¹ ████▇▄▃▁····································
                ████████▇▅▃░░░╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
                ████████████▇▅
           10⁻² ██████████████······························
                ██████████████
                ██████████████
           10⁻³ ██████████████······························
          rules    ▴  ▴     ▴           ▴               ▴  ▴
                   90 % energy          break-even   99 % energy?
           k 24 ━━━━━━━━━━━━━●──────────┊──────────────────── 80
         k 24  params 55.00 %  error ≤ 16.8 %  measured 13.19 %
         Tab view   ← → rank   r next rule          ? help   q quit

        """)
  }

  @Test("the table: one-sided where bounds are wide")
  func numbers() throws {
    let screen = try screen(80, 24, "1 5 Enter F4")
    #expect(
      screen == """
         lowrank  decay  96 × 80 · f64                         preview, failure ≤ 1e-10
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation ›
                i            σᵢ        σᵢ/σ₁       energy          error        k(m+n)
                5          0.20         0.20      89–90 %           32 %           880
                6          0.17         0.17      91–92 %        28–30 %         1,056
                7          0.14         0.14      92–93 %        26–28 %         1,232
                8     0.12–0.13    0.12–0.13      93–94 %        24–26 %         1,408
                9          0.11         0.11     ≥ 94.0 %        23–25 %         1,584
               10    0.097–0.11   0.097–0.11     ≥ 94.6 %        21–24 %         1,760
               11   0.087–0.096  0.087–0.096     ≥ 95.0 %        20–23 %         1,936
               12      ≤ 0.0889     ≤ 0.0890     ≥ 95.4 %       ≤ 21.3 %         2,112
               13      ≤ 0.0836     ≤ 0.0837     ≥ 95.7 %       ≤ 20.6 %         2,288
               14      ≤ 0.0793     ≤ 0.0794     ≥ 96.0 %       ≤ 19.9 %         2,464
               15      ≤ 0.0758     ≤ 0.0759     ≥ 96.2 %       ≤ 19.3 %         2,640
               16      ≤ 0.0730     ≤ 0.0731     ≥ 96.4 %       ≤ 18.8 %         2,816
               17      ≤ 0.0708     ≤ 0.0709     ≥ 96.6 %       ≤ 18.4 %         2,992
               18      ≤ 0.0691     ≤ 0.0692     ≥ 96.7 %       ≤ 18.0 %         3,168
               19      ≤ 0.0679     ≤ 0.0679     ≥ 96.8 %       ≤ 17.7 %         3,344
               20      ≤ 0.0670     ≤ 0.0671     ≥ 96.9 %       ≤ 17.5 %         3,520
               21      ≤ 0.0668     ≤ 0.0668     ≥ 97.0 %       ≤ 17.2 %         3,696
               22      ≤ 0.0668     ≤ 0.0668     ≥ 97.1 %       ≤ 17.1 %         3,872
               23      ≤ 0.0668     ≤ 0.0668     ≥ 97.1 %       ≤ 16.9 %         4,048
               24      ≤ 0.0668     ≤ 0.0668     ≥ 97.1 %       ≤ 16.8 %         4,224
         ← → rank   r next rule   space play   Tab view   i explain     ? help   q quit

        """)
  }

  @Test("the overview for a lecture room")
  func projector() throws {
    var projected = Display()
    projected.isProjected = true
    let screen = try screen(80, 24, "F2", projected)
    #expect(
      screen == """
         lowrank  decay  96 × 80 · f64                         preview, failure ≤ 1e-10
          Overview  Spectrum  Numbers  Pictures  Components  Blocks  Validation ›
            10⁰ ▆·································································
                █▄
                ██▆▁
                ████▆▁
           10⁻¹ ██████▇▅▄▂························································
                ██████████▇▆▅▃▂░░░░░╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
                ███████████████▇▆▄▃░
                ███████████████████▇
           10⁻² ████████████████████··············································
                ████████████████████
                ████████████████████
                ████████████████████
           10⁻³ ████████████████████··············································
          rules      ▴   ▴        ▴                 ▴                        ▴   ▴
                     90 % energy                    break-even             99 % energy?
           k 24 ━━━━━━━━━━━━━━━━━━━━●───────────────┊────────────────────────────── 80

          rank of 80               error ‖A−Aₖ‖/‖A‖         of A’s parameters
          ▀▀█ █ █                                           █▀▀ █▀▀   █▀█   ▀ █
          █▀▀ ▀▀█                  ≤ 16.8 %                 ▀▀█ ▀▀█   █ █   ▄▀
          ▀▀▀   ▀                                           ▀▀▀ ▀▀▀ ▀ ▀▀▀   ▀ ▀
         ← → rank   r next rule   space play   Tab view   i explain     ? help   q quit

        """)
  }
}
