import Explorer
import Lessons
import Testing

@Suite("Built-in lessons")
struct BuiltInLessonTests {
  @Test("each is read without a problem and played to its end", arguments: BuiltInLessons.names)
  func check(name: String) throws {
    let text = try #require(BuiltInLessons.text(of: name))
    let (lesson, problems) = LessonCheck.read(text, name: name, directory: nil, isPlayed: true)
    #expect(lesson != nil)
    #expect(problems.map(\.description) == [])
  }
}
