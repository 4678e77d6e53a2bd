import Explorer
import Testing
import TerminalUI

@Suite("The browser as text")
struct BrowserSnapshotTests {
  /// The screen of a model in memory after `keys`.
  private func screen(_ columns: Int, _ rows: Int, _ keys: String, _ display: Display = Display()) throws -> String {
    let session = makeSession("model", size: ScreenSize(rows: rows, columns: columns), display: display)
    try play(keys, session)
    return Screen(session.state).frame.text
  }

  @Test("the map, on a usual terminal")
  func map80() throws {
    #expect(
      try screen(80, 24, "await idle Down") == """
         lowrank  model  30 tensors · 20 matrices · 1 unreadable · 8.08 k …  20 scanned
          Map   Tensors   Spectra
         even error: ‖A − A_k‖/‖A‖ at the break-even rank: what low rank costs before …

                 ──────── attention.self ────────  attention
                      query        key      value     output int…ediate     output
         layer 0      21.4       2.56      0.282      0.032       14.8       1.40
         layer 1      2.56      0.282      0.032       21.4       1.40      0.117
         layer 2     0.282      0.032       21.4       2.56      0.117       0.01

                 0.01 %                  21.4 %

          encoder.layer.1.attention.self.query.weight  16 × 16 · f32 · 1 KiB

             σ₁ █████
                █████
                █████▇▇▇▇
           10⁻¹ █████████▅▅▅▅▅
                ██████████████▆▆▆▆▁▁▁▁
                ██████████████████████▄▄▄▄▄▁▁▁▁
           10⁻² ███████████████████████████████▅▅▅▅▃▃▃▃▃▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
                                              ▴ break-even 7

         ↑ ↓ choose   Enter open   Tab view   v number   r role         ? help   q quit

        """)
  }

  @Test("the map, before anything is scanned")
  func map100() throws {
    #expect(
      try screen(100, 30, "") == """
         lowrank  model  30 tensors · 20 matrices · 1 unreadable · 8.08 k · f32 …  0 of 20 scanned ▱▱▱▱▱▱▱▱
          Map   Tensors   Spectra
         even error: ‖A − A_k‖/‖A‖ at the break-even rank: what low rank costs before it saves.

                 ─────────── attention.self ───────────    attention
                        query          key        value       output intermediate       output
         layer 0           ·            ·            ·            ·            ·            ·
         layer 1           ·            ·            ·            ·            ·            ·
         layer 2           ·            ·            ·            ·            ·            ·

         nothing is scanned yet

          encoder.layer.0.attention.self.query.weight  16 × 16 · f32 · 1 KiB
















         ↑ ↓ choose   Enter open   Tab view   v number   r role   o sort   c columns        ? help   q quit

        """)
  }

  @Test("the map, on a wide terminal")
  func map160() throws {
    #expect(
      try screen(160, 50, "await idle Right*3") == """
         lowrank  model  30 tensors · 20 matrices · 1 unreadable · 8.08 k · f32 · 30.6 KiB                                                                   20 scanned
          Map   Tensors   Spectra
         even error: ‖A − A_k‖/‖A‖ at the break-even rank: what low rank costs before it saves.

                 ─────────── attention.self ───────────    attention
                        query          key        value       output intermediate       output
         layer 0        21.4         2.56        0.282        0.032         14.8         1.40
         layer 1        2.56        0.282        0.032         21.4         1.40        0.117
         layer 2       0.282        0.032         21.4         2.56        0.117         0.01

                 0.01 %                  21.4 %   least: layer 2 output   most: layer 0 query

          encoder.layer.0.attention.output.dense.weight  16 × 16 · f32 · 1 KiB · break-even at k = 7

             σ₁ █████                                                                            even error         0.032 %
                █████                                                                            k10 ratio           0.1429
                █████                                                                            σ₁                   1.000
                █████                                                                            stable               1.004
                █████                                                                            effective            1.395
                █████                                                                            α                        –
                █████
           10⁻¹ █████
                █████
                ██████████
                ██████████
                ██████████
                ██████████
                ██████████
           10⁻² ██████████▆▆▆▆▆▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
                                                  ▴ break-even 7



















         ↑ ↓ choose   Enter open   Tab view   v number   r role   o sort   c columns   : command   / search   s save                                    ? help   q quit

        """)
  }

  @Test("the tree, on a usual terminal")
  func tree80() throws {
    #expect(
      try screen(80, 24, "await idle m") == """
         lowrank  model  30 tensors · 20 matrices · 1 unreadable · 8.08 k …  20 scanned
          Map   Tensors   Spectra
          tensor                             shape  spectrum      even error  k10 ratio
          ▾ embeddings
              word.weight                  64 × 16  █▆▄▂▂▁▁▁▁▁▁▁     0.942 %     0.2500
              position.weight              32 × 16  █▆▄▂▂▁▁▁▁▁▁▁      1.40 %     0.3000
          ▾ encoder.layer
            ▾ 0
              ▾ attention
                ▾ self
                    query.weight           16 × 16  █▇▆▅▅▅▄▄▄▄▃▃      21.4 %      1.857
                    key.weight             16 × 16  █▆▄▂▂▁▁▁▁▁▁▁      2.56 %     0.4286
                    value.weight           16 × 16  █▄▂▁▁▁▁▁▁▁▁▁     0.282 %     0.2857
                ▸ output.dense.weight +1   16 × 16  █▃▁▁▁▁▁▁▁▁▁▁     0.032 %     0.1429
              ▸ norm  2 tensors · 32
                intermediate.dense.weight  32 × 16  █▇▆▅▅▅▄▄▄▄▃▃      14.8 %      1.300
                output.dense.weight        16 × 32  █▆▄▂▂▁▁▁▁▁▁▁      1.40 %     0.3000
            ▾ 1
              ▾ attention
                ▾ self
                    query.weight           16 × 16  █▆▄▂▂▁▁▁▁▁▁▁      2.56 %     0.4286
                    key.weight             16 × 16  █▄▂▁▁▁▁▁▁▁▁▁     0.282 %     0.2857
          encoder.layer.0.attention.self.query.weight  16 × 16 · f32 · 1 KiB
         ↑ ↓ choose   Enter open   Tab view   v number   r role         ? help   q quit

        """)
  }

  @Test("the tree, a group closed")
  func tree100() throws {
    #expect(
      try screen(100, 30, "await idle m Home Down*3 Left") == """
         lowrank  model  30 tensors · 20 matrices · 1 unreadable · 8.08 k · f32 · 30.6 KiB       20 scanned
          Map   Tensors   Spectra
          tensor                             shape  spectrum, 2 decades     even error  k10 ratio        σ₁
          ▾ embeddings
              word.weight                  64 × 16  ██▆▄▄▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁     0.942 %     0.2500     1.000
              position.weight              32 × 16  ██▆▄▄▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁      1.40 %     0.3000     1.000
          ▸ encoder.layer  27 tensors · 6.29 k
            pooler.codes                   16 × 16





















         ↑ ↓ choose   Enter open   Tab view   v number   r role   o sort   c columns        ? help   q quit

        """)
  }

  @Test("the tree, on a wide terminal")
  func tree160() throws {
    #expect(
      try screen(160, 50, "await idle m End") == """
         lowrank  model  30 tensors · 20 matrices · 1 unreadable · 8.08 k · f32 · 30.6 KiB                                                                   20 scanned
          Map   Tensors   Spectra
          tensor                             shape  spectrum, 2 decades            even error  k10 ratio        σ₁   stable             α  dtype    effective  90 % en.
          ▾ embeddings
              word.weight                  64 × 16  ██▆▆▄▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.942 %     0.2500     1.000    1.082             –  f32          3.868         1
              position.weight              32 × 16  ██▆▆▄▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁      1.40 %     0.3000     1.000    1.082             –  f32          3.868         1
          ▾ encoder.layer
            ▾ 0
              ▾ attention
                ▾ self
                    query.weight           16 × 16  ██▇▇▆▆▆▆▅▅▅▅▅▄▄▄▄▄▄▄▄▄▄▄▃▃▃▃▃      21.4 %      1.857     1.000    1.584             –  f32          10.58         5
                    key.weight             16 × 16  ██▆▆▄▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁      2.56 %     0.4286     1.000    1.082             –  f32          3.868         1
                    value.weight           16 × 16  ██▄▄▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.282 %     0.2857     1.000    1.017             –  f32          1.940         1
                ▸ output.dense.weight +1   16 × 16  ██▃▃▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.032 %     0.1429     1.000    1.004             –  f32          1.395         1
              ▸ norm  2 tensors · 32
                intermediate.dense.weight  32 × 16  ██▇▇▆▆▆▆▅▅▅▅▅▄▄▄▄▄▄▄▄▄▄▄▃▃▃▃▃      14.8 %      1.300     1.000    1.584             –  f32          10.58         5
                output.dense.weight        16 × 32  ██▆▆▄▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁      1.40 %     0.3000     1.000    1.082             –  f32          3.868         1
            ▾ 1
              ▾ attention
                ▾ self
                    query.weight           16 × 16  ██▆▆▄▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁      2.56 %     0.4286     1.000    1.082             –  f32          3.868         1
                    key.weight             16 × 16  ██▄▄▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.282 %     0.2857     1.000    1.017             –  f32          1.940         1
                    value.weight           16 × 16  ██▃▃▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.032 %     0.1429     1.000    1.004             –  f32          1.395         1
                ▸ output.dense.weight +1   16 × 16  ██▇▇▆▆▆▆▅▅▅▅▅▄▄▄▄▄▄▄▄▄▄▄▃▃▃▃▃      21.4 %      1.857     1.000    1.584             –  f32          10.58         5
              ▸ norm  2 tensors · 32
                intermediate.dense.weight  32 × 16  ██▆▆▄▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁      1.40 %     0.3000     1.000    1.082             –  f32          3.868         1
                output.dense.weight        16 × 32  ██▄▄▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.117 %     0.2000     1.000    1.017             –  f32          1.940         1
            ▾ 2
              ▾ attention
                ▾ self
                    query.weight           16 × 16  ██▄▄▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.282 %     0.2857     1.000    1.017             –  f32          1.940         1
                    key.weight             16 × 16  ██▃▃▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.032 %     0.1429     1.000    1.004             –  f32          1.395         1
                    value.weight           16 × 16  ██▇▇▆▆▆▆▅▅▅▅▅▄▄▄▄▄▄▄▄▄▄▄▃▃▃▃▃      21.4 %      1.857     1.000    1.584             –  f32          10.58         5
                ▸ output.dense.weight +1   16 × 16  ██▆▆▄▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁      2.56 %     0.4286     1.000    1.082             –  f32          3.868         1
              ▸ norm  2 tensors · 32
                intermediate.dense.weight  32 × 16  ██▄▄▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁     0.117 %     0.2000     1.000    1.017             –  f32          1.940         1
                output.dense.weight        16 × 32  ██▃▃▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁      0.01 %     0.1000     1.000    1.004             –  f32          1.395         1
            pooler.codes                   16 × 16










          “pooler.codes” is packed: its values need their scales
         ↑ ↓ choose   Enter open   Tab view   v number   r role   o sort   c columns   : command   / search   s save                                    ? help   q quit

        """)
  }

  @Test("what was searched for")
  func found80() throws {
    #expect(
      try screen(80, 24, "await idle m / 1 o u t Enter") == """
         lowrank  model  30 tensors · 20 matrices · 1 unreadable · 8.08 k …  20 scanned
          Map   Tensors   Spectra                                  5 of 30 match “1out”
          tensor                               shape  spectrum    even error  k10 ratio
          e.layer.1.output.dense.weight      16 × 32  █▄▁▁▁▁▁▁▁▁     0.117 %     0.2000
          e.l.1.attent….output.dense.weight  16 × 16  █▇▆▅▅▄▄▄▄▃      21.4 %      1.857
          e.l.1.attention.output.dense.bias       16
          e.l.1.attention.self.query.weight  16 × 16  █▆▃▂▁▁▁▁▁▁      2.56 %     0.4286
          e.l.1.attention.self.value.weight  16 × 16  █▃▁▁▁▁▁▁▁▁     0.032 %     0.1429














          encoder.layer.1.output.dense.weight  16 × 32 · f32 · 2 KiB
         ↑ ↓ choose   Enter open   Tab view   v number   r role         ? help   q quit

        """)
  }

  @Test(
    "the colours of the spectra grow darker with σ on a light ground and lighter on others, step by step",
    arguments: ThemeName.allCases)
  func ramp(theme: ThemeName) throws {
    let session = makeSession(
      "model", size: ScreenSize(rows: 30, columns: 100), display: Display(colors: .palette, theme: theme))
    try play("await idle r", session)
    let frame = Screen(session.state).frame
    // The legend, from σ₁ down.
    let row = try #require((0..<30).first { row in (0..<99).contains { frame[row, $0].character == "σ" } })
    var grounds: [UInt8] = []
    for column in 0..<100 {
      let style = frame[row, column].style
      if let ground = style.background, style.foreground == ground { grounds.append(ground) }
    }
    #expect(grounds.count == 18)
    var lightness = grounds.map { RGB(palette: $0).contrast(with: RGB(palette: 16)) }
    if theme != .light { lightness.reverse() }
    #expect(lightness == lightness.sorted() && Set(lightness).count == 11)
  }

  @Test("the spectra of a role in every layer, without colours: a shade for each part of three decades")
  func spectra100() throws {
    let text = try screen(100, 30, "await idle r Down", Display(colors: .none))
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(rows[2].hasPrefix(" attention.self.query  1 of 6 roles"))
    let layers = rows.filter { $0.hasPrefix(" layer ") }
    #expect(layers.count == 3 && layers[0].hasSuffix("21.4") && layers[2].hasSuffix("0.282"))
    // 1/i reaches no two decades at p = 16; 1/i³ passes three.
    #expect(layers.allSatisfy { $0.contains("█") } && !layers[0].contains("░") && layers[2].contains("░"))
    #expect(text.contains("i/p  0                0.25                0.5") && text.contains("▴ break-even"))
  }
}
