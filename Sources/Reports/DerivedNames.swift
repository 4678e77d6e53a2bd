import MatrixFiles
import ModelTensors

/// How what follows from a model's tensors is called – parts, heads, experts, products – in a few lines: of tensors that
/// have the same role in many layers the first stands for all.
struct DerivedNames {
  /// A line each: “h.0.attn.c_attn.weight/q/head.0” to “/head.11” (and of 11 tensors more).
  private(set) var lines: [String] = []

  /// The tensors of one role, by the first.
  private struct Kind: Hashable {
    let stack: String
    let role: String
    let axes: [Int]
  }

  /// The names of what follows from the tensors of `file`.
  init(_ file: any MatrixFile) {
    guard let model = file as? ModelFile else { return }
    var counts: [Kind: Int] = [:]
    var firsts: [(kind: Kind, entry: TensorEntry)] = []
    for entry in model.tensors {
      guard let name = entry.name else { continue }
      let role = TensorRole(name)
      let kind = Kind(stack: role.stack, role: role.role, axes: entry.axes)
      counts[kind, default: 0] += 1
      if counts[kind] == 1 { firsts.append((kind, entry)) }
    }
    for (kind, entry) in firsts {
      let others = (counts[kind] ?? 1) - 1
      let more = others > 0 ? " (and of \(others) tensor\(others == 1 ? "" : "s") more)" : ""
      lines += Self.lines(under: entry, of: model).map { $0 + more }
    }
  }

  /// What lies under `entry`: runs of numbers by their ends, then what lies under the first of each.
  private static func lines(under entry: TensorEntry, of model: ModelFile) -> [String] {
    var lines: [String] = []
    var runs: [(stem: String, entries: [TensorEntry])] = []
    for part in model.derived(of: entry) {
      let stem = stem(of: part.name ?? "")
      if runs.last?.stem == stem { runs[runs.count - 1].entries.append(part) } else { runs.append((stem, [part])) }
    }
    for run in runs {
      guard let first = run.entries.first, let name = first.name else { continue }
      let last = run.entries.last?.name?.split(separator: "/").last ?? ""
      lines.append("“\(printable(name))”" + (run.entries.count > 1 ? " to “/\(printable(String(last)))”" : ""))
      lines += Self.lines(under: first, of: model)
    }
    return lines
  }

  /// `name` without a number at its end.
  private static func stem(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), Int(name[name.index(after: dot)...]) != nil else { return name }
    return String(name[..<dot])
  }
}
