// Figures of a spectrum as screens and reports write them: in the digits that survive rounding, as below a floor, or,
// while the spectrum is only bounded, as the bound that matters. What is shown is true in each case.
extension SpectrumAnalysis {
  /// σ_i in A's units, i from 1; "< 8.1e-9" below the precision floor, "≤ 3.2" where no more is known, "0" beyond p.
  package func valueText(_ index: Int, digits: Int = 6) -> String {
    guard index >= 1, index <= fullRank else { return "0" }
    if spectrum.upper[index - 1] < spectrum.floorValue {
      return "< \(NumberFormat.plain(spectrum.floorValue, digits: 2))"
    }
    return text(spectralError(rank: index - 1), digits: digits)
  }

  /// σ_i/σ₁; "< 1.1e-13" below the precision floor, "≤ 0.031" where no more is known.
  package func relativeValueText(_ index: Int, digits: Int = 4) -> String {
    if index == 1 { return "1" }
    let ratio = relativeSpectralError(rank: index - 1)
    if (isExact ? ratio.middle : ratio.upper) < spectrum.precisionFloor {
      return "< \(NumberFormat.plain(spectrum.precisionFloor, digits: 2))"
    }
    return text(ratio, digits: digits)
  }

  /// ‖A − A_k‖_F/‖A‖_F: "7.195 %", "≤ 83.2 %".
  package func errorText(rank: Int, digits: Int = 4) -> String {
    percent(relativeFrobeniusError(rank: rank), digits: digits, floor: errorFloor, showing: .upper)
  }

  /// Σ_{i≤k} σ_i²/Σσ²: "95.12 %", "≥ 95.1 %".
  package func energyText(rank: Int, digits: Int = 4) -> String {
    percent(energy(rank: rank), digits: digits, floor: 0, showing: .lower)
  }

  /// σ_{k+1}/σ₁ as a share: "1.2 %", "≤ 4.0 %".
  package func spectralErrorText(rank: Int, digits: Int = 4) -> String {
    percent(relativeSpectralError(rank: rank), digits: digits, floor: spectrum.precisionFloor, showing: .upper)
  }

  /// The relative Frobenius error as predicted and as `measured`, in the digits that both can stand by.
  package func errorTexts(_ measured: ResidualMeasurement) -> (predicted: String, measured: String) {
    let predicted = relativeFrobeniusError(rank: measured.rank)
    guard isExact else {
      return (
        errorText(rank: measured.rank), NumberFormat.percent(measured.relativeFrobeniusError, floor: errorFloor)
      )
    }
    let texts = NumberFormat.agreeing(predicted, measured.relativeFrobeniusError, floor: errorFloor)
    return (predicted: texts.0, measured: texts.1)
  }

  /// One of the measures of rank: "7.195", "≥ 6.8"; "undefined" for a zero matrix.
  package func measureText(_ measure: Bounded?) -> String {
    guard let measure else { return "undefined" }
    return isExact ? NumberFormat.plain(measure.lower, digits: 4) : NumberFormat.bounded(measure, showing: .lower)
  }

  /// max |A − A_k| in A's units; "< 3.1e-9" where only the factors' rounding is left.
  package func largestErrorText(_ measured: ResidualMeasurement) -> String {
    let rounding = errorFloor * spectrum.frobeniusNorm
    if measured.largestError == 0 { return "0" }
    return measured.largestError < rounding
      ? "< \(NumberFormat.plain(rounding, digits: 2))" : NumberFormat.plain(measured.largestError, digits: 4)
  }

  private func text(_ x: Bounded, digits: Int) -> String {
    isExact ? NumberFormat.significant(x, digits: digits) : NumberFormat.bounded(x, digits: digits, showing: .upper)
  }

  private func percent(_ x: Bounded, digits: Int, floor: Double, showing end: BoundEnd) -> String {
    isExact
      ? NumberFormat.percent(x, digits: digits, floor: floor)
      : NumberFormat.boundedPercent(x, digits: digits, floor: floor, showing: end)
  }
}
