import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

/// Every file that lies gets its exact sentence; every odd one that does not, its values.
@Suite("Hostile files")
struct HostileFileTests {
  @Test("each gets its sentence or its values", arguments: HostileFiles.all + HostilePickles.all)
  func verdict(file: HostileFile) throws {
    do {
      let loaded = try Fixture.read(file.bytes)
      guard case .values(let values) = file.verdict else {
        Issue.record("it was read: \(Fixture.rows(loaded))")
        return
      }
      #expect(Fixture.rows(loaded) == values)
    } catch {
      guard case .refused(let sentence) = file.verdict else {
        Issue.record("\(error)")
        return
      }
      #expect("\(error)".trimmingPrefix("test: ") == sentence)
    }
  }

  @Test("an arithmetic-coded JPEG has the pixels of the Huffman-coded one it was made from")
  func arithmetic() throws {
    let loaded = try Fixture.read("grey-arithmetic.jpg")
    #expect(Fixture.rows(loaded) == Fixture.rows(try Fixture.read("grey.jpg.npy")))
    let bytes = try Fixture.bytes("grey-arithmetic.jpg")
    #expect(Fixture.refusal(Array(bytes[..<(bytes.count - 60)]))?.contains("damaged JPEG") == true)
  }

  @Test("links in a loop, and a directory that contains itself, come to an end")
  func loops() throws {
    let directory = Scratch.path("loops")
    let (one, other, own) = (directory + "/one.npy", directory + "/other.npy", directory + "/self")
    try #require(mkdir(directory, 0o700) == 0)
    defer {
      for path in [one, other, own, directory + "/a.npy", directory + "/pipe.npy"] { unlink(path) }
      rmdir(directory)
    }
    try #require(symlink("other.npy", one) == 0 && symlink("one.npy", other) == 0 && symlink(".", own) == 0)
    try #require(mkfifo(directory + "/pipe.npy", 0o600) == 0)
    #expect(throws: FileError.cannotOpen(one, reason: "Too many levels of symbolic links")) {
      try MatrixFileOpener.open(one)
    }
    try AtomicFile.write(HostileFiles.two, to: directory + "/a.npy")
    let listed = try MatrixCollection(directory: own + "/self", control: WorkControl()) {
      (name, control) throws(FileError) in try MatrixFileOpener.open(name, control: control)
    }
    #expect(listed.tensors.map(\.name) == ["a.npy"])
    #expect(
      listed.unreadable.map(\.reason) == [
        "“one.npy”: Too many levels of symbolic links", "“other.npy”: Too many levels of symbolic links",
      ])
  }

  @Test("a view of a table or a picture is refused, whatever the format")
  func views() throws {
    for name in ["savetxt.csv", "grey8.png", "grey.pgm", "grey.jpg", "array-real.mtx"] {
      let sentence = "fold=1 is for the arrays of NumPy files; a table or picture has rows and columns"
      #expect(throws: FileError.invalid(Fixture.path(name), reason: sentence)) {
        try Fixture.read(name, options: ReadOptions(view: .fold([1])))
      }
    }
  }
}
