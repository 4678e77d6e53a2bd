@testable import Checkpoints
import Foundation
import Testing

@testable import Reports

@Suite("Parts of the report's page")
struct ReportPartTests {
  @Test("colours grow lighter, and their ink can be read", arguments: 0..<ColorRamp.levels)
  func contrast(level: Int) {
    if level > 0 { #expect(ColorRamp.luminance(level) > ColorRamp.luminance(level - 1)) }
    let ink = ColorRamp.wantsBlack(level) ? 0.0 : 1.0
    let (light, dark) = (max(ink, ColorRamp.luminance(level)), min(ink, ColorRamp.luminance(level)))
    #expect((light + 0.05) / (dark + 0.05) >= 4.5)
  }

  @Test(
    "text stands out from its ground, in light and in dark",
    arguments: [("--ink", 7.0), ("--soft", 4.5), ("--link", 4.5), ("--curve", 3.0), ("--even", 3.0), ("--ten", 3.0)])
  func themes(name: String, least: Double) throws {
    let sheet = ReportStyle.styleSheet
    let values = { (name: String) in
      sheet.components(separatedBy: "\(name):").dropFirst().map { String($0.prefix { $0 != ";" && $0 != "}" }) }
    }
    let (inks, grounds) = (values(name), values("--ground"))
    #expect(inks.count == 3 && grounds.count == 3)
    for (ink, ground) in zip(inks, grounds) {
      let (one, other) = (try #require(luminance(ink)), try #require(luminance(ground)))
      #expect((max(one, other) + 0.05) / (min(one, other) + 0.05) >= least, "\(name) \(ink) on \(ground)")
    }
  }

  /// Of "#fff" or "#26728c".
  private func luminance(_ color: String) -> Double? {
    let digits = color.dropFirst().compactMap(\.hexDigitValue)
    let parts =
      digits.count == 3
      ? digits.map { 17 * $0 } : stride(from: 0, to: digits.count - 1, by: 2).map { 16 * digits[$0] + digits[$0 + 1] }
    guard parts.count == 3 else { return nil }
    let linear = parts.map { part -> Double in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  @Test(
    "the scale holds all errors between round percentages",
    arguments: [[0.173, 0.351], [0.2], [0.0, 1.0], [], [1e-9]])
  func scale(errors: [Double]) {
    let scale = ErrorScale(errors)
    #expect(scale.lower < scale.upper)
    for error in errors {
      #expect(scale.lower <= error + 1e-12 && error <= scale.upper + 1e-12)
      #expect((0..<ColorRamp.levels).contains(scale.level(error)))
    }
  }

  @Test("cells of the map have three characters at most")
  func digits() {
    for (error, text) in [
      (0.0, "0"), (1.0, "100"), (0.3449, "34"), (0.0345, "3.5"), (0.00123, "0.12"), (1e-9, "&lt;0.1"),
    ] {
      #expect(ErrorScale.digits(error) == text)
    }
  }

  @Test("a row of a heat map is as wide as the drawing, whatever the matrix", arguments: [1, 2, 5, 100, 128])
  func heatMap(count: Int) throws {
    let profile = (0..<count).map { Float(pow(0.9, Double($0))) }
    let row = ProfileDrawing(findings(profile)).row(top: 0, left: 0, height: 10)
    let elements = try #require(PageElements("<svg>\(row)</svg>"))
    let stretches = elements.all("path").filter { $0.attributes["class"]?.hasPrefix("q") == true }
    var end = 0
    for stretch in stretches {
      let numbers = stretch.attributes["d"]?.split { !$0.isNumber }.compactMap { Int($0) } ?? []
      #expect(numbers.first == end)
      end += numbers[2]
    }
    #expect(end == ProfileDrawing.width)
    // σ₁ has the lightest colour.
    #expect(stretches.first?.attributes["class"] == "q\(ColorRamp.levels - 1)")
  }

  @Test("a curve starts at σ₁, falls by logarithms, and is marked at break-even and at 10 % error")
  func curve() throws {
    var found = findings((0..<100).map { Float(pow(10, -Double($0) / 50)) })
    found.rows = 100
    found.columns = 300
    found.breakEvenRank = 25
    found.ranks = ["error_10": 50]
    let elements = try #require(PageElements(ProfileDrawing(found).curve))
    #expect(elements.all("path", class: "b").map { $0.attributes["d"] } == ["M80 0v72"])
    #expect(elements.all("path", class: "e").map { $0.attributes["d"] } == ["M160 0v72"])
    let path = try #require(elements.all("path", class: "c").first?.attributes["d"])
    let steps = path.dropFirst().split { $0 == "l" }.map { $0.split(separator: " ").compactMap { Int($0) } }
    #expect(steps.first == [0, 0] && steps.allSatisfy { $0.count == 2 && $0[1] >= 0 })
    // Two decades over the whole width: a straight line to the foot.
    #expect(steps.reduce(0) { $0 + $1[0] } == ProfileDrawing.width)
    #expect(abs(steps.reduce(0) { $0 + $1[1] } - ProfileDrawing.height) <= 1)
    #expect(steps.dropFirst().allSatisfy { $0[1] <= 2 })
  }

  @Test("no profile, no drawing")
  func empty() {
    #expect(ProfileDrawing(findings([])).curve.isEmpty)
    #expect(ProfileDrawing(findings([])).row(top: 0, left: 0, height: 9).isEmpty)
  }

  private func findings(_ profile: [Float]) -> TensorFindings {
    TensorFindings(
      name: "a", rows: max(1, profile.count), columns: max(1, profile.count), dtype: "f32", parameters: 1, ranks: [:],
      thresholds: [:], measures: .init(spectralNorm: 1, frobeniusNorm: 1), breakEvenRank: profile.count / 2,
      nonfinite: 0,
      zeroRows: 0, seconds: 0, profile: profile)
  }
}
