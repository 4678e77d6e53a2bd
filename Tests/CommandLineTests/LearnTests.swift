import Testing

@Suite("lowrank learn")
struct LearnTests {
  private static let fixtures =
    #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/LessonTests/Fixtures/"

  /// Runs `lowrank learn arguments` with a state of its own.
  private func learn(_ scratch: Scratch, _ arguments: String..., lines: [String] = []) throws -> Program.Outcome {
    try Program.run(
      ["learn"] + arguments, environment: ["XDG_STATE_HOME": scratch.path("state")],
      input: Array(lines.map { $0 + "\n" }.joined().utf8), from: .pipe)
  }

  @Test("the list tells every lesson, as text and as JSON")
  func list() throws {
    let scratch = try Scratch()
    let text = try learn(scratch, "--list")
    #expect(text.status == 0 && text.output.contains("1. rank: What rank is\n"))
    let object = try learn(scratch, "--list", "--json").json()
    guard case .object(let fields) = object, case .array(let lessons)? = fields["lessons"],
      case .object(let first)? = lessons.first
    else {
      Issue.record("\(object)")
      return
    }
    #expect(fields["schema"] == .text("lowrank.lessons/1"))
    #expect(first["name"] == .text("rank") && first["done"] == .number(0) && first["misconception"] != nil)
  }

  @Test("a lesson that is whole passes its check, a broken one leaves with 65 and says where")
  func check() throws {
    let scratch = try Scratch()
    let whole = try learn(scratch, "--check", Self.fixtures + "edges.yaml")
    #expect(whole.status == 0 && whole.output.hasSuffix("edges.yaml: nothing is wrong\n"))
    try scratch.write(Array("title: T\nlevel: expert\n".utf8), to: "broken.yaml")
    let broken = try learn(scratch, "--check", scratch.path("broken.yaml"))
    #expect(broken.status == 65)
    let lines = broken.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix(scratch.path("broken.yaml") + ":1:1: a lesson needs “misconception”") })
    #expect(lines.contains { $0.hasPrefix(scratch.path("broken.yaml") + ":2:8: level is one of beginner") })
    #expect(broken.errors == "lowrank: \(scratch.path("broken.yaml")): \(lines.count) problems\n")
    #expect(try learn(scratch, "--check", scratch.path("nothing.yaml")).status == 66)
    #expect(try learn(scratch, scratch.path("broken.yaml")).status == 65)
  }

  @Test("in sentences: a step, a wrong guess and how far off it was, progress kept for the next time")
  func plain() throws {
    let scratch = try Scratch()
    let talk = try learn(
      scratch, "--plain", Self.fixtures + "edges.yaml", lines: ["report", "predict 12", "next", "back", "quit"])
    #expect(talk.status == 0 && talk.errors == "", "\(talk.errors)")
    #expect(talk.output.hasPrefix("Edges and rank. Step 1 of 4: Straight stripes.\n"), "\(talk.output)")
    #expect(talk.output.contains("First the answer"))
    #expect(talk.output.contains("You said 12, it is 1: 11 too many."))
    #expect(talk.output.contains("Edges and rank. Step 2 of 4.\n"))
    #expect(talk.output.contains("1 of 4 steps done"))
    let again = try learn(scratch, "--plain", Self.fixtures + "edges.yaml", lines: ["quit"])
    #expect(again.output.hasPrefix("Edges and rank. Step 2 of 4.\n"), "\(again.output)")
  }

  @Test("a recording of a lesson shows the same every time and keeps nothing")
  func recording() throws {
    let scratch = try Scratch()
    let outcome = try learn(
      scratch, Self.fixtures + "edges.yaml", "--size", "80x22", "--script",
      "await idle 12 Enter await idle save \(scratch.path("a.txt"))")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(scratch.text(of: "a.txt").contains("You said 12, it is 1: 11 too many."))
    #expect(try !learn(scratch, "--list").output.contains(" 1 of "))
  }

  @Test(
    "what does not fit together is a usage error of one line",
    arguments: [["--list", "--check", "x"], ["--check"], ["rank", "--json"], ["no-such-lesson"]])
  func usage(arguments: [String]) throws {
    let outcome = try Program.run(["learn"] + arguments)
    #expect(outcome.status == 64 && outcome.isOneErrorLine, "\(outcome.errors)")
  }

  @Test("samples and changes are named like any matrix")
  func names() throws {
    let outcome = try Program.run("spectrum", "--json", "gallery:stripes | transpose | multiply 2", "--rank", "1")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try Program.run("info", "sample:iris").status == 0)
    #expect(try Program.run("info", "sample:nothing").status == 64)
    #expect(try Program.run("info", "sample:iris | stir").status == 64)
  }
}
