import Testing

@Suite("Standard input")
struct StandardInputTests {
  private static let fixtures =
    #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/MatrixFilesTests/Fixtures/"

  /// A fixture of every format, its tensor, and its shape.
  private static let files: [(name: String, tensor: String?, rows: Double, columns: Double)] = [
    ("f4-F-be.npy", nil, 5, 3), ("deflated.npz", "weights", 40, 24), ("grey8.png", nil, 7, 9),
    ("rgb420.jpg", nil, 21, 27), ("coordinate-real.mtx", nil, 0, 0), ("grey.pgm", nil, 0, 0), ("colour.ppm", nil, 0, 0),
    ("savetxt.csv", nil, 0, 0), ("savetxt.csv.gz", nil, 0, 0), ("f8-C-le.npy.gz", nil, 5, 3), ("bf16-C.npy", nil, 0, 0),
  ]

  @Test("every format is read from a pipe as from its own file", arguments: files.map(\.name))
  func formats(name: String) throws {
    let file = try #require(Self.files.first { $0.name == name })
    let bytes = try Scratch.bytes(at: Self.fixtures + name)
    let tensor = [file.tensor].compactMap { $0 }
    func report(_ source: String, _ kind: Program.Input = .file) throws -> [JSONValue?] {
      let json = try Program.run(["spectrum", "--json", source] + tensor, input: bytes, from: kind).json()
      return ["rows", "columns", "dtype", "singular_values", "tensor"].map { json[$0] }
    }
    let own = try report(Self.fixtures + name)
    #expect(try report("-", .pipe) == own)
    // A redirected file is read in place, whatever its format.
    if name == "deflated.npz" { #expect(try report("-") == own) }
    if file.rows > 0 { #expect(own.prefix(2) == [.number(file.rows), .number(file.columns)]) }
  }

  @Test("a list may hold standard input, and the explorer may read it again")
  func again() throws {
    let bytes = try Scratch.bytes(at: Self.fixtures + "axes3-C.npy")
    let scratch = try Scratch()
    let screen = scratch.path("screen.txt")
    for names in [["-"], ["-", Self.fixtures + "grey8.png"]] {
      let choice = names.count > 1 ? "Enter await idle" : "await idle"
      let outcome = try Program.run(
        ["explore"] + names + ["--size", "100x30", "--script", "\(choice) T V await idle save \(screen)"],
        input: bytes, from: .pipe)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      // Axes 3 × 2 × 4 with axis 1 for the rows, exchanged.
      #expect(scratch.text(of: "screen.txt").contains("12 × 2 · "), "\(scratch.text(of: "screen.txt"))")
      try scratch.remove(screen)
    }
  }
}
