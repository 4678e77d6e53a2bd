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
          Overview  Spectrum  Numbers  Pictures  Components  Blocks
            10⁰ ▆·····························         rank k                  24 of 80
                █▁                                     factored k(m+n)            4,224
                ██                                     dense m·n                  7,680
           10⁻¹ ███▃··························         ratio                    55.00 %
                █████▄▁░░                              ██████████████████░░░░░░░░░░░░░░
                ███████▇▃╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌         break-even rank               43
                █████████                              error ‖A−Aₖ‖/‖A‖        ≤ 16.8 %
           10⁻² █████████·····················         measured                 13.19 %
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
          F2 Overview   F3 Spectrum   F4 Numbers   F5 Pictures   F6 Components   F7 Blocks
                σᵢ, log · index linear
            10⁰ ▄▄···················································································•••••••••••••••••  100 %
                ██          •••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••                   energy
                ██     •••••
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
                ███████████████████████████████                                                               ∙∙∙∙∙
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
          Overview  Spectrum  Numbers  Pictures  Components  Blocks
                s_i, log . index linear
            1e0 # - - - - - oooooooooooooooooooooooooooooooooooooooooooooooooo  100 %
                #_ ooooooooo                                                    energy
                ##o
                #o##
                ######_
           1e-1 x########__ - - - - - - - - - - - - - - - - - - - - - - - - -
                #############_:::::===========================================
                #x###############_:                                             50 %
                ##x################
                ###x###############
           1e-2 ####xx############# - - - - - - - - - - - - - - - - - - - - -
                ######xxxxxxxx#####
                ##############xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                ###################                                    xxxxxx   error
           1e-3 ################### - - - - - - - - - - - - - - - - - - - - -x  0 %
          rules      ^   ^       ^                ^                      ^   ^
                     90 % energy                  break-even             5 % error?
                         95 % energy?                     99 % energy?, 10 % error?
           k 24 ===================O--------------!---------------------------- 80
                i 24  s <= 0.0668  error <= 16.8 %  s/s_1 <= 0.0668  energy >= 97.1 %
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
          Overview  Spectrum  Numbers  Pictures  Components  Blocks
                i            σᵢ        σᵢ/σ₁       energy          error        k(m+n)
               30      ≤ 0.0363     ≤ 0.0364     ≥ 98.4 %       ≤ 12.5 %         5,280
               31      ≤ 0.0355     ≤ 0.0355     ≥ 98.4 %       ≤ 12.3 %         5,456
               32      ≤ 0.0347     ≤ 0.0347     ≥ 98.5 %       ≤ 12.1 %         5,632
               33      ≤ 0.0340     ≤ 0.0340     ≥ 98.5 %       ≤ 11.9 %         5,808
               34      ≤ 0.0333     ≤ 0.0333     ≥ 98.6 %       ≤ 11.7 %         5,984
               35      ≤ 0.0327     ≤ 0.0327     ≥ 98.6 %       ≤ 11.5 %         6,160
               36      ≤ 0.0322     ≤ 0.0322     ≥ 98.7 %       ≤ 11.4 %         6,336
               37      ≤ 0.0317     ≤ 0.0317     ≥ 98.7 %       ≤ 11.2 %         6,512
               38      ≤ 0.0312     ≤ 0.0312     ≥ 98.7 %       ≤ 11.1 %         6,688
               39      ≤ 0.0308     ≤ 0.0308     ≥ 98.8 %       ≤ 10.9 %         6,864
               40      ≤ 0.0304     ≤ 0.0305     ≥ 98.8 %       ≤ 10.8 %         7,040
               41      ≤ 0.0301     ≤ 0.0301     ≥ 98.8 %       ≤ 10.7 %         7,216
               42      ≤ 0.0298     ≤ 0.0298     ≥ 98.8 %       ≤ 10.6 %         7,392
               43      ≤ 0.0295     ≤ 0.0296     ≥ 98.9 %       ≤ 10.4 %         7,568
               44      ≤ 0.0293     ≤ 0.0293     ≥ 98.9 %       ≤ 10.3 %         7,744
               45      ≤ 0.0291     ≤ 0.0292     ≥ 98.9 %       ≤ 10.3 %         7,920
               46      ≤ 0.0290     ≤ 0.0290     ≥ 98.9 %       ≤ 10.2 %         8,096
               47      ≤ 0.0288     ≤ 0.0288     ≥ 98.9 %       ≤ 10.1 %         8,272
               48      ≤ 0.0287     ≤ 0.0287     ≥ 99.0 %       ≤ 9.96 %         8,448
               49      ≤ 0.0286     ≤ 0.0287     ≥ 99.0 %       ≤ 9.89 %         8,624
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
          Overview  Spectrum  Numbers  Pictures  Components  Blocks
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

        """)
  }
}
