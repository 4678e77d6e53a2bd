import Glibc

/// The axis of spectra that are drawn small, wherever they are: σ/σ₁ on a logarithmic axis, the same for all matrices, so
/// that they can be compared.
package enum ProfileScale {
  /// The decades of the axis; smaller values lie at its end.
  package static let decades = 2.0

  /// How high σ/σ₁ = `share` lies: 1 for σ₁, 0 for σ₁/100 and less.
  package static func height(_ share: Float) -> Double {
    share > 0 ? min(1, max(0, 1 + log10(Double(share)) / decades)) : 0
  }

  /// The height of a bar of `rows` cells, in eighths of a cell: 0 for σ = 0 alone.
  package static func eighths(_ share: Float, rows: Int = 1) -> Int {
    share > 0 ? max(1, Int((height(share) * Double(8 * rows)).rounded())) : 0
  }
}
