import Explorer
import Testing
import TerminalUI

@Suite("Themes")
struct ThemeTests {
  /// WCAG 2.2's relative luminance of an sRGB colour.
  private func luminance(_ color: RGB) -> Double {
    func linear(_ channel: UInt8) -> Double {
      let value = Double(channel) / 255
      guard value > 0.04045 else { return value / 12.92 }
      // ((v + 0.055)/1.055)^2.4 without a library: x^2.4 = x² · x^0.4, and x^0.4 by Newton's method on y⁵ = x².
      let x = (value + 0.055) / 1.055
      var y = 1.0
      for _ in 0..<60 { y -= (y * y * y * y * y - x * x) / (5 * y * y * y * y) }
      return x * x * y
    }
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }

  private func contrast(_ style: Style) -> Double? {
    guard let foreground = style.foreground, let background = style.background else { return nil }
    let pair = [luminance(RGB(palette: foreground)), luminance(RGB(palette: background))].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  @Test("text has a contrast of 4.5 : 1, bars of 3 : 1", arguments: ThemeName.allCases)
  func contrasts(theme: ThemeName) throws {
    let styles = Theme(Display(colors: .palette, glyphs: .unicode, theme: theme))
    for role in Role.allCases where role != .grid {
      let ratio = try #require(contrast(styles[role]))
      let isBar = role == .kept || role == .cut || role == .cutTop || role == .energyCurve || role == .errorCurve
      #expect(ratio >= (isBar ? 3 : 4.5), "\(role) in \(theme): \(ratio)")
      // The kept colour also writes figures.
      if role == .kept || role == .limit { #expect(ratio >= 4.5, "\(role) in \(theme): \(ratio)") }
    }
    #expect(styles[.kept].foreground != styles[.cut].foreground)
  }

  @Test("black on white is 21 : 1")
  func reference() throws {
    #expect(abs(try #require(contrast(Style(foreground: 231, background: 16))) - 21) < 1e-9)
  }

  @Test("without colours, kept and cut still differ")
  func monochrome() {
    let theme = Theme(Display(colors: .none))
    for role in Role.allCases { #expect(theme[role].foreground == nil && theme[role].background == nil) }
    #expect(theme[.kept] != theme[.cut])
  }
}
