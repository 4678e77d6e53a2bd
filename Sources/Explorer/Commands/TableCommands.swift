import MatrixFiles
import Preparation

extension CommandCatalog {
  /// How the matrix is made ready, as on the command line.
  static let tableCommands: [ExplorerCommand] = [
    ExplorerCommand(
      "center", .words("MEANS", { _ in Centering.allCases.map(\.rawValue) }),
      "take means away: none, mean, columns, rows or both"
    ) { (text, state) throws(CommandError) in
      try prepared(state) { (next) throws(CommandError) in next.centering = try word(text) }
    },
    ExplorerCommand(
      "scale", .words("WHAT", { _ in ColumnScaling.allCases.map(\.rawValue) }),
      "divide columns by their standard deviation: none or columns"
    ) { (text, state) throws(CommandError) in
      try prepared(state) { (next) throws(CommandError) in next.scaling = try word(text) }
    },
    ExplorerCommand("transpose", .none, "exchange rows and columns") { (_, _) in [.prepare(.toggleTransposed)] },
    ExplorerCommand(
      "columns",
      .words("LIST", { $0.showsBrowser ? listColumns : ["all"] + ($0.info?.labels.columns ?? []) }),
      "keep only these columns: 1-3,7,alcohol, or all; in a list of tensors: show these, or usual", needsMatrix: false
    ) {
      (text, state) throws(CommandError) in
      if state.showsBrowser { return [.columns(try shownColumns(text))] }
      guard isReady(state) else { throw CommandError(":columns needs an open matrix or a list of tensors") }
      return try prepared(state) { (next) throws(CommandError) in next.columns = text == "all" ? nil : try list(text) }
    },
    ExplorerCommand(
      "drop", .words("LIST", { ["none"] + ($0.info?.labels.columns ?? []) }), "leave these columns out, or none"
    ) {
      (text, state) throws(CommandError) in
      try prepared(state) { (next) throws(CommandError) in next.dropped = text == "none" ? nil : try list(text) }
    },
    ExplorerCommand(
      "label", .words("COLUMN", { ["none"] + ($0.info?.labels.columns ?? []) }),
      "the column, by name or number, that names the rows and is left out, or none"
    ) { (text, state) throws(CommandError) in
      try prepared(state) { (next) throws(CommandError) in next.reading.label = text == "none" ? nil : text }
    },
    ExplorerCommand(
      "missing", .words("CHOICE", { _ in MissingPolicy.allCases.map(\.rawValue) }),
      "what becomes of missing cells: drop-rows, column-mean or zero", needsMatrix: false
    ) { (text, state) throws(CommandError) in
      try prepared(state) { (next) throws(CommandError) in next.reading.missing = try word(text) as MissingPolicy }
    },
    ExplorerCommand(
      "channel", .words("NAME", { _ in PictureChannel.allCases.map(\.rawValue) }),
      "what of a colour picture: luma, red, green, blue or colour"
    ) { (text, state) throws(CommandError) in
      if let info = state.info, !info.isPicture { throw CommandError("this is no picture: it has no channels") }
      return try prepared(state) { (next) throws(CommandError) in next.reading.channel = try word(text) }
    },
    ExplorerCommand(
      "fold", .words("AXES", { choices("fold=", of: $0) }),
      "these axes of a tensor, counted from 0, for the rows, the others for the columns: 0,1", needsMatrix: false
    ) { (text, state) throws(CommandError) in try viewed("fold=" + text, state) },
    ExplorerCommand(
      "slice", .words("INDEX", { choices("slice=", of: $0) }),
      "one slice of a tensor: 3 of its first axis; :,:,7 of its third", needsMatrix: false
    ) { (text, state) throws(CommandError) in try viewed("slice=" + text, state) },
  ]

  static func prepared(
    _ state: ExplorerState, _ change: (inout Preparation) throws(CommandError) -> Void
  ) throws(CommandError) -> [ExplorerAction] {
    var next = state.preparation
    try change(&next)
    return [.prepare(.set(next))]
  }

  /// The case that `text` names.
  static func word<Choice: RawRepresentable & CaseIterable>(_ text: String) throws(CommandError) -> Choice
  where Choice.RawValue == String {
    if let choice = Choice(rawValue: text) { return choice }
    throw CommandError(
      "“\(printable(text, limit: 40))” is none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  /// What makes `text` the view of the opened tensor.
  static func viewed(_ text: String, _ state: ExplorerState) throws(CommandError) -> [ExplorerAction] {
    let view: TensorView
    do throws(TensorViewError) { view = try TensorView(parsing: text) } catch { throw CommandError("\(error)") }
    guard let entry = state.entry else {
      // After a view that the tensor does not have, the usual one always goes.
      guard view == .usual, state.failure != nil else { throw CommandError("there is no open matrix to look at so") }
      return try prepared(state) { $0.reading.view = view }
    }
    if view != .usual, entry.axes.count <= 2 {
      throw CommandError("only a tensor of more than two axes has other views; :transpose exchanges rows and columns")
    }
    if let refusal = entry.refusal(of: view) { throw CommandError(refusal) }
    return try prepared(state) { $0.reading.view = view }
  }

  /// The tensor's views that begin with `kind`, without it.
  private static func choices(_ kind: String, of state: ExplorerState) -> [String] {
    (state.entry?.views ?? []).map(\.description).filter { $0.hasPrefix(kind) }.map { String($0.dropFirst(kind.count)) }
  }

  private static func list(_ text: String) throws(CommandError) -> ColumnList {
    guard let list = ColumnList(text) else {
      throw CommandError(
        "“\(printable(text, limit: 40))” is no list of columns: write numbers or names, as in 1-3,7,alcohol")
    }
    return list
  }
}
