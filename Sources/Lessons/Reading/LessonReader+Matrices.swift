import Explorer
import Glibc
import MatrixFiles
import MatrixGallery
import MatrixSources
import Preparation
import Yams

extension LessonReader {
  /// What stands in for a matrix that is not there.
  static let standIn = "gallery:planted"

  /// The matrix of a step and how it is made ready.
  mutating func readMatrix(_ fields: [String: Node], into step: inout LessonStep) {
    if let node = fields["matrix"] {
      step.preparation = Preparation()
      if let source = string(node, "matrix").flatMap({ source($0, node) }) {
        step.source = source
      } else {
        step.source = Self.standIn
        step.notice =
          "“\(printable(node.scalar?.string ?? "?", limit: 60))” is not there: \(Self.standIn) stands in for it"
      }
    }
    if let node = fields["prepare"] { step.preparation = preparation(node) }
    if let node = fields["compare"], let text = step.comparison { step.comparison = source(text, node) }
  }

  /// What opens `text` from anywhere; nil, and noted, where nothing does.
  private mutating func source(_ text: String, _ node: Node) -> String? {
    let parts = text.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
    guard let first = parts.first, !first.isEmpty else {
      note(.emptyText, place(of: node), "a matrix is gallery:NAME, sample:NAME or a file")
      return nil
    }
    for change in parts.dropFirst() {
      do throws(ChangeError) { _ = try MatrixChange(parsing: change) } catch {
        note(.badChange, place(of: change, offset: 0, in: node), error.sentence)
        return nil
      }
    }
    guard let opened = origin(first, node) else { return nil }
    return ([opened] + parts.dropFirst()).joined(separator: " | ")
  }

  /// Where the matrix comes from, before any change.
  private mutating func origin(_ text: String, _ node: Node) -> String? {
    if GalleryCatalog.claims(text) {
      do throws(GalleryError) {
        let selection = try GalleryCatalog.selection(named: text)
        guard selection.shape.count <= Self.entryLimit else {
          note(
            .outOfRange, place(of: node),
            "a lesson's matrices have at most \(Self.entryLimit) entries, this one \(selection.shape.count)")
          return nil
        }
        return text
      } catch {
        note(.unknownMatrix, place(of: node), error.description)
        return nil
      }
    }
    if SampleCatalog.claims(text) {
      if SampleCatalog.names.contains(String(text.dropFirst("sample:".count))) { return text }
      note(
        .unknownMatrix, place(of: node),
        "there is no sample “\(printable(String(text.dropFirst("sample:".count)), limit: 40))”; there are "
          + SampleCatalog.names.joined(separator: ", "))
      return nil
    }
    return file(text, node)
  }

  /// A class waits for what is larger.
  private static let entryLimit = 2_000_000

  private mutating func file(_ text: String, _ node: Node) -> String? {
    guard let directory else {
      note(.missingFile, place(of: node), "a built-in lesson has no files beside it: gallery:NAME or sample:NAME")
      return nil
    }
    let isInside = !text.hasPrefix("/") && !text.hasPrefix("~") && !text.split(separator: "/").contains("..")
    guard isInside, !leavesDirectory(text, directory) else {
      note(
        .outsideDirectory, place(of: node), "“\(printable(text, limit: 60))” leads out of the lesson's directory")
      return nil
    }
    let path = directory == "." ? "./" + text : directory + "/" + text
    guard access(path, R_OK) == 0 else {
      note(
        .missingFile, place(of: node),
        "there is no file “\(printable(text, limit: 60))” beside the lesson: \(String(cString: strerror(errno)))")
      return nil
    }
    return path
  }

  /// Whether symbolic links lead `text` out of `directory`.
  private func leavesDirectory(_ text: String, _ directory: String) -> Bool {
    func real(_ path: String) -> String? {
      guard let resolved = realpath(path, nil) else { return nil }
      defer { free(resolved) }
      return String(cString: resolved)
    }
    guard let root = real(directory), let path = real(directory + "/" + text) else { return false }
    return !path.hasPrefix(root == "/" ? "/" : root + "/")
  }

  // MARK: How it is made ready

  private static let preparationKeys = ["center", "scale", "transpose", "columns", "drop", "channel", "missing"]

  private mutating func preparation(_ node: Node) -> Preparation {
    var result = Preparation()
    guard let fields = fields(node, of: "prepare", known: Self.preparationKeys) else { return result }
    if let node = fields["center"], let choice = choice(node, "center", Centering.self) { result.centering = choice }
    if let node = fields["scale"], let choice = choice(node, "scale", ColumnScaling.self) { result.scaling = choice }
    if let node = fields["transpose"], let isOn = truth(node, "transpose") { result.isTransposed = isOn }
    if let node = fields["channel"], let choice = choice(node, "channel", PictureChannel.self) {
      result.reading.channel = choice
    }
    if let node = fields["missing"], let choice = choice(node, "missing", MissingPolicy.self) {
      result.reading.missing = choice
    }
    if let node = fields["columns"] { result.columns = columns(node, "columns") }
    if let node = fields["drop"] { result.dropped = columns(node, "drop") }
    return result
  }

  private mutating func columns(_ node: Node, _ key: String) -> ColumnList? {
    let text = node.sequence == nil ? string(node, key) ?? "" : strings(node, key).map(\.text).joined(separator: ",")
    guard let list = ColumnList(text) else {
      note(.badPreparation, place(of: node), "\(key) is a list of columns: numbers or names, as in 1-3,7,alcohol")
      return nil
    }
    return list
  }
}
