import Explorer
import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// The explorer in sentences, for screen readers and logs: each line says one thing and needs no look at another.
package enum PlainText {
  /// What was opened, and what its columns call for.
  package static func opened(_ state: ExplorerState) -> [String] {
    guard let info = state.info else { return [] }
    let name = info.source + (info.tensor.map { ", \($0)" } ?? "")
    let notes = info.notes.isEmpty ? "" : "; " + info.notes.map { clause($0) }.joined(separator: "; ")
    var lines = [
      "\(name): \(counted(info.shape.rows, "row")), \(counted(info.shape.columns, "column")), \(info.type.rawValue)\(notes)."
    ]
    for advice in info.advice {
      let mend =
        switch advice {
        case .unequalScales: "“center columns” and “scale columns” make them equal"
        case .idLike(let names): "“drop \(names.joined(separator: ","))” leaves \(names.count > 1 ? "them" : "it") out"
        }
      lines.append(sentence("\(clause(advice.sentence)); \(mend)"))
    }
    return lines
  }

  /// "1 row", "2,530 rows".
  static func counted(_ number: Int, _ one: String) -> String { "\(grouped(number)) \(one)\(number == 1 ? "" : "s")" }

  /// Where the rank stands, what it costs and what it keeps.
  package static func position(_ state: ExplorerState) -> [String] {
    guard let report = Report(state) else { return [] }
    let (k, costs, analysis) = (state.rank, report.costs, report.analysis)
    guard report.result.count > 0 else { return ["The matrix is empty."] }
    var lines = [
      "Rank \(grouped(k)) of \(grouped(report.result.count)): error \(analysis.errorText(rank: k)), "
        + "energy \(analysis.energyText(rank: k)), \(grouped(costs.factored(k))) parameters, "
        + "\(NumberFormat.percent(Bounded(costs.ratio(k)))) of A’s; break-even at rank \(grouped(costs.breakEvenRank))."
    ]
    let rules = report.result.stops.filter { $0.rank == k && $0.isCertain }.map(\.title)
    if !rules.isEmpty { lines.append("Picked by: \(rules.joined(separator: ", ")).") }
    if report.result.isPreview { lines.append(preview(report.result, state)) }
    return lines
  }

  /// Every figure of the report.
  package static func report(_ state: ExplorerState) -> [String] {
    Report(state)?.rows.map { "\($0.label): \($0.value)." } ?? []
  }

  /// Every rule and its rank.
  package static func rules(_ state: ExplorerState) -> [String] {
    guard let result = state.spectrum else { return [] }
    return result.answers.map { "\($0.title): rank \(result.rankText($0)). \(oneLine($0.explanation))." }
      + result.openRules.map { "\($0.title): needs the exact spectrum." }
  }

  /// What the figures are while they are bounds.
  private static func preview(_ result: SolvedSpectrum, _ state: ExplorerState) -> String {
    let status = PreviewStatus(result, state)
    return
      "These are certified bounds from \(status.extent) (\(status.confidence)); the exact spectrum is not there yet."
  }

  /// How the spectrum falls, in a few lines.
  package static func spectrum(_ analysis: SpectrumAnalysis) -> [String] {
    let values = analysis.spectrum.values
    guard let largest = values.first, largest > 0 else { return ["Every singular value is zero."] }
    var lines = ["\(valueSentence(1, analysis)) holds \(analysis.energyText(rank: 1)) of the energy."]
    for (share, name) in [
      (0.5, "half"), (0.1, "a tenth"), (0.01, "a hundredth"), (0.001, "a thousandth"), (1e-6, "a millionth"),
    ] {
      guard largest * share > analysis.spectrum.floorValue,
        let index = analysis.spectrum.upper.firstIndex(where: { $0 < share * largest })
      else { continue }
      lines.append(
        "From \(grouped(index + 1)) on\(analysis.isExact ? "" : " at the latest"), σ is less than \(name) of σ1.")
    }
    guard analysis.isExact else {
      return lines + ["How many values lie above the precision floor needs the exact spectrum."]
    }
    let above = values.prefix { $0 >= analysis.spectrum.floorValue }.count
    lines.append(
      above == values.count
        ? "All \(grouped(values.count)) values lie above the precision floor."
        : "\(grouped(above)) of \(grouped(values.count)) values lie above the precision floor; the rest may be rounding."
    )
    return lines
  }

  /// σ_i for the indices in `range`.
  package static func values(_ state: ExplorerState, _ range: ClosedRange<Int>) -> [String] {
    guard let analysis = state.spectrum?.analysis else { return [] }
    return range.clamped(to: 1...max(1, analysis.fullRank)).prefix(analysis.fullRank).map { index in
      "\(valueSentence(index, analysis)); error after it \(analysis.errorText(rank: index))."
    }
  }

  /// "σ7 = 3.2", or "σ70 ≤ 3.2".
  private static func valueSentence(_ index: Int, _ analysis: SpectrumAnalysis) -> String {
    let text = analysis.valueText(index)
    return analysis.isExact ? "σ\(index) = \(text)" : "σ\(index) \("<>≤≥".contains(text.prefix(1)) ? "" : "= ")\(text)"
  }

  /// What the rows and rules whose names contain `name` mean.
  package static func explanation(_ state: ExplorerState, of name: String) -> [String] {
    guard let report = Report(state) else { return [] }
    let found = report.explainable.filter { $0.label.lowercased().contains(name.lowercased()) }
    guard !found.isEmpty else {
      return ["Nothing is called “\(printable(name, limit: 40))”; “report” and “rules” list the names."]
    }
    return found.map { "\($0.label): \($0.value). \($0.sentence) \(oneLine($0.formula))." }
  }

  /// The layer that is looked at: its σ and its largest loadings by name.
  package static func component(_ state: ExplorerState) -> [String] {
    guard let report = Report(state), let triplet = state.triplet else { return ["U and V are not there yet."] }
    let analysis = report.analysis
    var lines = [
      "Layer \(triplet.index): σ \(report.equals(analysis.valueText(triplet.index))), "
        + "\(report.layerEnergy(triplet.index)) of the energy."
    ]
    let equal = analysis.nearlyEqual(to: triplet.index)
    if !analysis.isExact {
      lines.append("A preview: whether neighbours are near needs the exact spectrum.")
    } else if equal.count > 1 {
      lines.append(
        "σ\(equal.lowerBound) to σ\(equal.upperBound) lie within 1 % of their neighbours: individual vectors not "
          + "meaningful.")
    }
    func loadings(_ vector: VectorProfile, _ names: [String], _ kind: String) -> String {
      "Largest \(kind): "
        + vector.largest.prefix(8).map { loading in
          let name =
            loading.index < names.count ? printable(names[loading.index], limit: 40) : "\(kind) \(loading.index + 1)"
          return "\(name) \(NumberFormat.plain(loading.value, digits: 3))"
        }.joined(separator: ", ") + "."
    }
    lines.append(loadings(triplet.left, report.info.labels.rows, "row"))
    lines.append(loadings(triplet.right, report.info.labels.columns, "column"))
    return lines
  }

  /// Parameters, degrees of freedom and bytes, each with its own break-even.
  package static func blocks(_ state: ExplorerState) -> [String] {
    guard let report = Report(state) else { return [] }
    return Gauge.all(report).map {
      "\($0.name): \($0.value), \(NumberFormat.percent(Bounded($0.ratio))); \($0.limit)."
    }
  }

  /// The list that is open, numbered; only what has every word of `words` in its name, capitals or not.
  package static func list(_ state: ExplorerState, words: String = "") -> [String] {
    if state.showsMatrix {
      return [
        state.tensors.isEmpty && state.home != .gallery
          ? "There is no list; “open FILE” opens another matrix." : "A matrix is open; “back” returns to the list."
      ]
    }
    if state.view == .lessons { return PlainLesson.menu(state) }
    let wanted = words.lowercased().split(separator: " ")
    func isListed(_ name: String) -> Bool {
      let name = name.lowercased()
      return wanted.allSatisfy { name.contains($0) }
    }
    var lines: [String]
    if state.view == .gallery {
      lines = state.gallery.enumerated().filter { isListed($0.element.title) }.map {
        "\($0.offset + 1). \($0.element.title): \($0.element.teaches)"
      }
    } else {
      lines = state.tensors.enumerated().filter { isListed($0.element.name ?? "") }.map {
        "\($0.offset + 1). \($0.element.printableName), \($0.element.type.rawValue), "
          + "\($0.element.axes.map(String.init).joined(separator: " × "))."
      }
      lines += state.unreadable.filter { isListed($0.name) }.map { "Not readable: \(clause($0.reason))." }
    }
    return lines.isEmpty && !wanted.isEmpty
      ? ["No name has “\(printable(words, limit: 40))” in it; “list” shows all."] : lines
  }

  /// The question what becomes of cells without a number.
  package static func missing(_ cells: MissingCells) -> [String] {
    [
      "\(grouped(cells.count)) \(cells.count == 1 ? "cell holds" : "cells hold") no number, in \(grouped(cells.rows)) of "
        + "\(grouped(cells.allRows)) rows; the first is at \(cells.first).",
      "Say “missing drop-rows”, “missing column-mean” or “missing zero”.",
    ]
  }

  /// `text` with a capital at its beginning and a full stop at its end.
  package static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + (text.last.map { ".?!…".contains($0) } == true ? "" : ".")
  }

  /// A formula of several lines as one.
  private static func oneLine(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: "; ")
  }

  private static func grouped(_ number: Int) -> String { NumberFormat.grouped(number) }
}
