import Glibc
import Testing

@Suite("Errors and exit codes")
struct ErrorTests {
  @Test(
    "what is not understood leaves with 64 and one line",
    arguments: [
      (["spectrum"], "missing expected argument"), (["spectrum", "a", "b", "c"], "unexpected argument"),
      (["spectrum", "gallery:hilbert", "--bogus"], "see 'lowrank help spectrum'"),
      (["spectrum", "gallery:hilbert", "--rank", "x"], "--rank"),
      (["spectrum", "gallery:hilbert", "--rank", "65"], "ranks 0 to 64"),
      (["spectrum", "gallery:hilbert", "--rank", "-1"], "--rank"),
      (["spectrum", "gallery:hilbert", "--top", "-1"], "--top"),
      (["spectrum", "gallery:hilbret"], "planted, noise"), (["info", "gallery"], "planted, noise"),
      (["spectrum", "gallery:hilbert", "weights"], "holds one matrix without a name"),
      (["approximate", "gallery:hilbert", "-o", "x.npz"], "--rank, --energy"),
      (["approximate", "gallery:hilbert", "-o", "x.npz", "--rank", "1", "--error", "5%"], "exclude each other"),
      (["approximate", "gallery:hilbert", "-o", "x.npz", "--energy", "95"], "0.95 or 95%"),
      (["approximate", "gallery:hilbert", "-o", "x.npz", "--parameters", "many"], "50000 or 25%"),
      (["approximate", "gallery:hilbert", "-o", "x.npz", "--rule", "best"], "gavish_donoho"),
      (["approximate", "gallery:hilbert", "-o", "x.npz", "--rank", "65"], "ranks 0 to 64"),
      (["approximate", "gallery:hilbert", "-o", "x.tiff", "--rank", "1"], ".npz"),
      (["approximate", "gallery:hilbert", "--rank", "1"], "--output"),
    ])
  func usage(arguments: [String], says: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.isOneErrorLine && outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test(
    "what the parser says is one sentence, with no semicolon after another's end",
    arguments: [
      (
        ["scan", "gallery:hilbert", "--bogus"],
        "unknown option '--bogus'; did you mean '--jobs'? See 'lowrank help scan'"
      ),
      (
        ["scan", "x", "--format", "xml"],
        "the value 'xml' is invalid for '--format <name>'; please provide one of 'table', 'csv', 'jsonl' or 'markdown'; "
          + "see 'lowrank help scan'"
      ),
      (["scan", "x", "--jobs"], "missing value for '--jobs <N>'; see 'lowrank help scan'"),
    ])
  func joined(arguments: [String], sentence: String) throws {
    #expect(try Program.run(arguments).errors == "lowrank: \(sentence)\n")
  }

  @Test("a file that is not there leaves with 66")
  func noInput() throws {
    let outcome = try Program.run("info", "/no/such\nfile.npy")
    #expect(outcome.status == 66 && outcome.isOneErrorLine)
    #expect(outcome.errors.contains("/no/such\\u{a}file.npy"))
  }

  @Test("bytes that are no matrix leave with 65", arguments: ["PK\u{3}\u{4}broken", "", "1,2\n3,nan\n", "{\"a\": 1}"])
  func badData(text: String) throws {
    let outcome = try Program.run("spectrum", "-", input: Array(text.utf8))
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(outcome.isOneErrorLine, "\(outcome.errors)")
  }

  @Test(
    "a matrix without entries is data that no experiment takes: 65, and the same sentence",
    arguments: [
      ["court"], ["court", "--scoreboard"], ["project"], ["validate"], ["validate", "--method", "entries"],
      ["speed", "--rank", "1"], ["plant", "--rank", "1"], ["spectrum", "--rank", "1"],
      ["approximate", "--rank", "1", "-o", "x.npz"],
      ["approximate", "--rank", "1", "--method", "als", "-o", "x.npz"],
    ])
  func empty(arguments: [String]) throws {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4), }"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    let outcome = try Program.run([arguments[0], "-"] + arguments.dropFirst(), input: bytes)
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(outcome.errors == "lowrank: a 0 × 4 matrix has no entries\n")
  }

  @Test(
    "a picture takes two different components",
    arguments: [
      ("1,2,3\n", [], 65, "this matrix has only one component"),
      ("1,2\n3,4\n", ["--components", "1,1"], 64, "names one component twice"),
      ("1,2\n3,4\n", ["--components", "1,3"], 64, "--components 1,3: this matrix has components 1 to 2"),
      ("1,2\n3,4\n", ["--rank", "3"], 64, "rank 3 is out of range"),
    ] as [(String, [String], Int32, String)])
  func components(text: String, arguments: [String], status: Int32, says: String) throws {
    let outcome = try Program.run(["project", "-"] + arguments, input: Array(text.utf8))
    #expect(outcome.status == status && outcome.isOneErrorLine, "\(outcome.errors)")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("output that cannot be written leaves with 73")
  func cannotWrite() throws {
    let missing = try Program.run("approximate", "gallery:hilbert", "--rank", "1", "-o", "/no/such/directory/x.npy")
    #expect(missing.status == 73 && missing.isOneErrorLine, "\(missing.errors)")
    #expect(missing.errors.contains("/no/such/directory/x.npy: No such file or directory"))
    let full = try Program.run("spectrum", "gallery:hilbert", output: .device("/dev/full"))
    #expect(full.status == 73 && full.isOneErrorLine, "\(full.errors)")
  }

  @Test("whether output can be written is asked before the input is opened")
  func asksEarly() throws {
    let outcome = try Program.run("approximate", "/no/such/input.npy", "--rank", "1", "-o", "/no/such/directory/x.npy")
    #expect(outcome.status == 73)
    #expect(try Program.run("approximate", "/no/such/input.npy", "--rank", "1", "-o", "/tmp/x.npy").status == 66)
  }

  @Test("several tensors and no name: 64, and the names")
  func chooseTensor() throws {
    let scratch = try Scratch()
    let path = scratch.path("factors.npz")
    #expect(try Program.run("approximate", "gallery:hilbert", "--rank", "2", "-o", path).status == 0)
    let outcome = try Program.run("spectrum", path)
    #expect(outcome.status == 64 && outcome.isOneErrorLine)
    #expect(outcome.errors.contains("left, right, singular_values"))
    #expect(scratch.names == ["factors.npz"], "no temporary file stays")
  }

  @Test("help is no error", arguments: [["--help"], ["help", "spectrum"], ["approximate", "--help"]])
  func help(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("USAGE: lowrank"))
  }

  @Test("the version stands alone")
  func version() throws {
    let outcome = try Program.run("--version")
    #expect(outcome.status == 0 && outcome.errors.isEmpty && outcome.output == "0.1.0\n")
  }

  @Test("a reader that went away is no error")
  func closedPipe() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    for arguments in [["spectrum", "gallery:hilbert"], ["--help"]] {
      let outcome = try Program.run(arguments, output: .descriptor(ends[1]))
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.status) \(outcome.errors)")
    }
  }

  @Test("a signal while a file is written ends the program by that signal and leaves nothing behind")
  func interrupted() throws {
    let scratch = try Scratch()
    try scratch.write(Array("what was there before".utf8), to: "x.csv")
    try scratch.write(Self.bytes(rows: 600_000, columns: 4), to: "long.npy")
    let outcome = try Program.run(
      ["approximate", scratch.path("long.npy"), "--rank", "4", "-o", scratch.path("x.csv")]
    ) { child in
      // The write has begun when the temporary file is there; it takes far longer than the signal.
      for _ in 0..<30_000 where scratch.names.count < 3 { usleep(1000) }
      kill(child, SIGTERM)
    }
    #expect(outcome.status == -SIGTERM && outcome.errors.isEmpty, "\(outcome.status) \(outcome.errors)")
    #expect(scratch.names.sorted() == ["long.npy", "x.csv"] && scratch.text(of: "x.csv") == "what was there before")
  }

  /// A .npy file of u8 whose entries count up.
  private static func bytes(rows: Int, columns: Int) -> [UInt8] {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
      + (0..<rows * columns).map { UInt8(truncatingIfNeeded: $0) }
  }
}
