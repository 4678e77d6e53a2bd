import RankAnalysis

extension SpeedFinding {
  /// How λ was chosen: "(0.001·σ₁)²".
  package static func ridgeText(_ choice: RidgeChoice) -> String {
    switch choice {
    case .share(let share): "(\(NumberFormat.plain(share, digits: 1))·σ₁)²"
    case .noise: "the noise edge²"
    case .value: "as given"
    }
  }

  /// What sets the crossover apart from break-even for any number of columns.
  package static let commonReasons =
    "Break-even counts FLOPs, the crossover counts time. Two products instead of one write and read k numbers between "
    + "them for each column of X."

  /// Why the crossover of a batch lies where it does, beside ``commonReasons``: a sentence for each cause that the figures
  /// show.
  package func ownReasons(_ batch: BatchSpeed) -> [String] {
    guard let prediction = batch.prediction else { return [] }
    var sentences: [String] = []
    if prediction.memoryShare >= 0.5 {
      sentences.append(
        "A product with \(columns(batch.batch)) is memory-bound: reading A takes about "
          + "\(Int((prediction.memoryShare * 100).rounded())) % of the time, and the factors are as many bytes at break-even."
      )
    }
    let thin = min(prediction.leftRate, prediction.rightRate) / prediction.denseRate
    if thin < 0.9 {
      sentences.append(
        "Kernels reach less on thin factors: \(rate(prediction.rightRate)) for Vᵀ and \(rate(prediction.leftRate)) for UΣ, "
          + "\(rate(prediction.denseRate)) for A.")
    } else if thin > 1.1 {
      sentences.append(
        "Kernels reach more on the factors: \(rate(prediction.rightRate)) for Vᵀ and \(rate(prediction.leftRate)) for UΣ, "
          + "\(rate(prediction.denseRate)) for A.")
    }
    return sentences
  }

  /// "45.1 GFLOP/s".
  package func rate(_ flopsPerSecond: Double) -> String {
    NumberFormat.count(flopsPerSecond) + (flopsPerSecond < 999.5 ? " " : "") + "FLOP/s"
  }

  private func columns(_ batch: Int) -> String { batch == 1 ? "one vector" : "\(NumberFormat.grouped(batch)) columns" }
}

extension Crossover {
  /// "230", "230–236", or "≥ 512" where the factors are faster at every rank.
  package var text: String {
    guard let slower else { return "≥ \(NumberFormat.grouped(faster))" }
    return slower - faster <= 1
      ? NumberFormat.grouped(faster) : "\(NumberFormat.grouped(faster))–\(NumberFormat.grouped(slower))"
  }
}

extension TimeSpread {
  /// The median as a time, and with quartiles: "35 µs (34–38 µs)".
  package var secondsText: String {
    "\(NumberFormat.seconds(median)) (\(NumberFormat.seconds(lowerQuartile))–\(NumberFormat.seconds(upperQuartile)))"
  }

  /// The median as a ratio with quartiles: "3.9 × (3.8–4.1)".
  package var ratioText: String {
    func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 2) }
    return "\(figure(median)) × (\(figure(lowerQuartile))–\(figure(upperQuartile)))"
  }
}

extension PseudoinverseFinding {
  /// What it means, a sentence each.
  package var sentences: [String] {
    guard let condition, let fullCondition else { return ["The matrix is zero or k is 0: there is nothing to invert."] }
    func figure(_ value: Double) -> String { NumberFormat.plain(value, digits: 3) }
    var lines = [
      "A_k⁺ has condition σ₁/σ\(subscripted(rank)) = \(figure(condition)), A⁺ \(figure(fullCondition)): it grows with k, and "
        + "cutting lowers it."
    ]
    if distance > 0 {
      lines.append(
        "A_k⁺ is no approximation of A⁺: ‖A⁺ − A_k⁺‖₂ = 1/σ\(subscripted(numericalRank)) = \(figure(distance)), all of ‖A⁺‖₂, "
          + "at every k below \(NumberFormat.grouped(numericalRank)).")
    } else {
      lines.append("k keeps every σ above the precision floor: A_k⁺ is A⁺.")
    }
    return lines
  }
}
