import Glibc

/// #{σ_i > T}: the threshold of least squared error under noise whose correlation is not known, read off the bulk itself.
///
/// The k largest σ are taken for signal and replaced by what the bulk's edge, extrapolated as (·)^⅔, would put there; T then
/// solves Ψ(T) = T·D′(T)/D(T) = −4 with D = φ·(βφ + (1−β)/T) and φ = mean T/(T² − σ²) over that bulk. It needs k, an upper
/// bound on the rank, so that it stands in no catalog.
///
/// Source: Donoho, Gavish & Romanov, "ScreeNOT", Ann. Statist. 51 (2023), 122–148.
package struct ScreeNOTRule: RankRule {
  package let id = "screenot"
  package let title = "ScreeNOT"
  package let summary =
    "Keeps what best restores a low-rank matrix under noise that may be correlated, whose shape it reads off the bulk "
    + "(Donoho, Gavish & Romanov); it assumes that the rank is at most a quarter of min(m, n)."
  /// The upper bound on the rank that was asked for; nil takes a quarter of min(m, n).
  private let bound: Int?

  /// A rule that assumes a rank of at most `bound`, which must leave a bulk: 2·bound + 1 < p.
  package init(bound: Int? = nil) { self.bound = bound }

  package func answer(_ context: RuleContext) -> RankAnswer? {
    guard context.analysis.isExact, let threshold = threshold(context.analysis) else { return nil }
    return RankAnswer(above: Bounded(threshold), of: context.analysis)
  }

  package func explanation(_ context: RuleContext, _ answer: RankAnswer) -> String {
    let bound = bound(of: context.analysis.fullRank)
    guard let threshold = threshold(context.analysis), let beta = context.analysis.aspectRatio else { return "" }
    return "σᵢ > T = \(figure(threshold)), where Ψ(T) = −4 → \(answer.text(context))\n"
      + "bulk: all σ but the first \(bound), β = \(figure(beta))" + floorRemark(Bounded(threshold), context)
  }

  private func bound(of count: Int) -> Int { bound ?? max(1, count / 4) }

  /// T in A's units; nil where the bound leaves no bulk, or the bulk is zero.
  package func threshold(_ analysis: SpectrumAnalysis) -> Double? {
    let values = analysis.spectrum.values
    let bound = bound(of: values.count)
    guard let beta = analysis.aspectRatio, bound >= 0, 2 * bound + 1 < values.count, values[bound] > 0 else {
      return nil
    }
    // Relative to the largest of the bulk, so that no square leaves the range of f64, whatever the scale of A.
    let scale = values[bound]
    return Self.threshold(bulk: Self.bulk(values.map { $0 / scale }, without: bound), beta: beta) * scale
  }

  /// `values`, non-increasing, the first `bound` of them replaced by what the rest leads one to expect.
  private static func bulk(_ values: [Double], without bound: Int) -> [Double] {
    guard bound > 0 else { return values }
    let edge = values[bound]
    let fall = edge - values[2 * bound]
    return values.indices.map { index in
      guard index < bound else { return values[index] }
      let share = pow(Double(index) / Double(bound), 2.0 / 3)
      return edge + fall * (1 - share) / (pow(2, 2.0 / 3) - 1)
    }
  }

  /// The T above the bulk with Ψ(T) = −4, by bisection to the last digits: Ψ increases there from −∞ to −2.
  private static func threshold(bulk: [Double], beta: Double) -> Double {
    var low = bulk.max() ?? 0
    var high = 2 * low
    while psi(high, bulk, beta) < -4 { (low, high) = (high, 2 * high) }
    while high - low > 1e-13 * high {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if psi(middle, bulk, beta) < -4 { low = middle } else { high = middle }
    }
    return high
  }

  /// Ψ(y) = y·D′(y)/D(y).
  private static func psi(_ y: Double, _ bulk: [Double], _ beta: Double) -> Double {
    var (phi, slope) = (0.0, 0.0)
    for value in bulk {
      let gap = (y - value) * (y + value)
      phi += y / gap
      slope -= (y * y + value * value) / (gap * gap)
    }
    phi /= Double(bulk.count)
    slope /= Double(bulk.count)
    let rest = (1 - beta) / y
    let derivative = slope * (beta * phi + rest) + phi * (beta * slope - rest / y)
    return y * derivative / (phi * (beta * phi + rest))
  }
}
