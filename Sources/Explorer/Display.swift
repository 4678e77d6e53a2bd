/// How many colours the terminal has.
package enum ColorDepth: Hashable, Sendable, CaseIterable {
  /// None: bold, reverse and glyphs carry everything.
  case none
  /// The eight or sixteen of a classic terminal.
  case sixteen
  /// The 256 of the xterm palette.
  case palette
}

/// Which characters the terminal can show.
package enum GlyphSet: Hashable, Sendable, CaseIterable {
  /// Printable ASCII only.
  case ascii
  /// Block elements and mathematical signs.
  case unicode
  /// The same, and curves of braille dots.
  case braille
}

/// A dark screen, a light one, or black and white with bright colours.
package enum ThemeName: String, Hashable, Sendable, CaseIterable {
  case dark, light, contrast

  /// The theme after this one; the first follows the last.
  package var next: ThemeName {
    switch self {
    case .dark: .light
    case .light: .contrast
    case .contrast: .dark
    }
  }
}

/// What the screen is drawn with.
package struct Display: Hashable, Sendable {
  /// Colours.
  package var colors: ColorDepth
  /// Characters.
  package var glyphs: GlyphSet
  /// Dark, light or high contrast.
  package var theme: ThemeName
  /// Whether plots are large and figures few, for a room that looks at one screen.
  package var isProjected = false

  /// A screen with `colors`, `glyphs` and `theme`.
  package init(colors: ColorDepth = .palette, glyphs: GlyphSet = .unicode, theme: ThemeName = .dark) {
    self.colors = colors
    self.glyphs = glyphs
    self.theme = theme
  }
}
