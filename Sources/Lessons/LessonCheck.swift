import Explorer
import Glibc
import MatrixFiles

/// Lessons as files: read for a class, or checked for their writers.
package enum LessonCheck {
  /// What `text` says, and everything that is wrong with it, in the order of the lines.
  ///
  /// - Parameters:
  ///   - name: what the lesson is called on the command line.
  ///   - directory: where its files are; nil for a built-in one.
  ///   - isPlayed: whether it is also played to its end, where it can be read.
  package static func read(
    _ text: String, name: String, directory: String?, isPlayed: Bool = false
  ) -> (lesson: Lesson?, problems: [LessonProblem]) {
    var reader = LessonReader(text, name: name, directory: directory)
    let lesson = reader.lesson()
    var problems = reader.problems
    if isPlayed, let lesson, problems.allSatisfy(\.kind.isAdvice) {
      problems += LessonReplay(lesson).run().map { fault in problem(fault, reader.places[fault.step]) }
    }
    problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    return (lesson, problems)
  }

  /// The same of the file at `path`.
  ///
  /// - Throws: ``FileError/cannotOpen(_:reason:)`` with the system's words.
  package static func read(
    file path: String, isPlayed: Bool = false
  ) throws(FileError) -> (lesson: Lesson?, problems: [LessonProblem]) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let directory = parts.dropLast().joined(separator: "/")
    let stem = parts.last.map { $0.split(separator: ".").first.map(String.init) ?? "lesson" } ?? "lesson"
    return read(
      try contents(of: path), name: stem,
      directory: directory.isEmpty ? path.hasPrefix("/") ? "/" : "." : directory, isPlayed: isPlayed)
  }

  private static func problem(_ fault: LessonReplay.Fault, _ places: StepPlaces?) -> LessonProblem {
    let place: LessonPlace? =
      switch fault.kind {
      case .cannotRead: places?.matrix
      case .rankOutOfRange: places?.start
      case .unknownAnswer, .unreachable, .holdsAtStart, .solutionFails, .wrongExpression: places?.task
      default: places?.step
      }
    return LessonProblem(
      line: place?.line ?? 1, column: place?.column ?? 1, kind: fault.kind, sentence: fault.sentence)
  }

  /// The file's text, or one byte more than is read of it, which is then refused.
  private static func contents(of path: String) throws(FileError) -> String {
    guard let file = fopen(path, "rb") else { throw .cannotOpen(path, reason: String(cString: strerror(errno))) }
    defer { fclose(file) }
    let limit = LessonReader.sizeLimit + 1
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = fread(buffer.baseAddress, 1, limit, file)
    }
    if ferror(file) != 0 { throw .cannotOpen(path, reason: String(cString: strerror(EISDIR))) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalid(path, reason: "it is no text in UTF-8; a lesson is a YAML file")
    }
    return text
  }
}
