import Explorer

/// What a piece of the screen means; the theme decides how it looks.
package enum Role: Hashable, Sendable, CaseIterable {
  /// Plain text.
  case text
  /// Names of figures, axes, hints.
  case label
  /// Figures.
  case value
  /// Headings.
  case heading
  /// What is kept: bars, the slider up to its thumb, figures of the approximation.
  case kept
  /// What is cut: shaded bars, the rest of the slider.
  case cut
  /// The tops of cut bars, as bright as the shade below them looks.
  case cutTop
  /// What rules and limits say.
  case limit
  /// What went wrong.
  case error
  /// Faint lines.
  case grid
  /// The title and the hints.
  case bar
  /// Names in the title.
  case barStrong
  /// The chosen row, the open view.
  case chosen
  /// The curve of energy.
  case energyCurve
  /// The curve of error.
  case errorCurve
}

/// The styles of every role for a number of colours.
package struct Theme: Sendable {
  /// What it is drawn with.
  package let display: Display

  /// The theme that `display` names.
  package init(_ display: Display) { self.display = display }

  /// The style of `role`.
  package subscript(_ role: Role) -> Style {
    switch display.colors {
    case .palette: palette(role)
    case .sixteen: sixteen(role)
    case .none: monochrome(role)
    }
  }

  /// The screen's own background.
  package var background: UInt8? { self[.text].background }

  private func palette(_ role: Role) -> Style {
    let isDark = display.theme == .dark
    let ground: UInt8 = isDark ? 233 : 231
    let bar: UInt8 = isDark ? 236 : 254
    switch role {
    case .text: return Style(foreground: isDark ? 252 : 235, background: ground)
    case .label: return Style(foreground: isDark ? 246 : 242, background: ground)
    case .value: return Style(foreground: isDark ? 255 : 232, background: ground, bold: true)
    case .heading: return Style(foreground: isDark ? 255 : 232, background: ground, bold: true)
    case .kept: return Style(foreground: isDark ? 79 : 29, background: ground)
    case .cut: return Style(foreground: isDark ? 250 : 236, background: ground)
    case .cutTop: return Style(foreground: isDark ? 242 : 246, background: ground)
    case .limit: return Style(foreground: isDark ? 215 : 130, background: ground)
    case .error: return Style(foreground: isDark ? 210 : 160, background: ground, bold: true)
    case .grid: return Style(foreground: isDark ? 239 : 250, background: ground)
    case .bar: return Style(foreground: isDark ? 250 : 239, background: bar)
    case .barStrong: return Style(foreground: isDark ? 79 : 23, background: bar, bold: true)
    case .chosen: return Style(foreground: isDark ? 255 : 16, background: isDark ? 238 : 252, bold: true)
    case .energyCurve: return Style(foreground: isDark ? 117 : 25, background: ground)
    case .errorCurve: return Style(foreground: isDark ? 211 : 161, background: ground)
    }
  }

  private func sixteen(_ role: Role) -> Style {
    let isDark = display.theme == .dark
    let ground: UInt8 = isDark ? 0 : 7
    let ink: UInt8 = isDark ? 7 : 0
    switch role {
    case .text, .label, .cut, .cutTop, .grid: return Style(foreground: ink, background: ground)
    case .value, .heading: return Style(foreground: ink, background: ground, bold: true)
    case .kept: return Style(foreground: isDark ? 6 : 4, background: ground)
    case .limit: return Style(foreground: isDark ? 3 : 5, background: ground)
    case .error: return Style(foreground: 1, background: ground, bold: true)
    case .bar: return Style(foreground: ground, background: ink)
    case .barStrong: return Style(foreground: ground, background: ink, bold: true)
    case .chosen: return Style(foreground: ground, background: ink)
    case .energyCurve: return Style(foreground: isDark ? 2 : 4, background: ground)
    case .errorCurve: return Style(foreground: isDark ? 5 : 1, background: ground)
    }
  }

  private func monochrome(_ role: Role) -> Style {
    switch role {
    case .value, .heading, .error, .kept: Style(bold: true)
    case .bar, .chosen: Style(reversed: true)
    case .barStrong: Style(bold: true, reversed: true)
    case .text, .label, .cut, .cutTop, .limit, .grid, .energyCurve, .errorCurve: Style()
    }
  }
}
