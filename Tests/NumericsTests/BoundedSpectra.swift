import LinearAlgebra
import RankAnalysis

/// An exact spectrum and one that only bounds it, as a preview does: the leading values tightly, the rest from above.
struct BoundedSample {
  let exact: SpectrumAnalysis
  let bounded: SpectrumAnalysis
  /// How many leading values are known well.
  let known: Int

  init(_ random: inout TestRandom, count: Int) {
    let kind = Int(random.uniform() * 5)
    let scale = [1, 1e200, 1e-200, 37][Int(random.uniform() * 4)]
    let values = (1...count).map { index -> Double in
      let i = Double(index)
      let value =
        switch kind {
        case 0: 1 / i
        case 1: 1 / (i * i * i)
        case 2: 1 + random.uniform() / 10
        case 3: index <= count / 3 ? 1 + random.uniform() : 0
        default: (index <= 3 ? 100 : 1) * (1 - (i - 1) / Double(count))
        }
      return value * scale
    }.sorted(by: >)
    known = Int(random.uniform() * Double(count + 1))
    let width = [0, 1e-9, 0.003, 0.2][Int(random.uniform() * 4)]
    var (lower, upper): ([Double], [Double]) = ([], [])
    let rest = (known < count ? values[known] : 0) * (1 + random.uniform() / 4)
    for (index, value) in values.enumerated() {
      let isKnown = index < known
      lower.append(isKnown ? value * (1 - width * random.uniform()) : 0)
      upper.append(max(rest, isKnown ? value * (1 + width * random.uniform()) : 0))
    }
    // Non-increasing, as bounds of ordered values can always be made.
    for index in lower.indices.dropFirst().reversed() { lower[index - 1] = max(lower[index - 1], lower[index]) }
    for index in upper.indices.dropFirst() { upper[index] = min(upper[index - 1], upper[index]) }
    let exact = spectrum(values, longSide: count * 2)
    self.exact = SpectrumAnalysis(exact)
    bounded = SpectrumAnalysis(
      Spectrum(
        shape: exact.shape, lower: lower, upper: upper, frobeniusNorm: exact.frobeniusNorm,
        precisionFloor: exact.precisionFloor, rounding: 1e-15, failureProbability: 1e-10))
  }
}

/// What a text claims of a number, so that tests can ask whether it is true.
struct Claim {
  private let holds: (Double) -> Bool

  /// The claim of "≤ 83.2 %", "> 1", "6.8–7.7" or "7.195 %"; nil for other text.
  init?(_ text: String) {
    let isPercent = text.hasSuffix(" %")
    let body = isPercent ? text.dropLast(2) : Substring(text)
    func number(_ text: Substring) -> Double? {
      guard isPercent else { return Double(text) }
      let parts = text.split(separator: "e")
      guard let mantissa = parts.first, let exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
      return Double("\(mantissa)e\(exponent - 2)")
    }
    let ends = body.split(separator: "–")
    if ends.count == 2 {
      guard let low = number(ends[0]), let high = number(ends[1]) else { return nil }
      holds = { low <= $0 && $0 <= high }
    } else if let sign = body.first, "<>≤≥".contains(sign) {
      guard let value = number(body.dropFirst(2)) else { return nil }
      // A sign that excludes the end itself is read as one that includes it.
      holds = "<≤".contains(sign) ? { $0 <= value } : { $0 >= value }
    } else {
      guard let value = number(body) else { return nil }
      let mantissa = body.split(separator: "e").first ?? ""
      let decimals = mantissa.split(separator: ".").dropFirst().first?.count ?? 0
      let exponent = body.split(separator: "e").dropFirst().first.flatMap { Int($0) } ?? 0
      let half = 0.5 * (Double("1e\(exponent - decimals - (isPercent ? 2 : 0))") ?? 0)
      holds = { abs($0 - value) <= half * (1 + 1e-9) }
    }
  }

  func isTrue(of value: Double) -> Bool { holds(value) }
}
