import Glibc
import LinearAlgebra
import Synchronization
import Testing

@testable import MatrixFiles

@Suite("Directories and lists of files")
struct MatrixCollectionTests {
  /// A directory that a test makes and removes; files come from fixtures or from texts.
  private final class Directory {
    let path: String

    init(_ name: String) throws {
      path = Scratch.path(name)
      try #require(mkdir(path, 0o700) == 0)
    }

    func add(_ name: String, text: String) throws { try AtomicFile.write(Array(text.utf8), to: path + "/" + name) }

    func add(_ name: String, fixture: String) throws {
      try AtomicFile.write(try Fixture.bytes(fixture), to: path + "/" + name)
    }

    func open(_ control: WorkControl = WorkControl()) throws -> MatrixCollection {
      try MatrixCollection(directory: path, control: control) { (name, control) throws(FileError) in
        try MatrixFileOpener.open(name, control: control)
      }
    }

    deinit {
      for name in Scratch.names(path) where name != "." && name != ".." {
        unlink(path + "/" + name)
        rmdir(path + "/" + name)
      }
      rmdir(path)
    }
  }

  private func list(_ names: [String]) throws -> MatrixCollection {
    try MatrixCollection(names: names, control: WorkControl()) { (name, control) throws(FileError) in
      try MatrixFileOpener.open(name, control: control)
    }
  }

  @Test("a directory lists its files as people count, and what is broken costs only itself")
  func directory() throws {
    let directory = try Directory("mixed")
    try directory.add("img10.png", fixture: "grey8.png")
    try directory.add("img2.png", fixture: "rgb8.png")
    try directory.add("weights.npz", fixture: "stored.npz")
    try directory.add("only.npz", fixture: "single.npz")
    try directory.add("table.csv", text: "a,b\n1,2\n3,4\n5,6\n")
    try directory.add("readme.md", text: "# Not a table of numbers, nor two\n")
    try directory.add("cut.png", text: "\u{7f}")
    try directory.add(".hidden.csv", text: "1,2\n3,4\n")
    try directory.add("zero.csv", text: "")
    #expect(symlink("img2.png", directory.path + "/link.png") == 0)
    #expect(symlink("nowhere", directory.path + "/dangling.png") == 0)
    #expect(symlink("loop", directory.path + "/loop") == 0)
    #expect(mkdir(directory.path + "/folder.npy", 0o700) == 0)
    #expect(mkfifo(directory.path + "/fifo.npy", 0o600) == 0)
    let file = try directory.open()
    #expect(file.source == directory.path && file.format == "directory")
    #expect(
      file.tensors.map { "\($0.name ?? "") \($0.type) \($0.axes)" } == [
        "img2.png u8 [7, 9]", "img10.png u8 [7, 9]", "link.png u8 [7, 9]", "only.npz f64 [5, 3]",
        "table.csv f64 [3, 2]", "weights.npz:weights f64 [5, 3]", "weights.npz:bias f32 [5, 3]",
      ])
    #expect(
      Set(file.unreadable.map(\.name)) == [
        "dangling.png", "loop", "cut.png", "readme.md", "zero.csv", "only.npz:count", "only.npz:label",
      ])
    #expect(file.unreadable.allSatisfy { $0.reason.hasPrefix("“") && !$0.reason.contains("/tmp") })
    #expect(file.unreadable.contains { $0.reason == "“loop”: Too many levels of symbolic links" })
    #expect(file.unreadable.contains { $0.reason == "“zero.csv”: it is empty" })

    let colour = try file.read(
      file.tensor(named: "img2.png"), options: ReadOptions(channel: .colour), control: WorkControl())
    #expect(colour.matrix.shape == Shape(7, 27) && colour.entry.name == "img2.png" && colour.picture == .colour)
    let weights = try file.read(file.tensor(named: "weights.npz:weights"), control: WorkControl())
    #expect(Fixture.rows(weights) == Fixture.formula(5, 3, "f"))
    #expect(throws: FileError.invalid(file.source, reason: "“zero.csv”: it is empty")) {
      try file.tensor(named: "zero.csv")
    }
  }

  @Test("a file that changed since it was listed is not taken for what it was")
  func changed() throws {
    let directory = try Directory("changing")
    try directory.add("a.csv", text: "1,2\n3,4\n")
    let file = try directory.open()
    try directory.add("a.csv", text: "1,2\n3,4\n5,6\n")
    let reason = "it changed since it was listed; open it again"
    #expect(throws: FileError.invalid(directory.path + "/a.csv", reason: reason)) {
      try file.read(file.tensors[0], control: WorkControl())
    }
    unlink(directory.path + "/a.csv")
    #expect(throws: FileError.cannotOpen(directory.path + "/a.csv", reason: "No such file or directory")) {
      try file.read(file.tensors[0], control: WorkControl())
    }
  }

  @Test("a directory without a matrix says what it holds")
  func nothing() throws {
    let directory = try Directory("barren")
    #expect(throws: FileError.invalid(directory.path, reason: "it holds no files")) { try directory.open() }
    try directory.add("b.pdf", text: "%PDF-1.7")
    #expect {
      try directory.open()
    } throws: {
      "\($0)".contains("none of its files can be read as a matrix; the first is “b.pdf”: it is a PDF document")
    }
    #expect(throws: FileError.cannotOpen("/no/such", reason: "No such file or directory")) {
      try MatrixCollection(directory: "/no/such", control: WorkControl()) { (name, control) throws(FileError) in
        try MatrixFileOpener.open(name, control: control)
      }
    }
  }

  @Test("names are listed in their order, and a pipe among them is read once")
  func names() throws {
    let pipe = Scratch.path("listed-fifo")
    defer { unlink(pipe) }
    try #require(mkfifo(pipe, 0o600) == 0)
    Scratch.feed(try Fixture.bytes("f8-F-le.npy"), to: pipe, by: 100)
    let names = [Fixture.path("grey8.png"), pipe, Fixture.path("f8-C-le.npy"), "/no/such", Fixture.path("grey8.png")]
    let file = try list(names)
    #expect(file.source == "5 files" && file.format == "list")
    #expect(file.tensors.map(\.name) == Array(names.prefix(3)))
    #expect(file.unreadable.map(\.reason) == ["“/no/such”: No such file or directory"])
    for entry in file.tensors.dropFirst() {
      #expect(Fixture.rows(try file.read(entry, control: WorkControl())) == Fixture.formula(5, 3, "f"))
    }
  }

  @Test("more than 10,000 files are refused before any is opened")
  func limit() throws {
    #expect(
      throws: FileError.tooLarge(
        "10001 files", reason: "more than 10000 files cannot be listed together; name fewer of them")
    ) { try list((0...10_000).map(String.init)) }
  }

  @Test("listing tells how far it is, and stops when told")
  func progress() throws {
    let names = ["f8-C-le.npy", "stored.npz", "savetxt.csv.gz", "grey8.png"].map(Fixture.path)
    let told = Mutex<[Double]>([])
    _ = try MatrixCollection(names: names, control: WorkControl { f in told.withLock { $0.append(f) } }) {
      (name, control) throws(FileError) in try MatrixFileOpener.open(name, control: control)
    }
    let fractions = told.withLock { $0 }
    #expect(fractions.last == 1 && fractions == fractions.sorted() && fractions.count > 4)
    let token = CancellationToken()
    #expect(throws: FileError.cancelled) {
      try MatrixCollection(names: names, control: WorkControl(token: token)) { (name, control) throws(FileError) in
        token.cancel()
        return try MatrixFileOpener.open(name, control: control)
      }
    }
  }

  @Test("names with numbers sort as people count")
  func order() {
    let sorted = ["B", "a", "img2.png", "img10.png", "img010.png", "IMG1.png", "a.b", "9", "10", "ä", "img"]
    #expect(
      sorted.sorted(by: NaturalOrder.precedes)
        == ["9", "10", "a", "a.b", "B", "img", "IMG1.png", "img2.png", "img010.png", "img10.png", "ä"])
    let long = String(repeating: "9", count: 400)
    #expect(NaturalOrder.precedes(long, "1" + long) && !NaturalOrder.precedes("1" + long, long))
    #expect(!NaturalOrder.precedes("x", "x") && !NaturalOrder.precedes("", ""))
  }
}
