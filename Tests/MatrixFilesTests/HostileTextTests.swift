import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Odd and hostile texts")
struct HostileTextTests {
  private static let mark =
    "write all numbers with the same decimal mark, “-” for minus and no thousands separators"
  private static let noTable = "it is a text that is no table of numbers; save the numbers as .csv or .npy"
  private static let noNumbers = "it is a text without any numbers"

  private static func missing(_ count: Int, _ rows: Int, of all: Int, _ place: String) -> String {
    "it has \(count) \(count == 1 ? "cell that is" : "cells that are") missing, NaN or infinite, in \(rows) of \(all) "
      + "rows, the first at \(place); choose --missing drop-rows, column-mean or zero"
  }

  private static func ragged(_ line: Int, _ cells: Int, _ others: Int, _ delimiter: String = "comma") -> String {
    "line \(line) has \(cells) \(cells == 1 ? "cell" : "cells") and the others \(others) (separated by \(delimiter)); "
      + "every row needs the same number"
  }

  /// Texts and the sentence that refuses them, word for word.
  static let refused: [(text: String, sentence: String)] = [
    ("1,2\n3,\"4\n5,6\n", "a quote in the cells of line 2 is never closed"),
    ("1,2\n3,\"4\"5\n", "line 2, column 2: “\"4\"5” is not a number; correct or remove it"),
    ("a,b,c\n", noTable), ("a;b;c", noTable), ("one\ntwo\nthree\n", noTable),
    ("\n\n \n\t\n\r\n", noNumbers), ("# 1,2\n% 3,4\n", noNumbers), ("\u{FEFF}", noNumbers), ("\u{FEFF}\n", noNumbers),
    ("1,2\n3,1e400\n", missing(1, 1, of: 2, "line 2, column 2")),
    ("1,2\n3,-1e999999999999\n", missing(1, 1, of: 2, "line 2, column 2")),
    ("1,2\n-inf,Infinity\n", missing(2, 1, of: 2, "line 2, column 1")),
    ("1,2\n\n# c\n3,?\n,NULL\n", missing(3, 2, of: 3, "line 4, column 2")),
    ("x,1,2\ny,n/a,3\n", missing(1, 1, of: 2, "line 2, column 2")),
    ("1\t2\n\t\n  \n3\t4\n", missing(2, 1, of: 3, "line 2, column 1")),
    ("1 2\n3 nan\n", missing(1, 1, of: 2, "line 2, column 2")),
    ("1,2\n3,0x10\n", "line 2, column 2: “0x10” is not a number; \(mark)"),
    ("0x1,0x2\n0x3,0x4\n", "line 1, column 1: “0x1” is not a number; \(mark)"),
    ("1,2\n3,1_000\n", "line 2, column 2: “1_000” is not a number; \(mark)"),
    ("1;2\n3;1,234,567\n", "line 2, column 2: “1,234,567” is not a number; \(mark)"),
    ("1;1.234,5\n2;2.345,5\n", "line 1, column 2: “1.234,5” is not a number; \(mark)"),
    ("1,\"1,000\"\n2,\"2,000\"\n", "line 1, column 2: “1,000” is not a number; \(mark)"),
    ("1;1'234\n2;2'345\n", "line 1, column 2: “1'234” is not a number; \(mark)"),
    ("1;2 345\n2;3 456\n", "line 1, column 2: “2 345” is not a number; \(mark)"),
    ("1;2,5\n2;3.5\n", "line 1, column 2: “2,5” is not a number; \(mark)"),
    ("1,\"1,000\"\n2,3\n", "line 1, column 2: “1,000” is not a number; \(mark)"),
    ("1,2\n3,\u{2212}4\n", "line 2, column 2: “\u{2212}4” is not a number; \(mark)"),
    ("1,2\n3,--4\n", "line 2, column 2: “--4” is not a number; correct or remove it"),
    ("1,2\n3,1e\n", "line 2, column 2: “1e” is not a number; correct or remove it"),
    ("1,2\n3,4e5.5\n", "line 2, column 2: “4e5.5” is not a number; correct or remove it"),
    ("1,2\n3,4 # four\n", "line 2, column 2: “4 # four” is not a number; correct or remove it"),
    ("1,2\n3,\u{202E}4\n", "line 2, column 2: “\\u{202e}4” is not a number; correct or remove it"),
    ("1,2\n3,4\n5", ragged(3, 1, 2)), ("1,2\n3,4\n5,6,7,8", ragged(3, 4, 2)), ("1,2\n3,4\n5,6,", ragged(3, 3, 2)),
    ("1 2 3\n4 5\n6 7 8\n", ragged(2, 2, 3, "white space")), ("1\t2\n3\n4\t5\n", ragged(2, 1, 2, "tab")),
    ("1,2,3\n4;5;6\n7,8,9\n", ragged(2, 1, 3)), ("3,3\n1,2,3\n4,5,6\n", ragged(1, 2, 3)),
    ("{\"a\": 1}\n", "it is JSON, which is not read; save the numbers as .csv or .npy"),
    ("<table>\n", "it is HTML or XML, which is not read; save the table as .csv, or download the file itself"),
  ]

  @Test("what is refused, word for word", arguments: refused)
  func refusals(text: String, sentence: String) {
    #expect(Fixture.refusal(Array(text.utf8)) == "test: " + sentence)
  }

  @Test("bytes that are no text")
  func bytes() {
    let unknown =
      "test: its format is not known; convert it to .npy (in Python: numpy.save(\"matrix.npy\", array)) or .csv"
    #expect(Fixture.refusal(Array("1,2\n3,\u{1B}[31m4\n".utf8)) == unknown)
    #expect(
      Fixture.refusal(Array("1,2\n3,\0\n".utf8))
        == "test: it is binary data of no known format, which is not read; "
        + "convert it to .npy: in Python, numpy.save(\"matrix.npy\", array)")
    for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
      #expect(
        Fixture.refusal(mark + [0x31, 0, 0x0A, 0])
          == "test: it is text in UTF-16, which is not read; "
          + "save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > matrix.csv")
    }
  }

  @Test("control characters behind the beginning are shown, not sent", arguments: [0, 7, 0x1B, 0x7F] as [UInt8])
  func controls(byte: UInt8) {
    let text = Array(String(repeating: "1,2\n", count: 2000).utf8) + Array("3,".utf8) + [byte] + Array("[2J\n".utf8)
    let shown = "\\u{\(String(byte, radix: 16))}[2J"
    #expect(
      Fixture.refusal(text) == "test: line 2001, column 2: “\(shown)” is not a number; correct or remove it")
  }

  /// Texts that are read, and what of them.
  static let read: [(text: String, rows: [[Double]])] = [
    ("1,5;2,5\n", [[1.5, 2.5]]), ("1,5;2,5\n3;4\n", [[1.5, 2.5], [3, 4]]),
    ("1,5\t2\n3\t4,5\n", [[1.5, 2], [3, 4.5]]),
    ("1,5 2\n3 4,5\n", [[1.5, 2], [3, 4.5]]), ("1,5 2,5\n3,5 4,5\n", [[1.5, 2.5], [3.5, 4.5]]),
    ("1, 2, 3\n4, 5, 6\n", [[1, 2, 3], [4, 5, 6]]), ("1,2;3\n4,5;6\n", [[1.2, 3], [4.5, 6]]),
    ("-0,+0\n", [[-0.0, 0]]),
    ("5e-324,2.2250738585072011e-308\n", [[.leastNonzeroMagnitude, Double(bitPattern: 0x000F_FFFF_FFFF_FFFF)]]),
    ("1e-400,-1e-400\n", [[0, -0.0]]), (".5,5.\n", [[0.5, 5]]), ("1E5,1e+05\n", [[1e5, 1e5]]),
    (
      "0.1," + String(repeating: "3", count: 400) + "." + String(repeating: "3", count: 400) + "e-400\n",
      [[0.1, 1 / 3]]
    ),
    (
      String(repeating: "0", count: 800) + "1,0." + String(repeating: "0", count: 310) + "1\n",
      [[1, Double(bitPattern: 0x0000_01D7_4124_E3D1)]]
    ),
    ("1,2\r\n3,4\r\n", [[1, 2], [3, 4]]), ("1,2\r3,4\r", [[1, 2], [3, 4]]), ("1,2\r\r\n3,4\r\r\n", [[1, 2], [3, 4]]),
    ("\n\n1,2\n\n\n3,4", [[1, 2], [3, 4]]), ("  1 \t 2  \n\t3\t4\t\n", [[1, 2], [3, 4]]),
    ("1 2\n\t\n3 4\n", [[1, 2], [3, 4]]), ("1,2\n\t\n3,4\n", [[1, 2], [3, 4]]),
    ("a,b\n1,2\n", [[1, 2]]), ("x,1,2\n", [[1, 2]]), ("\"1\",\" 2 \"\n\"3\",4\n", [[1, 2], [3, 4]]),
    ("a,b,\n1,2,\n3,4,\n", [[1, 2], [3, 4]]), ("3 3\n1 2 3\n4 5 6\n7 8 9\n", [[1, 2, 3], [4, 5, 6], [7, 8, 9]]),
    ("2 3\nthe 1 2 3\nof 4 5 6\n", [[1, 2, 3], [4, 5, 6]]), ("150,4\n1,2\n", [[150, 4], [1, 2]]),
    ("a,a\n1,2\n", [[1, 2]]), ("year,1990,1991\n1,2,3\n4,5,6\n", [[1, 2, 3], [4, 5, 6]]),
    ("5\" pipe,1\n6\" pipe,2\n", [[1], [2]]), ("a,\"x\"\"y\n,z\",2\nb,w,3\n", [[2], [3]]),
    ("# \"odd\n1,2\n#\" quotes\n3,4\n", [[1, 2], [3, 4]]),
  ]

  @Test("what is read, entry for entry", arguments: read)
  func readings(text: String, rows: [[Double]]) throws {
    let entries = Fixture.rows(try Fixture.read(text: text))
    #expect(entries.map { $0.map(\.bitPattern) } == rows.map { $0.map(\.bitPattern) }, "\(entries)")
  }

  @Test("a header of very many names, and a line as long")
  func wide() throws {
    let count = 20_000
    var bytes: [UInt8] = []
    bytes.reserveCapacity(12 * count)
    for name in 0..<count {
      if name > 0 { bytes.append(0x2C) }
      bytes += [0x63, UInt8(0x30 + name % 10)]
    }
    bytes.append(0x0A)
    for cell in 0..<count {
      if cell > 0 { bytes.append(0x2C) }
      bytes.append(UInt8(0x30 + cell % 10))
    }
    let loaded = try Fixture.read(bytes)
    #expect(loaded.matrix.shape == Shape(1, count))
    #expect(loaded.matrix[0, 17_777] == 7 && loaded.labels.columns[17_777] == "c7")
  }

  @Test("decimal commas that first show below what was looked at")
  func lateComma() throws {
    let whole = String(repeating: "1;2\n", count: 500)
    let loaded = try Fixture.read(text: whole + "3;4,5\n")
    #expect(loaded.matrix.shape == Shape(501, 2) && loaded.matrix[500, 1] == 4.5)
    #expect(loaded.notes == ["decimal commas"])
    #expect(
      Fixture.refusal(Array((whole + "3;4.5\n3;4,5\n").utf8))
        == "test: line 501, column 2: “4.5” is not a number; \(Self.mark)")
  }

  @Test("names in Windows-1252, in UTF-8, and with what a terminal would obey")
  func foreignNames() throws {
    let bytes = Array("k,".utf8) + [0x80, 0x2C, 0xE9, 0x0A] + Array("x,1,2\n".utf8) + [0xFC] + Array(",3,4\n".utf8)
    #expect(try Fixture.read(bytes).labels == AxisLabels(rows: ["x", "ü"], columns: ["€", "é"]))
    let text = try Fixture.read(text: "k,é\u{202E},\u{85}\nx,1,2\n\"\u{200B}y\",3,4\n")
    #expect(text.labels == AxisLabels(rows: ["x", "\\u{200b}y"], columns: ["é\\u{202e}", "\\u{85}"]))
  }
}
