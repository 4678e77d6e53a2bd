import Explorer
import Foundation
import Lessons
import Testing

@Suite("Progress")
struct ProgressStoreTests {
  private func store(in directory: ScratchDirectory) -> ProgressStore {
    ProgressStore { $0 == "XDG_STATE_HOME" ? directory.path : nil }
  }

  @Test("what is kept comes back, lesson by lesson")
  func roundTrip() throws {
    let directory = try ScratchDirectory()
    let store = store(in: directory)
    #expect(store.load() == [:])
    let first = LessonProgress(name: "rank", passed: ["a", "b-2"], last: "b-2")
    #expect(store.keep(first))
    #expect(store.keep(LessonProgress(name: "noise", passed: [], last: "1")))
    #expect(store.load()["rank"] == first)
    #expect(store.keep(LessonProgress(name: "rank", passed: ["a"], last: "a")))
    #expect(store.load()["rank"]?.passed == ["a"] && store.load().count == 2)
    #expect(store.path == directory.path + "/lowrank/lessons")
  }

  @Test("a broken file is ignored, line by line, and written over")
  func broken() throws {
    let directory = try ScratchDirectory()
    let store = store(in: directory)
    #expect(store.keep(LessonProgress(name: "rank", passed: ["a"], last: "a")))
    let url = URL(filePath: try #require(store.path))
    try (Data("half\n\u{1}x y\n".utf8) + (try Data(contentsOf: url))).write(to: url)
    #expect(store.load().keys.sorted() == ["rank"])
    try Data([0xff, 0xfe, 0x00, 0x80]).write(to: url)
    #expect(store.load() == [:])
    #expect(store.keep(LessonProgress(name: "rank", passed: ["b"], last: "b")))
    #expect(store.load()["rank"]?.passed == ["b"])
  }

  @Test("where nothing can be written, nothing is kept and nothing fails")
  func nowhere() {
    let store = ProgressStore { $0 == "XDG_STATE_HOME" ? "/dev/null/state" : nil }
    #expect(!store.keep(LessonProgress(name: "rank")))
    #expect(store.load() == [:])
    #expect(ProgressStore { _ in nil }.path == nil)
    #expect(ProgressStore { $0 == "HOME" ? "/home/a" : "relative" }.path == "/home/a/.local/state/lowrank/lessons")
  }
}
