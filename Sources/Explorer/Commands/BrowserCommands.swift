import Checkpoints
import MatrixFiles

extension CommandCatalog {
  /// What a list of tensors shows, and in which order.
  static let browserCommands: [ExplorerCommand] = [
    ExplorerCommand(
      "sort", .words("[COLUMN]", { _ in sortColumns + ["none"] }),
      "sort the tensors by a column, again the other way round; none: as the file does", needsMatrix: false
    ) { (text, state) throws(CommandError) in
      try needsBrowser("sort", state)
      guard !text.isEmpty, text != "none" else { return [.sort(nil)] }
      let id = try column(text, among: sortColumns)
      return [.show(.tensors), .sortBy(id)]
    },
    ExplorerCommand(
      "number", .words("NAME", { _ in ColumnSets.numbers }), "what the map of layers and roles shows",
      needsMatrix: false
    ) { (text, state) throws(CommandError) in
      try needsBrowser("number", state)
      guard state.browser?.map != nil else { throw CommandError("nothing repeats over layers here: there is no map") }
      return [.show(.layerMap), .number(try column(text, among: ColumnSets.numbers))]
    },
    ExplorerCommand(
      "tensor", .words("NAME", { $0.tensors.compactMap(\.name) }),
      "open a tensor of this file by its name, or what follows from one: NAME/head.2", needsMatrix: false
    ) { (text, state) throws(CommandError) in
      if state.browser == nil { throw CommandError(":tensor needs a file that lists tensors") }
      return [.open(source: state.sourceName, tensor: text)]
    },
    ExplorerCommand(
      "scan", .none, "look at the spectrum of every matrix of the file, or go on with it", needsMatrix: false
    ) { (_, state) throws(CommandError) in
      try needsBrowser("scan", state)
      return [.startScan]
    },
  ]

  /// The columns that a list of tensors can show beside the names.
  static let listColumns = ["usual"] + ScanColumnCatalog.all.map(\.id).filter { $0 != "name" }

  private static let sortColumns = ScanColumnCatalog.all.map(\.id).filter { $0 != "sparkline" }

  /// The ids in "error_at_break_even, k10_ratio"; each may be cut short. Nil for the usual ones.
  static func shownColumns(_ text: String) throws(CommandError) -> [String]? {
    guard text != "usual" else { return nil }
    var ids: [String] = []
    for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      ids.append(try column(String(word), among: Array(listColumns.dropFirst())))
    }
    return ids
  }

  private static func column(_ name: String, among ids: [String]) throws(CommandError) -> String {
    if ids.contains(name) { return name }
    let matching = ids.filter { $0.hasPrefix(name) }
    if matching.count == 1 { return matching[0] }
    throw CommandError(
      matching.isEmpty
        ? "there is no column “\(printable(name, limit: 40))”: \(ids.joined(separator: ", "))"
        : "“\(printable(name, limit: 40))” may be \(matching.joined(separator: " or "))")
  }

  private static func needsBrowser(_ name: String, _ state: ExplorerState) throws(CommandError) {
    if !state.showsBrowser { throw CommandError(":\(name) needs a list of tensors") }
  }
}
