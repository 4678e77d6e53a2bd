import Experiments
import MatrixFiles

extension CommandCatalog {
  /// What is shown, and how.
  static let viewCommands: [ExplorerCommand] = [
    ExplorerCommand(
      "view", .words("NAME", { _ in viewNames.map(\.name) + ["usual"] }),
      "switch to a view; usual: a tensor's first axis for the rows", needsMatrix: false
    ) { (text, state) throws(CommandError) in
      if text == "usual" { return try viewed(text, state) }
      guard let view = viewNames.first(where: { $0.name == text })?.view else {
        throw CommandError(
          "“\(printable(text, limit: 40))” is none of \(viewNames.map(\.name).joined(separator: ", ")), usual")
      }
      return [.show(view)]
    },
    ExplorerCommand(
      "holdout", .words("blocks|rows|entries", { _ in HoldoutKind.commandWords.map(\.word) }),
      "what validation holds out"
    ) { (text, _) throws(CommandError) in
      guard let kind = HoldoutKind.commandWords.first(where: { $0.word == text })?.kind else {
        throw CommandError(
          "“\(printable(text, limit: 40))” cannot be held out: blocks, rows or entries can")
      }
      return [.validate(.kind(kind))]
    },
    ExplorerCommand("pin", .none, "pin this spectrum behind the next, or take it away") { (_, _) in [.toggleGhost] },
    ExplorerCommand("compare", .path, "draw another file's spectrum behind this one", needsMatrix: true) {
      (text, _) in [.compare(source: text, tensor: nil)]
    },
    ExplorerCommand(
      "set", .words("NAME VALUE", { _ in settings.flatMap(\.examples) }), "change how it is drawn", needsMatrix: false
    ) {
      (text, _) throws(CommandError) in [.display(try displayChange(text))]
    },
  ]

  /// The views as they are called on the line.
  static let viewNames: [(name: String, view: ExplorerView)] = ExplorerState.matrixViews.map { ("\($0)", $0) }

  /// A setting: its name, its values, and what each changes.
  package struct Setting: Sendable {
    /// "theme".
    package let name: String
    /// "dark", "light", …
    package let values: [String]
    let change: @Sendable (String) -> DisplayChange?

    var examples: [String] { values.map { "\(name) \($0)" } }
  }

  /// What `:set` and the configuration file know.
  package static let settings: [Setting] = [
    Setting(name: "theme", values: ThemeName.allCases.map(\.rawValue)) { ThemeName(rawValue: $0).map { .theme($0) } },
    Setting(name: "map", values: ColorMap.allCases.map(\.rawValue)) { ColorMap(rawValue: $0).map { .colorMap($0) } },
    Setting(name: "projector", values: ["on", "off"]) { isOn($0).map { .projector($0) } },
    Setting(name: "values", values: ["log", "linear"]) { isLog($0).map { .logarithmicValues($0) } },
    Setting(name: "index", values: ["log", "linear"]) { isLog($0).map { .logarithmicIndex($0) } },
    Setting(name: "curves", values: ["on", "off"]) { isOn($0).map { .curves($0) } },
    Setting(name: "keep", values: KeptQuantity.allCases.map(\.rawValue)) {
      KeptQuantity(rawValue: $0).map { .keeping($0) }
    },
  ]

  /// What "theme light" changes.
  package static func displayChange(_ text: String) throws(CommandError) -> DisplayChange {
    let words = text.split { $0 == " " || $0 == "=" }.map(String.init)
    guard let setting = settings.first(where: { $0.name == words.first }) else {
      throw CommandError("settings are \(settings.map(\.name).joined(separator: ", ")); write :set theme light")
    }
    guard words.count == 2, let change = setting.change(words[1]) else {
      throw CommandError("\(setting.name) may be \(setting.values.joined(separator: ", "))")
    }
    return change
  }

  private static func isOn(_ text: String) -> Bool? { text == "on" ? true : text == "off" ? false : nil }
  private static func isLog(_ text: String) -> Bool? { text == "log" ? true : text == "linear" ? false : nil }
}

extension HoldoutKind {
  /// The kinds as they are called on the line.
  fileprivate static let commandWords: [(word: String, kind: HoldoutKind)] = [
    ("blocks", .blocks), ("rows", .rows), ("entries", .entries),
  ]
}
