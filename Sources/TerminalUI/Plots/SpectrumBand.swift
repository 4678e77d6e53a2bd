import Explorer
import RankAnalysis

// What a spectrum that is only bounded looks like: the bar is certain, the shade above it is not yet.
extension SpectrumPlot {
  /// Draws the band of a column over its bar: a light shade from the lower bound of its first value to the upper one. Of a
  /// value of which nothing but the upper bound is known, the bound alone, as a ceiling.
  func drawBand(_ column: Int, on canvas: inout Canvas) {
    let index = axis.indices(in: column).lowerBound
    let spectrum = result.analysis.spectrum
    let (low, high) = (values.eighths(spectrum.lower[index - 1]), values.eighths(spectrum.upper[index - 1]))
    guard high > 0 else { return }
    let top = (high - 1) / 8
    if low == 0 {
      canvas.put(canvas.glyph("╌", "="), bars.bottom - 1 - top, bars.column + column, .band)
      return
    }
    // A cell that the bar fills in part stays the bar's; a band that ends in the lower half of a cell needs none.
    for step in (low + 7) / 8..<max((low + 7) / 8, (high + 4) / 8) {
      canvas.put(canvas.glyph("░", ":"), bars.bottom - 1 - step, bars.column + column, .band)
    }
  }
}
