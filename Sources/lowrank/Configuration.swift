import Explorer
import Glibc
import MatrixFiles
import Yams

/// What the user wants every explorer to look like: the settings of `:set`, the theme and the characters.
///
/// Read from `$XDG_CONFIG_HOME/lowrank/config.yaml`, or `~/.config/lowrank/config.yaml` (XDG Base Directory
/// Specification 0.8); a mapping of names to words:
///
///     theme: light
///     glyphs: braille
///     map: viridis
struct Configuration {
  /// The theme; nil asks the terminal.
  private(set) var theme: ThemeChoice?
  /// The characters; nil follows the locale.
  private(set) var glyphs: GlyphChoice?
  /// Everything that `:set` knows.
  private(set) var changes: [DisplayChange] = []

  /// Longer files than this are refused: settings are a few lines.
  private static let sizeLimit = 1 << 16

  /// What the user's file says; nothing where there is none.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` with the line and what may stand there; ``FileError/cannotOpen(_:reason:)``.
  static func load() throws(FileError) -> Configuration {
    guard let path, access(path, F_OK) == 0 else { return Configuration() }
    return try Configuration(text: try contents(of: path), path: path)
  }

  /// Where the file is looked for; nil where there is no home.
  static var path: String? {
    if let directory = environmentValue("XDG_CONFIG_HOME"), directory.hasPrefix("/") {
      return directory + "/lowrank/config.yaml"
    }
    return environmentValue("HOME").map { $0 + "/.config/lowrank/config.yaml" }
  }

  private init() {}

  /// The settings in `text`; `path` names the file in errors.
  init(text: String, path: String) throws(FileError) {
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      throw .invalid(path, reason: "it is no YAML: \(printable(Self.sentence(error)))")
    }
    guard let node, node != Node("") else { return }
    guard let mapping = node.mapping else {
      throw .invalid(path, reason: "settings are written one a line, as in “theme: light”")
    }
    for (key, value) in mapping {
      let line = key.mark.map { "line \($0.line): " } ?? ""
      guard let name = key.scalar?.string, let word = value.scalar?.string else {
        throw .invalid(path, reason: "\(line)a setting is a name and a word, as in “theme: light”")
      }
      do throws(CommandError) { try take(name, word) } catch {
        throw .invalid(path, reason: line + error.sentence)
      }
    }
  }

  private mutating func take(_ name: String, _ word: String) throws(CommandError) {
    switch name {
    case "theme":
      guard let choice = ThemeChoice(rawValue: word) else { throw Self.refusal(name, ThemeChoice.allCases) }
      theme = choice
    case "glyphs":
      guard let choice = GlyphChoice(rawValue: word) else { throw Self.refusal(name, GlyphChoice.allCases) }
      glyphs = choice
    default:
      guard CommandCatalog.settings.contains(where: { $0.name == name }) else {
        let names = (["glyphs"] + CommandCatalog.settings.map(\.name)).joined(separator: ", ")
        throw CommandError("there is no setting “\(printable(name, limit: 40))”; they are \(names)")
      }
      // What YAML calls a truth value is a switch.
      let spelled = word == "true" ? "on" : word == "false" ? "off" : word
      changes.append(try CommandCatalog.displayChange("\(name) \(spelled)"))
    }
  }

  private static func refusal<Choice: RawRepresentable<String>>(_ name: String, _ choices: [Choice]) -> CommandError {
    CommandError("\(name) may be \(choices.map(\.rawValue).joined(separator: ", "))")
  }

  private static func sentence(_ error: any Error) -> String {
    guard let error = error as? YamlError else { return "\(error)" }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return "\(problem) (line \(mark.line))"
    default: return "\(error)".split(separator: "\n").first.map(String.init) ?? "\(error)"
    }
  }

  private static func contents(of path: String) throws(FileError) -> String {
    guard let file = fopen(path, "rb") else { throw .cannotOpen(path, reason: String(cString: strerror(errno))) }
    defer { fclose(file) }
    let text: String? = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: sizeLimit + 1) { bytes in
      let count = fread(bytes.baseAddress, 1, sizeLimit + 1, file)
      return count > sizeLimit ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
    guard ferror(file) == 0 else { throw .cannotOpen(path, reason: String(cString: strerror(EISDIR))) }
    guard let text else { throw .tooLarge(path, reason: "settings of more than \(sizeLimit) bytes are not read") }
    return text
  }
}
