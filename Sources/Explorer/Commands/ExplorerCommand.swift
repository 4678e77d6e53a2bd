import MatrixFiles

/// A command of the ":" line: registered in ``CommandCatalog``.
package struct ExplorerCommand: Sendable {
  /// What may stand after the name.
  package enum Argument: Sendable {
    /// Nothing.
    case none
    /// Free text, described: "K".
    case text(String)
    /// One of these words.
    case words(String, @Sendable (ExplorerState) -> [String])
    /// A file.
    case path
  }

  /// Its name: "rank".
  package let name: String
  /// What may follow.
  package let argument: Argument
  /// What it does, for the help.
  package let summary: String
  /// Whether a matrix must be open.
  let needsMatrix: Bool
  /// What it means with an argument.
  let actions: @Sendable (String, ExplorerState) throws(CommandError) -> [ExplorerAction]

  init(
    _ name: String, _ argument: Argument, _ summary: String, needsMatrix: Bool = true,
    _ actions: @escaping @Sendable (String, ExplorerState) throws(CommandError) -> [ExplorerAction]
  ) {
    self.name = name
    self.argument = argument
    self.summary = summary
    self.needsMatrix = needsMatrix
    self.actions = actions
  }

  /// As it is written: "rank K".
  package var usage: String {
    switch argument {
    case .none: name
    case .text(let what), .words(let what, _): "\(name) \(what)"
    case .path: "\(name) FILE"
    }
  }
}

/// Why a command is not understood: one sentence.
package struct CommandError: Error, Hashable {
  package let sentence: String

  /// An error that says `sentence`.
  package init(_ sentence: String) { self.sentence = sentence }
}

/// What a line may be completed to.
enum Completion {
  /// Whole lines.
  case words([String])
  /// Whatever this path may become.
  case path(String)
}

/// Every command of the ":" line.
package enum CommandCatalog {
  /// The commands, in the order of the help.
  package static let all: [ExplorerCommand] =
    rankCommands + tableCommands + browserCommands + viewCommands + programCommands

  /// What `name` means with `argument`. A name may be cut short as long as only one command begins so.
  static func actions(_ name: String, _ argument: String, _ state: ExplorerState) throws(CommandError)
    -> [ExplorerAction]
  {
    if let rank = Int(name), argument.isEmpty { return try actions("rank", String(rank), state) }
    let command = try command(name)
    if command.needsMatrix, !state.showsMatrix || !isReady(command, state) {
      throw CommandError(":\(command.name) needs an open matrix")
    }
    switch command.argument {
    case .none where !argument.isEmpty: throw CommandError(":\(command.name) takes nothing after it")
    case .text, .words, .path:
      if argument.isEmpty, !command.allowsNothing { throw CommandError("write :\(command.usage)") }
    case .none: break
    }
    return try command.actions(argument, state)
  }

  /// Whether there is what `command` is about; what a matrix is made ready by may come before it could be read.
  private static func isReady(_ command: ExplorerCommand, _ state: ExplorerState) -> Bool {
    state.spectrum != nil || state.info != nil
      || state.canBePrepared && tableCommands.contains { $0.name == command.name }
  }

  /// Whether there is a matrix to make ready another way.
  static func isReady(_ state: ExplorerState) -> Bool {
    state.showsMatrix && (state.spectrum != nil || state.canBePrepared)
  }

  private static func command(_ name: String) throws(CommandError) -> ExplorerCommand {
    if let exact = all.first(where: { $0.name == name }) { return exact }
    let matching = all.filter { $0.name.hasPrefix(name) }
    if matching.count == 1 { return matching[0] }
    if matching.isEmpty {
      throw CommandError("there is no command “\(printable(name, limit: 40))”; :help lists them")
    }
    throw CommandError("“\(name)” may be \(matching.map(\.name).joined(separator: " or "))")
  }

  /// What the line `text` may be completed to.
  static func completions(of text: String, _ state: ExplorerState) -> Completion {
    guard let space = text.firstIndex(of: " ") else {
      return .words(all.map(\.name).filter { $0.hasPrefix(text) }.map { $0 + " " })
    }
    let name = String(text[..<space])
    let rest = String(text[text.index(after: space)...])
    guard let command = try? command(name) else { return .words([]) }
    switch command.argument {
    case .none, .text: return .words([])
    case .path: return .path(rest)
    case .words(_, let words):
      let matching = words(state).filter { $0.hasPrefix(rest) }
      // Of a setting first the name, then its values.
      guard command.name == "set", !rest.contains(" ") else { return .words(matching.map { "\(name) \($0)" }) }
      let names = matching.map { $0.prefix { $0 != " " } }
      return .words(
        names.enumerated().filter { $0.offset == names.firstIndex(of: $0.element) }.map { "\(name) \($0.element) " })
    }
  }
}

extension ExplorerCommand {
  /// Whether the argument may be left out.
  fileprivate var allowsNothing: Bool {
    switch argument {
    case .none: true
    case .text(let what), .words(let what, _): what.hasPrefix("[")
    case .path: false
    }
  }
}
