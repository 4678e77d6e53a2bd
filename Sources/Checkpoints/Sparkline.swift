/// A spectrum as a row of bars.
package enum Sparkline {
  /// The cells of one in a table.
  package static let width = 10

  /// Bars of σ/σ₁ over evenly spaced parts of a ``TensorFindings/profile``, each as high as the largest σ of its part on
  /// the axis of ``ProfileScale``; a blank where that is zero. Fewer than `width` where there are fewer σ; empty for no
  /// profile.
  package static func text(_ profile: [Float], width: Int, isUnicode: Bool = true) -> String {
    let bars = Array(isUnicode ? " ▁▂▃▄▅▆▇█" : " .:-=+*#@")
    let count = min(width, profile.count)
    return String((0..<max(0, count)).map { bars[ProfileScale.eighths(profile[$0 * profile.count / count])] })
  }
}
