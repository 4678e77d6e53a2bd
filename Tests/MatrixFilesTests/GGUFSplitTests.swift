import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Split GGUF models")
struct GGUFSplitTests {
  /// A directory of three parts with one tensor each; `leaving` holds the numbers of parts that are not written.
  private func directory(
    _ name: String, leaving: Set<Int> = [], change: (Int, inout GGUFBuilder) -> Void = { _, _ in }
  ) throws -> String {
    let directory = Scratch.path(name) + "/"
    try #require(mkdir(directory, 0o700) == 0)
    for number in 1...3 where !leaving.contains(number) {
      var part = GGUFBuilder.part(
        number - 1, of: 3, tensors: 3, [.init("w\(number)", [2, 1], [Float(number), Float(10 * number)])])
      change(number, &part)
      try AtomicFile.write(part.bytes, to: directory + partName(number))
    }
    return directory
  }

  private func partName(_ number: Int) -> String { "m-0000\(number)-of-00003.gguf" }

  private func remove(_ directory: String) {
    for number in 1...3 { unlink(directory + partName(number)) }
    unlink(directory + "other.gguf")
    rmdir(directory)
  }

  @Test("any part opens all of them", arguments: 1...3)
  func whole(opened: Int) throws {
    let directory = try directory("split-whole-\(opened)")
    defer { remove(directory) }
    let file = try MatrixFileOpener.open(directory + partName(opened))
    #expect(file.tensors.map(\.name) == ["w1", "w2", "w3"])
    #expect(file.unreadable.isEmpty && file.notes.isEmpty && file.format == "gguf")
    #expect(file.metadata["split.no"] == "0")
    for number in 1...3 {
      let loaded = try file.read(file.tensor(named: "w\(number)"), control: WorkControl())
      #expect(Fixture.rows(loaded) == [[Double(number), Double(10 * number)]])
    }
  }

  @Test("a missing part costs its own tensors only")
  func missing() throws {
    let directory = try directory("split-missing", leaving: [2])
    defer { remove(directory) }
    let file = try MatrixFileOpener.open(directory + partName(3))
    #expect(file.tensors.map(\.name) == ["w1", "w3"])
    #expect(file.notes == ["1 of 3 parts is missing, with 1 of 3 tensors"])
    #expect(file.unreadable.map(\.name) == [partName(2)])
    #expect(
      file.unreadable[0].reason
        == "the tensors of “\(partName(2))” are unknown: cannot open \(directory)\(partName(2)): "
        + "No such file or directory; put it beside the others")
    #expect(Fixture.rows(try file.read(file.tensor(named: "w3"), control: WorkControl())) == [[3, 30]])
  }

  @Test("a part of another model, or no part at all, counts as missing")
  func foreignParts() throws {
    let directory = try directory("split-foreign") { number, part in
      if number == 2 { part.values[1].value = [4, 0] }
    }
    defer { remove(directory) }
    try AtomicFile.write(Array("no model".utf8), to: directory + partName(3))
    let file = try MatrixFileOpener.open(directory + partName(1))
    #expect(file.tensors.map(\.name) == ["w1"])
    #expect(file.unreadable.map(\.name) == [partName(2), partName(3)])
    #expect(
      file.unreadable[0].reason.contains("says that it is part 1 of 4, counted from 0, and its name that it is part 2"))
    #expect(file.unreadable[1].reason.contains("it is no GGUF file"))
    #expect(file.notes == ["2 of 3 parts are missing, with 2 of 3 tensors"])
  }

  @Test("a name and a header that contradict each other are refused")
  func contradiction() throws {
    let directory = try directory("split-contradiction") { number, part in
      if number == 1 { part.values[0].value = [2, 0] }
      if number == 2 { part.values[0].value = [3, 0] }
    }
    defer { remove(directory) }
    #expect(
      throws: FileError.invalid(
        directory + partName(1),
        reason: "its header says that it is part 3 of 3, and its name says otherwise; call it \(partName(3))")
    ) { try MatrixFileOpener.open(directory + partName(1)) }
    #expect {
      try MatrixFileOpener.open(directory + partName(2))
    } throws: { "\($0)".contains("part 3 of 3, counted from 0") }
  }

  @Test("two parts with a tensor of the same name are refused")
  func twice() throws {
    let directory = try directory("split-twice") { number, part in
      if number == 3 { part.tensors[0].name = "w1" }
    }
    defer { remove(directory) }
    #expect { try MatrixFileOpener.open(directory + partName(1)) } throws: { "\($0)".contains("“w1” is in two") }
  }

  @Test("a part under another name, and a whole model under a part's, are opened alone and say so")
  func alone() throws {
    let directory = try directory("split-alone") { number, part in
      if number == 2 { part.values = [] }
    }
    defer { remove(directory) }
    try #require(rename(directory + partName(1), directory + "other.gguf") == 0)
    let renamed = try MatrixFileOpener.open(directory + "other.gguf")
    #expect(renamed.tensors.map(\.name) == ["w1"])
    #expect(
      renamed.notes == ["one of 3 parts; the others are found when all are called NAME-00001-of-00003.gguf and so on"])
    let whole = try MatrixFileOpener.open(directory + partName(2))
    #expect(whole.tensors.map(\.name) == ["w2"])
    #expect(whole.notes == ["called one part of several, and opened alone: its header has no split.count"])
  }

  @Test("more parts than can stay open are refused")
  func tooMany() {
    let bytes = GGUFBuilder.part(0, of: 60_000, tensors: 3, [.init("w", [1], [1])]).bytes
    #expect(Fixture.refusal(bytes)?.contains("part 0 of 60000, counted from 0, of at most 500") == true)
  }
}
