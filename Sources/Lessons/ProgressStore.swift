import Explorer
import Glibc
import MatrixFiles

/// How far lessons were taken, kept in `$XDG_STATE_HOME/lowrank/lessons`, or `~/.local/state/lowrank/lessons` (XDG Base
/// Directory Specification 0.8): a line a lesson, of its name, the last step, and the steps that were done.
///
/// Lines that are not understood are ignored; where nothing can be written, nothing is kept.
package struct ProgressStore: Sendable {
  /// The file; nil where there is no home.
  package let path: String?
  /// Longer files than this are not this program's.
  private static let sizeLimit = 1 << 20

  /// The store of the user whose environment `variable` reads.
  package init(_ variable: (String) -> String?) {
    if let directory = variable("XDG_STATE_HOME"), directory.hasPrefix("/") {
      path = directory + "/lowrank/lessons"
    } else if let home = variable("HOME"), home.hasPrefix("/") {
      path = home + "/.local/state/lowrank/lessons"
    } else {
      path = nil
    }
  }

  /// What is kept, by lesson.
  package func load() -> [String: LessonProgress] {
    guard let path, let file = fopen(path, "rb") else { return [:] }
    defer { fclose(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.sizeLimit) { buffer, count in
      count = fread(buffer.baseAddress, 1, Self.sizeLimit, file)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return [:] }
    var known: [String: LessonProgress] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 2, words.allSatisfy(Self.isName) else { continue }
      known[words[0]] = LessonProgress(name: words[0], passed: Set(words.dropFirst(2)), last: words[1])
    }
    return known
  }

  /// Keeps `progress` beside what is kept of other lessons; whether it could be.
  @discardableResult
  package func keep(_ progress: LessonProgress) -> Bool {
    guard let path, Self.isName(progress.name) else { return false }
    var known = load()
    known[progress.name] = progress
    let lines = known.values.sorted { $0.name < $1.name }.map { lesson in
      ([lesson.name, lesson.last ?? "-"] + lesson.passed.filter(Self.isName).sorted()).joined(separator: " ")
    }
    Self.makeDirectory(of: path)
    do throws(FileError) {
      try AtomicFile.write(lines.map { $0 + "\n" }.joined(), to: path)
      return true
    } catch {
      return false
    }
  }

  /// Names and ids are short, and have neither blanks nor control characters.
  private static func isName(_ word: String) -> Bool {
    !word.isEmpty && word.count <= 100 && word.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f }
  }

  private static func makeDirectory(of path: String) {
    var current = ""
    for part in path.split(separator: "/").dropLast() {
      current += "/" + part
      mkdir(current, 0o700)
    }
  }
}
