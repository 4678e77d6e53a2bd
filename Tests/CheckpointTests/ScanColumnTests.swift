@testable import Checkpoints
import LinearAlgebra
import MatrixFiles
import Testing

@Suite("Columns of a table of tensors")
struct ScanColumnTests {
  private let entry = TensorEntry(name: "a\u{1b}[31m", type: .bf16, axes: [40, 30])

  private var findings: TensorFindings {
    var findings = TensorFindings(entry, shape: Shape(40, 30))
    findings.ranks = ["error_10": 20, "shuffled": 4]
    findings.measures = TensorFindings.Measures(
      spectralNorm: 2, frobeniusNorm: 3, alpha: 3.14159, alphaStandardError: 0.128, alphaTail: 44, alphaKS: 0.05,
      errorAtBreakEven: 0.07195)
    findings.profile = [1, 0.5, 0.25, 0.01]
    return findings
  }

  private func text(_ id: String, isUnicode: Bool = true) -> String? {
    ScanColumnCatalog.column(id)?.text(entry, findings, isUnicode: isUnicode)
  }

  @Test("ids are unique, titles fit ten cells, texts fit their widths")
  func catalog() {
    #expect(Set(ScanColumnCatalog.all.map(\.id)).count == ScanColumnCatalog.all.count)
    for column in ScanColumnCatalog.all {
      #expect(column.title.count <= 10 && column.explanation.hasSuffix("."), "\(column.id)")
      if let width = column.width { #expect(column.text(entry, findings).count <= width, "\(column.id)") }
      #expect(column.text(entry, findings, isUnicode: false).utf8.allSatisfy { $0 < 0x80 }, "\(column.id)")
    }
    #expect(
      ScanColumnCatalog.defaults.map(\.id) == ["name", "shape", "sparkline", "error_at_break_even", "k10_ratio"])
  }

  @Test("small spectra have one axis: two decades, below it the lowest bar, none for zero")
  func scale() {
    #expect([1, 0.01, 1e-6, 0].map { ProfileScale.height($0) } == [1, 0, 0, 0])
    #expect(abs(ProfileScale.height(0.1) - 0.5) < 1e-7)
    #expect([1, 0.1, 0.01, 1e-6, 0].map { ProfileScale.eighths($0) } == [8, 4, 1, 1, 0])
    #expect(ProfileScale.eighths(0.1, rows: 4) == 16 && ProfileScale.eighths(2) == 8)
    #expect(Sparkline.text([1, 0.1, 0], width: 10) == "█▄ ")
    #expect(ScanColumnCatalog.column("sparkline")?.explanation.contains("logarithmic axis from σ₁/100 to σ₁") == true)
  }

  @Test("texts")
  func texts() {
    #expect(text("name") == "a\\u{1b}[31m")
    #expect(text("shape") == "40×30" && text("shape", isUnicode: false) == "40x30")
    #expect(text("sparkline") == "█▇▆▁" && text("sparkline", isUnicode: false) == "@#*.")
    #expect(text("error_at_break_even") == "7.20 %" || text("error_at_break_even") == "7.19 %")
    #expect(text("k10_ratio") == "1.176" && text("shuffled") == "4" && text("gavish_donoho") == "–")
    #expect(text("alpha") == "3.14 ± 0.13" && text("alpha_tail") == "44" && text("dtype") == "bf16")
    #expect(ScanColumnCatalog.column("alpha")?.text(entry, nil) == "")
  }

  @Test("an error shows the digits that rounding left, fits its column, and is a true statement")
  func errors() {
    func text(_ error: Double?, floor: Double?) -> String? {
      var measures = TensorFindings.Measures(spectralNorm: 1, frobeniusNorm: 1)
      (measures.errorAtBreakEven, measures.errorFloor) = (error, floor)
      return BreakEvenError.text(measures)
    }
    #expect(text(nil, floor: 1e-6) == nil && text(0, floor: 0) == "0 %" && text(0, floor: 1e-5) == "< 0.0010 %")
    #expect(text(0.0719, floor: 7.4e-6) == "7.19 %" && text(0.99, floor: 1e-6) == "99.0 %")
    #expect(text(3e-13, floor: 7e-13) == "<7.0e-11 %")
    #expect(text(0.25, floor: nil) == "25.0 %")
    for step in 0..<400 {
      let error = 1e-7 * Double(step + 1)
      let shown = text(error, floor: 7.4e-6) ?? ""
      #expect(shown.count <= BreakEvenError.width && !shown.contains("–"), "\(shown)")
      let number = Double(shown.filter { "0123456789.e-".contains($0) }) ?? .nan
      #expect(shown.hasPrefix("<") ? number >= 100 * error : abs(number - 100 * error) <= 50 * error, "\(shown)")
    }
  }

  @Test("rows without a value come last, names sort as people count")
  func sorting() {
    #expect(ScanValue.number(1) < .none && !(ScanValue.none < .number(1)) && !(ScanValue.none < .none))
    #expect(ScanValue.integer(2) < .number(2.5) && ScanValue.text("layer.2") < .text("layer.10"))
  }
}
