import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// What `info` prints without `--json`: a table of the tensors, and what cannot be read.
package struct InfoText {
  /// The text, ending in a newline.
  package let text: String

  /// Describes `file`, whose entries were not read.
  package init(_ file: any MatrixFile, style: TextStyle) {
    let report = InfoReport(file)
    let count = report.tensors.count
    var lines =
      "\(printable(file.source)): \(report.format), \(NumberFormat.grouped(count)) tensor\(count == 1 ? "" : "s")\n\n"
    var table = TextTable(
      [("name", .left), ("dtype", .left), ("shape", .left), ("parameters", .right), ("bytes", .right)], style: style)
    for tensor in report.tensors {
      table.append([
        tensor.name.value.map { printable($0) } ?? "(unnamed)", tensor.dtype,
        tensor.shape.isEmpty ? "scalar" : tensor.shape.map(String.init).joined(separator: " × "),
        NumberFormat.grouped(tensor.parameters), NumberFormat.bytes(tensor.bytes),
      ])
    }
    if count > 0 { lines += table.text }
    let refused = file.unreadable
    if !refused.isEmpty {
      lines += "\nnot read:\n"
      for tensor in refused { lines += "  \(style.spelled(tensor.reason))\n" }
    }
    text = lines
  }
}
