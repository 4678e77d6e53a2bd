import Explorer

/// What a piece of the screen means; the theme decides how it looks.
package enum Role: Hashable, Sendable, CaseIterable {
  /// Plain text.
  case text
  /// Stressed words of a text: underlined, as bright as the rest.
  case emphasis
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
  /// Between what is certain and what may be: bounds of a preview.
  case band
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
///
/// Text has a contrast of 4.5 : 1 and bars of 3 : 1 (WCAG 2.1, level AA); in the high-contrast theme all but the grid
/// has 7 : 1 (level AAA). What is kept, what is cut, limits and errors stay apart without red, green or blue cones.
package struct Theme: Sendable {
  /// What it is drawn with.
  package let display: Display

  /// The theme that `display` names.
  package init(_ display: Display) { self.display = display }

  /// The style of `role`.
  package subscript(_ role: Role) -> Style {
    switch display.colors {
    case .palette: palette(role)
    case .sixteen: display.theme == .contrast ? sixteenInContrast(role) : sixteen(role)
    case .none: monochrome(role)
    }
  }

  /// The screen's own background.
  package var background: UInt8? { self[.text].background }

  /// What a shaded cell looks like from afar, where something is drawn upon it.
  package var shadedGround: UInt8? {
    guard display.colors == .palette else { return self[.cutTop].foreground }
    return switch display.theme {
    case .dark: 239
    case .light: 246
    case .contrast: 240
    }
  }

  private func palette(_ role: Role) -> Style {
    func pick(_ dark: UInt8, _ light: UInt8, _ contrast: UInt8) -> UInt8 {
      switch display.theme {
      case .dark: dark
      case .light: light
      case .contrast: contrast
      }
    }
    let ground = pick(233, 231, 16)
    let bar = pick(236, 254, 231)
    switch role {
    case .text: return Style(foreground: pick(252, 235, 231), background: ground)
    case .emphasis: return Style(foreground: pick(252, 235, 231), background: ground, underlined: true)
    case .label: return Style(foreground: pick(246, 242, 252), background: ground)
    case .value: return Style(foreground: pick(255, 232, 231), background: ground, bold: true)
    case .heading: return Style(foreground: pick(255, 232, 231), background: ground, bold: true)
    case .kept: return Style(foreground: pick(79, 29, 51), background: ground)
    case .cut: return Style(foreground: pick(246, 236, 250), background: ground)
    case .cutTop: return Style(foreground: pick(242, 246, 247), background: ground)
    case .band: return Style(foreground: pick(73, 23, 80), background: ground)
    case .limit: return Style(foreground: pick(215, 130, 226), background: ground)
    case .error: return Style(foreground: pick(203, 88, 210), background: ground, bold: true)
    case .grid: return Style(foreground: pick(239, 250, 244), background: ground)
    case .bar: return Style(foreground: pick(250, 239, 16), background: bar)
    case .barStrong: return Style(foreground: pick(79, 23, 18), background: bar, bold: true)
    case .chosen: return Style(foreground: pick(255, 16, 16), background: pick(238, 252, 226), bold: true)
    case .energyCurve: return Style(foreground: pick(117, 25, 46), background: ground)
    case .errorCurve: return Style(foreground: pick(211, 161, 213), background: ground)
    }
  }

  private func sixteen(_ role: Role) -> Style {
    let isDark = display.theme == .dark
    let ground: UInt8 = isDark ? 0 : 7
    let ink: UInt8 = isDark ? 7 : 0
    switch role {
    case .text, .label, .cut, .cutTop, .grid: return Style(foreground: ink, background: ground)
    case .emphasis: return Style(foreground: ink, background: ground, underlined: true)
    case .value, .heading: return Style(foreground: ink, background: ground, bold: true)
    case .kept, .band: return Style(foreground: isDark ? 6 : 4, background: ground)
    case .limit: return Style(foreground: isDark ? 3 : 5, background: ground)
    case .error: return Style(foreground: 1, background: ground, bold: true)
    case .bar: return Style(foreground: ground, background: ink)
    case .barStrong: return Style(foreground: ground, background: ink, bold: true)
    case .chosen: return Style(foreground: ground, background: ink)
    case .energyCurve: return Style(foreground: isDark ? 2 : 4, background: ground)
    case .errorCurve: return Style(foreground: isDark ? 5 : 1, background: ground)
    }
  }

  /// Bold makes a classic terminal's colours bright; red, blue and magenta stay below 7 : 1 even then.
  private func sixteenInContrast(_ role: Role) -> Style {
    switch role {
    case .text, .label, .cut, .cutTop, .grid: Style(foreground: 7, background: 0)
    case .emphasis: Style(foreground: 7, background: 0, underlined: true)
    case .value, .heading, .errorCurve: Style(foreground: 7, background: 0, bold: true)
    case .kept, .band: Style(foreground: 6, background: 0, bold: true)
    case .limit: Style(foreground: 3, background: 0, bold: true)
    case .error: Style(foreground: 3, background: 0, bold: true, underlined: true)
    case .bar, .barStrong, .chosen: Style(foreground: 0, background: 7)
    case .energyCurve: Style(foreground: 2, background: 0, bold: true)
    }
  }

  private func monochrome(_ role: Role) -> Style {
    let isMarked = display.theme == .contrast
    return switch role {
    case .error: Style(bold: true, reversed: isMarked)
    case .value, .heading, .kept: Style(bold: true)
    case .bar, .chosen: Style(reversed: true)
    case .barStrong: Style(bold: true, reversed: true)
    case .emphasis: Style(underlined: true)
    case .limit: Style(underlined: isMarked)
    case .text, .label, .cut, .cutTop, .band, .grid, .energyCurve, .errorCurve: Style()
    }
  }
}
