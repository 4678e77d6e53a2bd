import Explorer
import Testing
import TerminalUI

@Suite("Themes")
struct ThemeTests {
  private func contrast(_ style: Style) throws -> Double {
    // Bold makes the eight colours of a classic terminal bright.
    let isBright = style.isBold && style.foreground.map { (1...7).contains($0) } ?? false
    let foreground = try #require(style.foreground) + (isBright ? 8 : 0)
    return RGB(palette: foreground).contrast(with: RGB(palette: try #require(style.background)))
  }

  @Test("text has a contrast of 4.5 : 1, bars and curves of 3 : 1", arguments: [ThemeName.dark, .light])
  func contrasts(theme: ThemeName) throws {
    let styles = Theme(Display(colors: .palette, theme: theme))
    for role in Role.allCases where role != .grid {
      let ratio = try contrast(styles[role])
      // Only the tops of cut bars never write a letter.
      #expect(ratio >= (role == .cutTop ? 3 : 4.5), "\(role) in \(theme): \(ratio)")
    }
  }

  @Test("high contrast is 7 : 1 for everything but the grid", arguments: [ColorDepth.palette, .sixteen])
  func highContrast(colors: ColorDepth) throws {
    let styles = Theme(Display(colors: colors, theme: .contrast))
    for role in Role.allCases where role != .grid {
      let ratio = try contrast(styles[role])
      #expect(ratio >= 7, "\(role) in \(colors): \(ratio)")
    }
    let text = styles[.text]
    if colors == .palette { #expect(text.foreground == 231 && text.background == 16) }
  }

  @Test("what is kept, what is cut, limits and errors differ for every kind of eye", arguments: ThemeName.allCases)
  func everyEye(theme: ThemeName) throws {
    let styles = Theme(Display(colors: .palette, theme: theme))
    let roles: [Role] = [.kept, .cut, .limit, .error]
    for eye in Eye.allCases {
      for (index, role) in roles.enumerated() {
        for other in roles[(index + 1)...] {
          let (one, two) = (try #require(styles[role].foreground), try #require(styles[other].foreground))
          let difference = eye.difference(RGB(palette: one), RGB(palette: two))
          // 2.3 is just noticeable.
          #expect(difference >= 15, "\(role) and \(other) in \(theme) to \(eye): \(difference)")
        }
      }
    }
  }

  @Test("a curve stays visible on every bar it crosses", arguments: ThemeName.allCases)
  func curvesOnBars(theme: ThemeName) throws {
    let styles = Theme(Display(colors: .palette, theme: theme))
    for curve in [Role.energyCurve, .errorCurve] {
      for bar in [Role.kept, .cutTop] {
        var style = styles[curve]
        style.background = styles[bar].foreground
        style.keepApart(ground: styles.background)
        #expect(try contrast(style) >= 3, "\(curve) on \(bar) in \(theme)")
      }
    }
  }

  @Test("the formula gives what WCAG's own examples give")
  func reference() {
    let white = RGB(red: 255, green: 255, blue: 255)
    #expect(abs(white.contrast(with: RGB(red: 0, green: 0, blue: 0)) - 21) < 1e-9)
    // #777777 on white is the well-known grey that just misses 4.5 : 1.
    let grey = RGB(red: 0x77, green: 0x77, blue: 0x77).contrast(with: white)
    #expect(abs(grey - 4.478) < 0.001)
    #expect(white.isLight && !RGB(red: 0, green: 43, blue: 54).isLight)
  }

  @Test("without colours, kept and cut still differ; high contrast marks limits and errors too")
  func monochrome() {
    for name in ThemeName.allCases {
      let theme = Theme(Display(colors: .none, theme: name))
      for role in Role.allCases { #expect(theme[role].foreground == nil && theme[role].background == nil) }
      #expect(theme[.kept] != theme[.cut])
    }
    let contrast = Theme(Display(colors: .none, theme: .contrast))
    #expect(Set([Role.kept, .cut, .limit, .error].map { contrast[$0] }).count == 4)
  }

  @Test("t goes through every theme and comes back")
  func cycle() throws {
    let session = makeSession("diagonal")
    var seen: [ThemeName] = []
    for _ in ThemeName.allCases {
      try play("t", session)
      seen.append(session.state.display.theme)
    }
    #expect(seen == [.light, .contrast, .dark])
  }
}

/// Eyes with three kinds of cones, or one of them missing.
///
/// Source of the matrices, on linear sRGB: Machado, Oliveira & Fernandes, IEEE TVCG 15 (2009), 1291–1298, severity 1.
private enum Eye: CaseIterable {
  case trichromat, protanope, deuteranope, tritanope

  private var matrix: [[Double]] {
    switch self {
    case .trichromat: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanope:
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .deuteranope:
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .tritanope:
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
  }

  /// The distance of two colours as this eye sees them, in CIE 1976 L*a*b*.
  func difference(_ one: RGB, _ other: RGB) -> Double {
    zip(lab(one), lab(other)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private func lab(_ color: RGB) -> [Double] {
    // A grey's luminance is its linear component.
    let linear = [color.red, color.green, color.blue].map { RGB(red: $0, green: $0, blue: $0).luminance }
    func times(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
      matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let seen = times(matrix, linear).map { max(0, min(1, $0)) }
    let xyz = times([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], seen)
    let f = zip(xyz, [0.9505, 1, 1.089]).map { value, white in
      let t = value / white
      return t > 0.008856 ? cubeRoot(t) : 7.787 * t + 16.0 / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  /// By Newton's method, without a library.
  private func cubeRoot(_ value: Double) -> Double {
    var root = 1.0
    for _ in 0..<60 { root -= (root * root * root - value) / (3 * root * root) }
    return root
  }
}
