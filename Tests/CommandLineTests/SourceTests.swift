import MatrixSources
import Testing

@Suite("What the command line names")
struct SourceTests {
  @Test("a second name is the tensor, unless it is a source itself")
  func arguments() throws {
    let scratch = try Scratch()
    try scratch.write(Array("1,2\n3,4\n".utf8), to: "a.csv")
    let file = scratch.path("a.csv")
    #expect(SourceArguments([]).source == nil)
    #expect(SourceArguments([file]).source == file && SourceArguments([file]).tensor == nil)
    #expect(
      SourceArguments([file, "weights"]).names == [file] && SourceArguments([file, "weights"]).tensor == "weights")
    for second in [file, "-", "gallery:hilbert"] {
      let both = SourceArguments([file, second])
      #expect(both.names == [file, second] && both.tensor == nil && both.source == "2 files")
    }
    #expect(SourceArguments([file, "b", "c"]).source == "3 files")
  }

  @Test("info lists directories and several files, each under its name")
  func info() throws {
    let scratch = try Scratch()
    try scratch.write(Array("1,2\n3,4\n5,6\n".utf8), to: "a2.csv")
    try scratch.write(Array("P2 2 1 15\n0 15".utf8), to: "a10.pgm")
    try scratch.write(Array("not a table, but words".utf8), to: "notes")
    let directory = try Program.run("info", scratch.path(""))
    #expect(directory.status == 0 && directory.errors.isEmpty, "\(directory.errors)")
    #expect(directory.output.contains("directory, 2 tensors") && directory.output.contains("not read:"))
    #expect(directory.output.contains("“notes”: "))
    let list = try Program.run("info", scratch.path("a10.pgm"), scratch.path("a2.csv"), "--json").json()
    #expect(list["format"] == .text("list"))
    #expect(list["tensors"]?.elements.map { $0["name"] } == ["a10.pgm", "a2.csv"].map { .text(scratch.path($0)) })
    let missing = try Program.run("info", scratch.path("a2.csv"), scratch.path("none"))
    #expect(missing.status == 66 && missing.isOneErrorLine, "\(missing.errors)")
  }

  @Test("the explorer lists a directory's files and opens the chosen one")
  func explore() throws {
    let scratch = try Scratch()
    try scratch.write(Array("1,2\n3,4\n5,6\n".utf8), to: "a.csv")
    try scratch.write(Array("P2 2 1 15\n0 15".utf8), to: "b.pgm")
    let (list, opened) = (scratch.path("list.txt"), scratch.path("opened.txt"))
    for names in [[scratch.path("")], [scratch.path("a.csv"), scratch.path("b.pgm")]] {
      let outcome = try Program.run(
        names + ["--script", "await idle save \(list) Down Enter await idle save \(opened)", "--size", "100x30"])
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(scratch.text(of: "list.txt").contains("2 tensors"))
      #expect(scratch.text(of: "list.txt").contains("a.csv") && scratch.text(of: "list.txt").contains("b.pgm"))
      #expect(scratch.text(of: "opened.txt").contains("1 × 2 · u8"))
      for name in [list, opened] { try scratch.remove(name) }
    }
  }
}
