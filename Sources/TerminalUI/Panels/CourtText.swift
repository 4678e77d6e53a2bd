import Experiments
import Explorer
import RankAnalysis

/// The figures of the court in words, for the screen and for those who read it as sentences.
package struct CourtText {
  let finding: CourtFinding
  let result: SolvedSpectrum

  /// The words for what `finding` says of the matrix with the spectrum `result`.
  package init(_ finding: CourtFinding, _ result: SolvedSpectrum) {
    self.finding = finding
    self.result = result
  }

  /// The agreement, what is still to come, and what is known of the truth: a line each.
  func lines(progress: String) -> [String] {
    let waiting =
      finding.awaited.isEmpty ? "" : "; hearing \(finding.awaited[0]) … \(progress)"
    return [agreement + waiting] + [truth].compactMap { $0 }
  }

  /// "8 rules look for a signal: median 5, middle half 5–6; s ≈ 0.301, known 0.300": how many count, and the noise by the median σ.
  package var agreement: String {
    guard let band = finding.band else { return "no rule that looks for a signal has an answer" }
    let (low, high) = (band.ranks.lowerBound, band.ranks.upperBound)
    let middle = low == high ? grouped(low) : "\(grouped(low))–\(grouped(high))"
    let known = finding.noise.map { ", known \(figure($0))" } ?? ""
    return "\(band.count) rules look for a signal: median \(grouped(band.median)), middle half \(middle); "
      + "s ≈ \(figure(finding.estimatedNoise))\(known)"
  }

  /// "planted rank 8: least true error 7.12 % at k 8, with shrunken σ 6.98 %"; nil where nothing is known to be signal.
  package var truth: String? {
    finding.truth.map {
      "planted rank \(grouped($0.trueRank)): least true error \(percent($0.bestError)) at k \(grouped($0.bestRank))"
        + ", with shrunken σ \(percent($0.shrinkageError))" + ($0.isRelativeToNoise ? " of the noise’s norm" : "")
    }
  }

  /// ‖A − A_k‖/‖A‖ at the rank of a rule.
  package func error(_ verdict: CourtVerdict) -> String { result.analysis.errorText(rank: verdict.rank) }

  /// The numbers of the two factors.
  package func parameters(_ verdict: CourtVerdict) -> String { grouped(result.costs.factored(verdict.rank)) }

  /// The σ above which it counts, "–" without one.
  func threshold(_ verdict: CourtVerdict) -> String { verdict.threshold.map(figure) ?? "–" }

  /// ‖A_k − S‖/‖S‖, S the signal, where that is known.
  package func trueError(_ verdict: CourtVerdict) -> String? {
    finding.truth.map { percent($0.errors[min(verdict.rank, $0.errors.count - 1)]) }
  }

  private func percent(_ share: Double) -> String { NumberFormat.percent(Bounded(share), digits: 3) }
  private func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 3) }
  private func grouped(_ number: Int) -> String { NumberFormat.grouped(number) }
}
