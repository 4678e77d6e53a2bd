import MatrixFiles
import RankAnalysis

/// What `approximate --method` prints without `--json`: what was made, what it costs and loses, the optimum beside it.
package struct FactorizationText {
  /// The text, ending in a newline.
  package let text: String

  /// Describes `report`; `errorFloor` is the relative error below which everything is rounding.
  package init(_ report: FactorizationReport, errorFloor: Double, style: TextStyle) {
    var name = printable(report.source)
    if let tensor = report.tensor.value { name += " " + printable(tensor) }
    let target = report.target.map { "--\($0) \(printable($1))" }.joined(separator: " ")
    let heading =
      "\(name)  \(report.rows) × \(report.columns)  \(report.dtype)\n"
      + "\(report.title), \(target)\(Self.ending(report))\n"

    var table = TextTable([("rank \(NumberFormat.grouped(report.rank))", .left), ("", .left)], style: style)
    func percent(_ share: Double) -> String { NumberFormat.percent(Bounded(share), floor: errorFloor) }
    if let found = report.rankFound.value { table.append(["rank found", NumberFormat.grouped(found)]) }
    table.append([
      "parameters",
      "\(NumberFormat.grouped(report.parameters)), \(NumberFormat.percent(Bounded(report.parameterRatio))) of dense",
    ])
    let isWhole = report.residual.over == "all"
    let error = percent(report.residual.relativeFrobeniusError)
    if let sparse = report.sparse.value {
      table.append(["error with the sparse part", error])
      table.append(["error of the product alone", percent(sparse.lowRankError)])
    } else {
      table.append([isWhole ? "error, measured" : "error of observed cells, measured", error])
    }
    if let optimum = report.optimum.value {
      table.append(["optimum (Eckart–Young)", percent(optimum)])
    }
    table.append([isWhole ? "largest single error" : "largest of them", Self.magnitude(report.residual.maxError)])
    if let sparse = report.sparse.value {
      table.append([
        "nonzeros of the sparse part",
        "\(NumberFormat.grouped(sparse.nonzeros)), \(NumberFormat.percent(Bounded(sparse.share)))",
      ])
    }
    if !isWhole {
      table.append(["observed cells", NumberFormat.grouped(report.residual.entries)])
    }
    var lists = "parameters counted: \(report.parametersCounted)\n"
    if let columns = report.chosenColumns.value { lists += Self.list("columns", columns) }
    if let rows = report.chosenRows.value { lists += Self.list("rows", rows) }
    text =
      style.spelled(heading) + "\n" + table.text + "\n" + Self.wrapped(style.spelled(lists), width: style.width)
      + "wrote \(printable(report.output)), \(NumberFormat.bytes(report.outputBytes))\n"
  }

  /// ", 34 iterations" and whether it was done.
  private static func ending(_ report: FactorizationReport) -> String {
    guard report.end != "direct" else { return "" }
    let count = "\(NumberFormat.grouped(report.iterations)) iteration\(report.iterations == 1 ? "" : "s")"
    return report.end == "converged" ? ", converged after \(count)" : ", stopped after \(count)"
  }

  private static func magnitude(_ value: Double) -> String { NumberFormat.plain(value, digits: 4) }

  /// "columns: alcohol, ash"; numbers count from 1 where there are no names.
  private static func list(_ title: String, _ lines: [FactorizationReport.Line]) -> String {
    guard !lines.isEmpty else { return "\(title): none\n" }
    let areNamed = lines.allSatisfy { !($0.name.value ?? "").isEmpty }
    let names = lines.map { line in
      areNamed ? printable(line.name.value ?? "") : NumberFormat.grouped(line.index + 1)
    }
    return "\(title)\(areNamed ? "" : ", counted from 1"): \(names.joined(separator: ", "))\n"
  }

  /// Lines of at most `width` characters, broken at blanks, continued two blanks in.
  private static func wrapped(_ text: String, width: Int) -> String {
    text.split(separator: "\n").map { line in
      var lines = [""]
      for word in line.split(separator: " ") {
        let last = lines[lines.count - 1]
        if last.isEmpty {
          lines[lines.count - 1] = String(word)
        } else if last.count + 1 + word.count <= width {
          lines[lines.count - 1] += " " + word
        } else {
          lines.append("  " + word)
        }
      }
      return lines.joined(separator: "\n") + "\n"
    }.joined()
  }
}
