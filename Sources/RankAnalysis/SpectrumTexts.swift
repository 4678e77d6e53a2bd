// Figures of a spectrum as screens and reports write them: in the digits that survive rounding, or as below a floor.
extension SpectrumAnalysis {
  /// σ_i in A's units, i from 1; "< 8.1e-9" below the precision floor, "0" beyond p.
  package func valueText(_ index: Int, digits: Int = 6) -> String {
    guard index >= 1, index <= fullRank else { return "0" }
    let value = spectrum.values[index - 1]
    if value < spectrum.floorValue { return "< \(NumberFormat.plain(spectrum.floorValue, digits: 2))" }
    return NumberFormat.significant(
      Bounded(value, uncertainty: spectrum.rounding * spectrum.frobeniusNorm), digits: digits)
  }

  /// σ_i/σ₁; "< 1.1e-13" below the precision floor.
  package func relativeValueText(_ index: Int, digits: Int = 4) -> String {
    if index == 1 { return "1" }
    let ratio = relativeSpectralError(rank: index - 1)
    if ratio.middle < spectrum.precisionFloor {
      return "< \(NumberFormat.plain(spectrum.precisionFloor, digits: 2))"
    }
    return NumberFormat.significant(ratio, digits: digits)
  }

  /// max |A − A_k| in A's units; "< 3.1e-9" where only the factors' rounding is left.
  package func largestErrorText(_ measured: ResidualMeasurement) -> String {
    let rounding = errorFloor * spectrum.frobeniusNorm
    if measured.largestError == 0 { return "0" }
    return measured.largestError < rounding
      ? "< \(NumberFormat.plain(rounding, digits: 2))" : NumberFormat.plain(measured.largestError, digits: 4)
  }
}
