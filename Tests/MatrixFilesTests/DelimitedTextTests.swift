import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Delimited text")
struct DelimitedTextTests {
  static let table: [[Double]] = [[1, 2.5, -3], [4, 5, 6e3]]

  @Test(
    "delimiters, line ends, comments, quotes, a byte-order mark",
    arguments: [
      "1,2.5,-3\n4,5,6e3\n", "1,2.5,-3\n4,5,6e3", "1;2.5;-3\n4;5;6e3\n", "1\t2.5\t-3\n4\t5\t6e3\n",
      "1 2.5   -3\n 4 5 6e3 \n", "1,2.5,-3\r\n4,5,6e3\r\n", "1,2.5,-3\r4,5,6e3\r",
      "# a, b\n\n1, 2.5, -3\n% c\n4,5,6e3\n\n",
      "\"1\",\"2.5\",-3\n4,\"5\",6e3\n", "\u{feff}1,2.5,-3\n4,5,6e3\n", "1;2,5;-3\n4;5;6e3\n",
      "+1,2.50,-3.\n4,5E0,6.e+3\n",
      "1,2.5,-3,\n4,5,6e3,\n", "# it's a \"quote\n1,2.5,-3\n4,5,6e3\n",
    ])
  func variants(text: String) throws {
    #expect(Fixture.rows(try Fixture.read(text: text)) == Self.table)
  }

  @Test(
    "headers, row names and text columns are left out, and that is said",
    arguments: [
      ("a,b,c\n1,2.5,-3\n4,5,6e3\n", ["header skipped"]),
      ("\"a\",\"x, \n y\",\"c\"\n1,2.5,-3\n4,5,6e3\n", ["header skipped"]),
      ("x,1,2.5,-3\ny,4,5,6e3\n", ["rows named by column 1"]),
      ("name,a,b,c\nx,1,2.5,-3\ny,4,5,6e3\n", ["header skipped", "rows named by “name”"]),
      ("\"a\" \"b\" \"c\"\n\"x\" 1 2.5 -3\n\"y\" 4 5 6e3\n", ["header skipped", "rows named by column 1"]),
      (",a,b,c\n0,1,2.5,-3\n1,4,5,6e3\n", ["header skipped", "nameless first column left out"]),
      ("a,b,c,kind\n1,2.5,-3,dog\n4,5,6e3,cat\n", ["header skipped", "rows named by “kind”"]),
      ("2,3,cat,dog\n1,2.5,-3\n4,5,6e3\n", ["first record skipped: it has 4 cells, the rows 3"]),
      ("1;2,5;-3\n4;5;6e3\n", ["decimal commas"]),
      (",1990,1991,1992\nx,1,2.5,-3\ny,4,5,6e3\n", ["header skipped", "rows named by column 1"]),
    ])
  func labels(text: String, notes: [String]) throws {
    let loaded = try Fixture.read(text: text)
    #expect(Fixture.rows(loaded) == Self.table)
    #expect(loaded.notes == notes)
  }

  @Test(
    "what is wrong, and where",
    arguments: [
      ("1,2\n3\n5,6\n", "line 2 has 1 cell and the others 2 (separated by comma)"),
      ("1,2\n3,4\n\n5,6,7\n", "line 4 has 3 cells and the others 2"),
      ("a,b\n1,2\n3,4x\n", "line 3, column 2: “4x” is not a number"),
      ("1,2\n3,\"1,000\"\n", "line 2, column 2: “1,000” is not a number"),
      ("1,2\n3,\u{1b}[2J\n", "not known"),
      ("1,\n3,NA\nnan,2\n", "3 cells that are missing, NaN or infinite, in 3 of 3 rows, the first at line 1, column 2"),
      ("1,1e999\n3,2\n", "1 cell that is missing, NaN or infinite, in 1 of 2 rows, the first at line 1, column 2"),
      ("1,2\n3,\"4\n", "a quote in the cells of line 2 is never closed"),
      ("word\nother\n", "no table of numbers"), ("# only\n", "without any numbers"), ("", "it is empty"),
    ])
  func refusals(text: String, reason: String) {
    let refusal = Fixture.refusal(Array(text.utf8))
    #expect(refusal?.contains(reason) == true, "\(refusal ?? "it was read")")
  }

  @Test("columns of one number")
  func column() throws {
    #expect(Fixture.rows(try Fixture.read(text: "1\n2\n3\n")) == [[1], [2], [3]])
    #expect(Fixture.rows(try Fixture.read(text: "x\n2\n3\n")) == [[2], [3]])
    #expect(Fixture.rows(try Fixture.read(text: "7\n")) == [[7]])
  }

  @Test("NumPy's savetxt", arguments: ["savetxt.txt", "savetxt.csv"])
  func savetxt(name: String) throws {
    #expect(Fixture.rows(try Fixture.read(name)) == Fixture.formula(5, 3, "f").map { $0.map { $0 / 8 } })
  }

  @Test("doubles of every size come back bit for bit")
  func doubles() throws {
    #expect(Fixture.rows(try Fixture.read("doubles.csv")) == Fixture.rows(try Fixture.read("doubles.npy")))
  }

  @Test("the parser rounds as the standard library does")
  func rounding() {
    var random = SplitMix(seed: 7)
    for _ in 0..<20_000 {
      let digits = String(random.next() >> (random.next() % 60))
      let point = Int(random.next() % UInt64(digits.count + 1))
      let text = "\(digits.prefix(point)).\(digits.dropFirst(point))e\(Int(random.next() % 80) - 40)"
      let value = Array(text.utf8).withUnsafeBufferPointer { DecimalParser().value(of: $0) }
      #expect(value == .number(Double(text) ?? .nan), "\(text)")
    }
  }

  @Test("a text longer than a block is read across the blocks")
  func blocks() throws {
    let rows = 130_000
    var text = ""
    for row in 0..<rows { text += "\(row),\(row % 977).25,-1234567.875,\"\(row)\"\n" }
    #expect(text.utf8.count > readBlock)
    let loaded = try Fixture.read(text: text)
    #expect(loaded.matrix.shape == Shape(rows, 4))
    #expect((0..<rows).allSatisfy { loaded.matrix[$0, 0] == Double($0) && loaded.matrix[$0, 3] == Double($0) })
    // A line longer than a block.
    let wide = try Fixture.read(text: String(repeating: "0.125,", count: 1_000_000) + "1\n")
    #expect(wide.matrix.shape == Shape(1, 1_000_001))
    #expect(wide.matrix[0, 1_000_000] == 1)
  }
}

/// The generator of Steele, Lea & Flood (2014): the same numbers everywhere.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
