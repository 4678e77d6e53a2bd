import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// What `info` prints without `--json`: a table of the tensors, and what cannot be read.
package struct InfoText {
  /// The text, ending in a newline.
  package let text: String

  /// No list but the table's has more lines; the JSON form holds everything.
  private static let lineLimit = 20

  /// Describes `file`, whose entries were not read.
  package init(_ file: any MatrixFile, style: TextStyle) {
    let tensors = file.tensors
    let count = tensors.count
    var text =
      "\(printable(file.source)): \(file.format), \(NumberFormat.grouped(count)) tensor\(count == 1 ? "" : "s")\n"
    for note in file.notes { text += "  \(style.spelled(note))\n" }
    if count > 0 { text += "\n" + Self.table(tensors, style: style) }
    let aliases = tensors.filter { !$0.aliases.isEmpty }.map { tensor in
      "“\(printable(tensor.name ?? ""))” is also called "
        + Self.listed(tensor.aliases.map { "“\(printable($0))”" }, limit: 8)
    }
    text += Self.list(aliases, titled: "other names:", style: style)
    text += Self.list(
      DerivedNames(file).lines, titled: "parts, by name (scan takes them with --match and a / in it):", hint: "",
      style: style)
    text += Self.list(UnreadableGroup.groups(of: file.unreadable).map(\.text), titled: "not read:", style: style)
    self.text = text
  }

  private static func table(_ tensors: [TensorEntry], style: TextStyle) -> String {
    var table = TextTable(
      [("name", .left), ("dtype", .left), ("shape", .left), ("parameters", .right), ("bytes", .right)], style: style)
    // The signs between the axes line up.
    let depth = tensors.map(\.axes.count).max() ?? 0
    let widths = (0..<depth).map { axis in
      tensors.map { axis < $0.axes.count ? String($0.axes[axis]).count : 0 }.max() ?? 0
    }
    for tensor in tensors {
      let shape = zip(tensor.axes, widths).map { length, width in
        String(repeating: " ", count: width - String(length).count) + String(length)
      }
      table.append([
        tensor.name.map { printable($0) } ?? "(unnamed)", tensor.type.rawValue,
        shape.isEmpty ? "scalar" : shape.joined(separator: " × "), NumberFormat.grouped(tensor.parameters),
        NumberFormat.bytes(tensor.bytes),
      ])
    }
    return table.text
  }

  /// `lines` under a title, the first of them where they are many; empty where there are none.
  private static func list(
    _ lines: [String], titled title: String, hint: String = ": --json lists all", style: TextStyle
  ) -> String {
    if lines.isEmpty { return "" }
    var text = "\n\(title)\n"
    for line in lines.prefix(lineLimit) { text += "  \(style.spelled(line))\n" }
    if lines.count > lineLimit {
      let rest = NumberFormat.grouped(lines.count - lineLimit)
      text += style.spelled("  … and \(rest) more\(hint)\n")
    }
    return text
  }

  private static func listed(_ words: [String], limit: Int) -> String {
    let rest = words.count - limit
    return words.prefix(limit).joined(separator: ", ") + (rest > 0 ? " and \(NumberFormat.grouped(rest)) more" : "")
  }
}
