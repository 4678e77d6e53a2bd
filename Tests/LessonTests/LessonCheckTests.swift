import Explorer
import Foundation
import Lessons
import Testing

/// A lesson of one step, into which something broken is put.
struct LessonFile {
  var head = "title: T\nlevel: beginner\nmisconception: M.\n"
  var step = "text: One two three.\nmatrix: gallery:identity,rows=6,columns=6\npanels: [overview]\nstart: {rank: 1}\n"
  var task = "task: look\n"

  /// The whole file; the step begins on line 5, column 5.
  var file: String {
    head + "steps:\n"
      + (step + task).split(separator: "\n").enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 + "\n" }.joined()
  }

  static func task(_ text: String) -> String {
    var lesson = LessonFile()
    lesson.task = "task:\n" + text.split(separator: "\n").map { "  \($0)\n" }.joined()
    return lesson.file
  }

  /// The step with `old` replaced by `new`.
  static func step(_ old: String, _ new: String) -> String {
    var lesson = LessonFile()
    lesson.step = lesson.step.replacing(old, with: new)
    return lesson.file
  }

  static func head(_ old: String, _ new: String) -> String {
    var lesson = LessonFile()
    lesson.head = lesson.head.replacing(old, with: new)
    return lesson.file
  }
}

/// A broken lesson, and what the check must say of it.
struct BrokenLesson: CustomTestStringConvertible, Sendable {
  let kind: LessonProblem.Kind
  let line: Int
  let column: Int
  let file: String
  var testDescription: String { "\(kind) at \(line):\(column)" }

  init(_ kind: LessonProblem.Kind, _ line: Int, _ column: Int, _ file: String) {
    self.kind = kind
    self.line = line
    self.column = column
    self.file = file
  }

  static let rank = "predict: rank\nquestion: How many?\n"

  static let all: [BrokenLesson] = files + structure + texts + matrices + panels + tasks + played

  static let files = [
    BrokenLesson(.tooLarge, 1, 1, String(repeating: "# nothing\n", count: 30_000)),
    BrokenLesson(.tabs, 2, 1, "title: T\n\tlevel: beginner\n"),
    BrokenLesson(.aliases, 1, 8, "title: &a T\nlevel: *a\n"),
    BrokenLesson(.aliases, 1, 4, "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: *c\n"),
    BrokenLesson(.syntax, 2, 6, "title: [T\nlevel: beginner\n"),
    BrokenLesson(.syntax, 1, 8, "title: \"T\nlevel: beginner\nmisconception: M.\n"),
    BrokenLesson(.syntax, 1, 1, String(repeating: "[", count: 20_000)),
    BrokenLesson(.duplicateKey, 1, 1, "title: T\ntitle: U\n"),
    BrokenLesson(.missingKey, 1, 1, ""),
  ]

  static let structure = [
    BrokenLesson(.wrongType, 1, 1, "- a\n- b\n"),
    BrokenLesson(.wrongType, 5, 5, "title: T\nlevel: beginner\nmisconception: M.\nsteps:\n  - only words\n"),
    BrokenLesson(.wrongType, 4, 8, "title: T\nlevel: beginner\nmisconception: M.\nsteps: many\n"),
    BrokenLesson(.unknownKey, 2, 1, LessonFile.head("level", "livel: beginner\nlevel")),
    BrokenLesson(.missingKey, 1, 1, LessonFile.head("title: T\n", "")),
    BrokenLesson(.missingKey, 5, 5, LessonFile.step("matrix: gallery:identity,rows=6,columns=6\n", "")),
    BrokenLesson(.emptySteps, 4, 8, "title: T\nlevel: beginner\nmisconception: M.\nsteps: []\n"),
    BrokenLesson(
      .tooManySteps, 5, 3,
      "title: T\nlevel: beginner\nmisconception: M.\nsteps:\n"
        + String(
          repeating: "  - {text: A, matrix: \"gallery:identity\", panels: [overview], task: look}\n", count: 61)),
    BrokenLesson(
      .duplicateStep, 6, 10,
      "title: T\nlevel: beginner\nmisconception: M.\nsteps:\n"
        + "  - {id: a, text: A, matrix: gallery:identity, panels: [overview], task: look}\n"
        + "  - {id: a, text: A, task: look}\n"),
    BrokenLesson(.badValue, 2, 8, LessonFile.head("beginner", "expert")),
    BrokenLesson(
      .badValue, 4, 10,
      LessonFile.head("misc", "minutes: ten\nmisc").replacing(
        "minutes: ten\nmisconception: M.\n", with: "misconception: M.\nminutes: ten\n")),
    BrokenLesson(.outOfRange, 3, 10, LessonFile.head("misc", "minutes: 500\nmisc")),
    BrokenLesson(.badValue, 5, 9, LessonFile.step("text:", "id: two words\ntext:")),
  ]

  static let texts = [
    BrokenLesson(.emptyText, 5, 11, LessonFile.step("One two three.", "\"\"")),
    BrokenLesson(.markup, 5, 15, LessonFile.step("One two three.", "One *two three.")),
    BrokenLesson(.markup, 5, 15, LessonFile.step("One two three.", "One {rank three.")),
    BrokenLesson(.unknownName, 5, 16, LessonFile.step("One two three.", "One {rang} three.")),
    BrokenLesson(.tooLong, 5, 11, LessonFile.step("One two three.", String(repeating: "words ", count: 150))),
    BrokenLesson(.tooLong, 1, 8, LessonFile.head("title: T", "title: " + String(repeating: "T", count: 61))),
  ]

  static let matrices = [
    BrokenLesson(.unknownMatrix, 6, 13, LessonFile.step("gallery:identity", "gallery:identiti")),
    BrokenLesson(.unknownMatrix, 6, 13, LessonFile.step("rows=6", "rows=0")),
    BrokenLesson(.unknownMatrix, 6, 13, LessonFile.step("gallery:identity,rows=6,columns=6", "sample:kamera")),
    BrokenLesson(.outOfRange, 6, 13, LessonFile.step("rows=6,columns=6", "rows=4096,columns=4096")),
    BrokenLesson(.badChange, 6, 32, LessonFile.step("identity,rows=6,columns=6", "identity | stir rows")),
    BrokenLesson(.missingFile, 6, 13, LessonFile.step("gallery:identity,rows=6,columns=6", "nothing-here.npy")),
    BrokenLesson(.outsideDirectory, 6, 13, LessonFile.step("gallery:identity,rows=6,columns=6", "../secret.npy")),
    BrokenLesson(.outsideDirectory, 6, 13, LessonFile.step("gallery:identity,rows=6,columns=6", "/etc/passwd")),
    BrokenLesson(.badPreparation, 7, 24, LessonFile.step("panels:", "prepare: {columns: 3-1}\npanels:")),
    BrokenLesson(.badValue, 7, 23, LessonFile.step("panels:", "prepare: {center: middle}\npanels:")),
    BrokenLesson(
      .cannotRead, 6, 13,
      LessonFile.step("identity,", "identity,").replacing("columns=6\n", with: "columns=6 | crop rows=5-9\n")),
  ]

  static let panels = [
    BrokenLesson(.unknownPanel, 7, 14, LessonFile.step("[overview]", "[overwiev]")),
    BrokenLesson(.duplicatePanel, 7, 24, LessonFile.step("[overview]", "[overview, overview]")),
    BrokenLesson(.hiddenNotShown, 8, 14, LessonFile.step("start:", "hidden: [spectrum]\nstart:")),
    BrokenLesson(.neverRevealed, 8, 13, LessonFile.step("start:", "hidden: [overview]\nstart:")),
  ]

  static let tasks = [
    BrokenLesson(.unknownTask, 9, 11, LessonFile.step("start", "start").replacing("task: look", with: "task: think")),
    BrokenLesson(.unknownTask, 10, 7, LessonFile.task("question: Why?")),
    BrokenLesson(.missingAnswer, 10, 7, LessonFile.task(rank)),
    BrokenLesson(.typedAnswer, 12, 15, LessonFile.task(rank + "answer: 2 + 3")),
    BrokenLesson(.nothingHidden, 10, 7, LessonFile.task(rank + "answer: rank_of numerical")),
    BrokenLesson(
      .answerShown, 11, 17,
      LessonFile.task("predict: rank\nquestion: It is {rank_of numerical}?\nanswer: rank_of numerical")),
    BrokenLesson(
      .answerShown, 5, 11,
      LessonFile.task(rank + "answer: rank_of numerical").replacing("One two", with: "One {rank_of numerical} two")),
    BrokenLesson(.badExpression, 12, 22, LessonFile.task(rank + "answer: (rank + ")),
    BrokenLesson(.badExpression, 12, 20, LessonFile.task(rank + "answer: rank $ 2")),
    BrokenLesson(.unknownName, 12, 15, LessonFile.task(rank + "answer: erorr at 3")),
    BrokenLesson(.unknownRule, 12, 23, LessonFile.task(rank + "answer: rank_of magic")),
    BrokenLesson(.wrongExpression, 12, 15, LessonFile.task(rank + "answer: rank < 3")),
    BrokenLesson(.wrongExpression, 10, 14, LessonFile.task("reach: rank + 3")),
    BrokenLesson(.unknownName, 10, 18, LessonFile.task("reach: 3 < rankk")),
    BrokenLesson(
      .tooFewChoices, 12, 16, LessonFile.task("predict: choice\nquestion: Which?\nchoices: [{text: One, right: true}]")),
    BrokenLesson(
      .noRightChoice, 12, 16, LessonFile.task("predict: choice\nquestion: Which?\nchoices: [{text: One}, {text: Two}]")),
    BrokenLesson(
      .severalRightChoices, 12, 16,
      LessonFile.task(
        "predict: choice\nquestion: Which?\nchoices: [{text: One, right: true}, {text: Two, right: true}]")),
    BrokenLesson(.badValue, 13, 14, LessonFile.task(rank + "answer: rank_of numerical\nclose: near")),
    BrokenLesson(.unknownCommand, 11, 18, LessonFile.task("reach: rank == 2\nsolution: [fly 2]")),
  ]

  static let played = [
    BrokenLesson(.rankOutOfRange, 8, 12, LessonFile.step("rank: 1", "rank: 7")),
    BrokenLesson(.rankOutOfRange, 8, 12, LessonFile.step("rank: 1", "component: 7")),
    BrokenLesson(.unreachable, 10, 7, LessonFile.task("reach: rank > 6")),
    BrokenLesson(.unreachable, 10, 7, LessonFile.task("reach: view == spectrum")),
    BrokenLesson(.holdsAtStart, 10, 7, LessonFile.task("reach: rank >= 1")),
    BrokenLesson(.solutionFails, 10, 7, LessonFile.task("reach: rank == 3\nsolution: [rank 2]")),
    BrokenLesson(.unknownAnswer, 10, 7, LessonFile.task(rank + "answer: mark")),
  ]
}

@Suite("Checking lessons")
struct LessonCheckTests {
  @Test("each broken lesson is told apart, with its line and column", arguments: BrokenLesson.all)
  func broken(lesson: BrokenLesson) throws {
    let directory = try ScratchDirectory()
    let problems = LessonCheck.read(lesson.file, name: "t", directory: directory.path, isPlayed: true).problems
    let found = problems.first { $0.kind == lesson.kind && $0.line == lesson.line && $0.column == lesson.column }
    #expect(found != nil, "\(problems)\n\(lesson.file.prefix(600))")
  }

  @Test("what is not broken has no problem")
  func whole() throws {
    let files = [
      LessonFile().file, LessonFile.task("reach: rank == 3 and view == overview"),
      LessonFile.task("reach: view == spectrum\nsolution: [view spectrum]").replacing(
        "[overview]", with: "[overview, spectrum]"),
      hiding(LessonFile.task("predict: error\nquestion: How far off?\nanswer: error at 3")),
      hiding(LessonFile.task("predict: number\nquestion: How much?\nanswer: (1 - energy at 2) * full_rank")),
      LessonFile.task("predict: choice\nquestion: Which?\nchoices: [{text: One}, {text: Two, right: true}]"),
    ]
    for file in files {
      let (lesson, problems) = LessonCheck.read(file, name: "t", directory: nil, isPlayed: true)
      #expect(lesson?.steps.count == 1)
      #expect(problems.map(\.description) == [], "\(file)")
    }
  }

  /// `file` with its panel hidden.
  private func hiding(_ file: String) -> String {
    file.replacing("panels: [overview]", with: "panels: [overview]\n    hidden: [overview]")
  }

  @Test("an answer that cannot be computed is reported where it stands, and nowhere else")
  func oneFault() throws {
    let file =
      hiding(LessonFile.task(BrokenLesson.rank + "answer: 1 / 0 * rank_of numerical"))
      + "  - {text: A second step., task: look}\n  - {text: A third step., task: look}\n"
    let (lesson, problems) = LessonCheck.read(file, name: "t", directory: nil, isPlayed: true)
    #expect(lesson?.steps.count == 3)
    #expect(problems.map(\.kind) == [.unknownAnswer], "\(problems)")
  }

  @Test("at least twenty kinds are told apart")
  func kinds() { #expect(Set(BrokenLesson.all.map(\.kind)).count >= 35) }

  @Test("a class goes on with what is there, and is told of what is not")
  func inClass() throws {
    let directory = try ScratchDirectory()
    let cases = [
      LessonFile.step("gallery:identity,rows=6,columns=6", "nothing-here.npy"),
      LessonFile.step("[overview]", "[overwiev]"),
      LessonFile.task("reach: erorr < 3"),
    ]
    for file in cases {
      let (lesson, problems) = LessonCheck.read(file, name: "t", directory: directory.path)
      #expect(problems.count == 1 && problems.allSatisfy(\.isTolerable))
      let step = try #require(lesson?.steps.first)
      #expect(step.notice != nil && !step.panels.isEmpty)
      #expect(LessonReplay(try #require(lesson)).run() == [])
    }
    let missing = LessonCheck.read(cases[0], name: "t", directory: directory.path).lesson
    #expect(missing?.steps.first?.source == "gallery:planted")
  }

  @Test("a symbolic link does not lead out of the lesson's directory")
  func link() throws {
    let directory = try ScratchDirectory()
    let outside = try ScratchDirectory()
    try Data("1,2\n3,4\n".utf8).write(to: URL(filePath: outside.path + "/m.csv"))
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/in.csv", withDestinationPath: outside.path + "/m.csv")
    let file = LessonFile.step("gallery:identity,rows=6,columns=6", "in.csv")
    let problems = LessonCheck.read(file, name: "t", directory: directory.path).problems
    #expect(problems.map(\.kind) == [.outsideDirectory])
  }

  @Test("a file beside the lesson is opened, and changed on the way")
  func beside() throws {
    let directory = try ScratchDirectory()
    try Data("1,2\n3,4\n5,6\n".utf8).write(to: URL(filePath: directory.path + "/m.csv"))
    let file = LessonFile.step("gallery:identity,rows=6,columns=6", "m.csv | shuffle rows seed=3")
    let (lesson, problems) = LessonCheck.read(file, name: "t", directory: directory.path, isPlayed: true)
    #expect(problems == [])
    #expect(lesson?.steps.first?.source == directory.path + "/m.csv | shuffle rows seed=3")
  }
}

/// A directory of its own, which goes with this object.
final class ScratchDirectory: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "lessons-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
