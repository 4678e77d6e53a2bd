import Explorer
import Lessons
import Reports

/// The lessons as `lowrank learn --list` prints them, schema "lowrank.lessons/1".
struct LessonList: Encodable {
  /// One lesson.
  struct Item: Encodable {
    let name: String
    let title: String
    let level: String
    let minutes: Int
    let misconception: String
    /// How many steps it has, and how many of their tasks were done.
    let steps: Int
    let done: Int
  }

  let schema = "lowrank.lessons/1"
  let lessons: [Item]

  /// The built-in lessons, and what is known of each.
  init(_ progress: [String: LessonProgress]) {
    lessons = BuiltInLessons.all.map { lesson in
      let passed = progress[lesson.name]?.passed ?? []
      return Item(
        name: lesson.name, title: lesson.title, level: lesson.level.rawValue, minutes: lesson.minutes,
        misconception: lesson.misconception, steps: lesson.steps.count,
        done: lesson.steps.count { passed.contains($0.id) })
    }
  }

  /// As text, two lines a lesson, or as JSON.
  func text(asJSON: Bool) throws -> String {
    if asJSON { return try JSONText.line(self) }
    let lines = lessons.enumerated().map { index, lesson in
      "\(index + 1). \(lesson.name): \(lesson.title)\n"
        + "   \(lesson.level), \(lesson.minutes) minutes, \(lesson.done) of \(lesson.steps) steps done\n"
        + "   corrects: \(lesson.misconception)\n"
    }
    return StandardOutput.style.spelled(lines.joined())
  }
}

/// What is wrong with a lesson, as `lowrank learn --check --json` prints it, schema "lowrank.lesson-check/1".
struct LessonCheckReport: Encodable {
  struct Problem: Encodable {
    let line: Int
    let column: Int
    let kind: String
    let sentence: String
  }

  let schema = "lowrank.lesson-check/1"
  let file: String
  let problems: [Problem]

  init(path: String, _ problems: [LessonProblem]) {
    file = path
    self.problems = problems.map {
      Problem(line: $0.line, column: $0.column, kind: snakeCased($0.kind.rawValue), sentence: $0.sentence)
    }
  }
}

/// "missingFile" as "missing_file".
private func snakeCased(_ name: String) -> String {
  name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}
