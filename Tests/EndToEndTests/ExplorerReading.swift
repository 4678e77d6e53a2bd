/// Reads the explorer's figures off the screen, as its report column shows them.
extension TerminalEmulator {
  /// What stands behind `label`, to the end of the line.
  func figure(_ label: String) -> String? {
    for line in lines {
      guard let found = line.firstRange(of: label) else { continue }
      let rest = line[found.upperBound...].drop { $0 == " " }
      if !rest.isEmpty { return String(rest) }
    }
    return nil
  }

  /// k, as the slider and the report show it.
  var rank: Int? { figure("rank k").flatMap { $0.split(separator: " ").first }.flatMap { Int($0.filter(\.isNumber)) } }

  /// The number of parameters of the factors.
  var parameters: Int? { figure("factored k(m+n)").flatMap { Int($0.filter(\.isNumber)) } }

  /// A percentage as a fraction; one that is only known to be smaller, as that bound.
  func fraction(_ label: String) -> Double? {
    figure(label).flatMap { text in
      guard text.hasSuffix("%") else { return nil }
      return Double(text.filter { !"<% ".contains($0) }).map { $0 / 100 }
    }
  }

  /// The predicted error.
  var predictedError: Double? { fraction("error ‖A−Aₖ‖/‖A‖") }

  /// The measured error, once it is that of the rank shown.
  var measuredError: Double? { figure("measured at k") == nil ? fraction("measured") : nil }

  /// Draws until the error at the rank on the screen was measured, and that frame is complete.
  func waitForMeasurement() throws {
    try wait(for: "measured error") { measuredError != nil && text.contains("exact ·") }
    try waitForQuiet(40)
  }

  /// Draws until the rank is `wanted` on the slider, which is drawn after the report, and in the report.
  func waitForRank(_ wanted: Int) throws {
    try wait(for: "rank \(wanted)") { rank == wanted && lines.contains { $0.contains(" k \(wanted) ") } }
  }
}
