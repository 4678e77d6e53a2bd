import Testing

@Suite("Making a matrix ready on the command line")
struct PreparationOptionTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  private static let wine = root + "/SampleData/wine.csv"
  private static let colours = root + "/Tests/MatrixFilesTests/Fixtures/rgb8.png"
  private static let holes = Array("a,b,c\n1,2,3\n4,,6\n7,nan,9\n1,1,2\n5,3,1\n".utf8)

  @Test("nothing is done unless told, and the report says what was")
  func record() throws {
    let plain = try Program.run("spectrum", Self.wine, "--json").json()
    #expect(
      plain["preparation"]
        == .object([
          "center": .text("none"), "scale": .text("none"), "transposed": .bool(false), "columns": .null,
          "dropped": .null, "missing": .null, "channel": .text("luma"),
        ]))
    let prepared = try Program.run(
      "spectrum", Self.wine, "--json", "--center", "both", "--transpose", "--columns", "1-3,hue", "--drop", "2"
    ).json()
    #expect(prepared["rows"] == .number(3) && prepared["columns"] == .number(178))
    let record = prepared["preparation"]
    #expect(record?["center"] == .text("both") && record?["transposed"] == .bool(true))
    #expect(record?["columns"] == .text("1-3,hue") && record?["dropped"] == .text("2"))
    #expect(prepared["parameters"]?["offsets"] == .number(180))
  }

  @Test("wine: one column holds 99.79 % of the energy, after centring and scaling 36.20 %")
  func wine() throws {
    func energy(_ options: [String]) throws -> Double {
      let report = try Program.run(["spectrum", Self.wine, "--json", "--rank", "1"] + options).json()
      return try #require(report["approximation"]?["energy"]?.number)
    }
    let (raw, standardized) = (try energy([]), try energy(["--center", "columns", "--scale", "columns"]))
    #expect((raw * 1e4).rounded() == 9979 && (standardized * 1e4).rounded() == 3620)
  }

  @Test("means count among the parameters, and what is measured agrees with what is predicted")
  func costs() throws {
    let report = try Program.run(
      "spectrum", Self.wine, "--json", "--rank", "2", "--center", "columns", "--scale", "columns"
    ).json()
    #expect(
      report["parameters"]
        == .object(["dense": .number(2314), "break_even_rank": .number(11), "offsets": .number(26)]))
    let readout = try #require(report["approximation"])
    #expect(readout["parameters"] == .number(2 * 191 + 26))
    let predicted = try #require(readout["relative_frobenius_error"]?.number)
    let measured = try #require(readout["measured_relative_frobenius_error"]?.number)
    #expect(abs(predicted - measured) < 1e-14)
  }

  @Test("approximate writes entries in the file's own units, and factors with the way back")
  func approximate() throws {
    let scratch = try Scratch()
    let (table, factors) = (scratch.path("a.csv"), scratch.path("a.npz"))
    for path in [table, factors] {
      let report = try Program.run(
        "approximate", Self.wine, "--center", "columns", "--scale", "columns", "--rank", "13", "-o", path, "--json"
      ).json()
      #expect(report["preparation"]?["scale"] == .text("columns"))
    }
    let first = try #require(scratch.text(of: "a.csv").split(separator: "\n").first).split(separator: ",")
    let entries = first.compactMap { Double($0) }
    let wanted = [14.23, 1.71, 2.43, 15.6, 127, 2.8, 3.06, 0.28, 2.29, 5.64, 1.04, 3.92, 1065]
    #expect(entries.count == 13 && zip(entries, wanted).allSatisfy { abs($0 - $1) < 1e-9 }, "\(entries)")
    let info = try Program.run("info", factors, "--json").json()
    #expect(
      info["tensors"]?.elements.map { $0["name"] }
        == ["left", "right", "singular_values", "row_offsets", "column_offsets", "column_scales"].map { .text($0) })
  }

  @Test(
    "missing cells are refused, or become what is chosen",
    arguments: [("drop-rows", 3.0, 55.0), ("column-mean", 5, 245), ("zero", 5, 237)])
  func missing(choice: String, rows: Double, square: Double) throws {
    let refused = try Program.run("spectrum", "-", input: Self.holes)
    #expect(refused.status == 65 && refused.isOneErrorLine)
    #expect(
      refused.errors.contains(
        "2 cells that are missing, NaN or infinite, in 2 of 5 rows, the first at line 3, column 2; choose --missing"))
    let report = try Program.run("spectrum", "-", "--missing", choice, "--json", input: Self.holes).json()
    #expect(report["rows"] == .number(rows) && report["preparation"]?["missing"] == .text(choice))
    let norm = try #require(report["frobenius_norm"]?.number)
    #expect(abs(norm * norm - square) < 1e-12)
  }

  @Test("a colour picture: one channel of it, its luma, or all three, and the same again as a picture")
  func channels() throws {
    let scratch = try Scratch()
    func written(_ channel: String) throws -> (columns: JSONValue?, colourType: UInt8) {
      let report = try Program.run(
        "approximate", Self.colours, "--channel", channel, "--rank", "7", "-o", scratch.path("\(channel).png"), "--json"
      ).json()
      #expect(report["preparation"]?["channel"] == .text(channel))
      return (report["columns"], scratch.bytes(of: "\(channel).png")[25])
    }
    // PNG's colour types: 0 is grey, 2 red, green and blue.
    for channel in ["luma", "red", "green", "blue"] { #expect(try written(channel) == (.number(9), 0)) }
    #expect(try written("colour") == (.number(27), 2))
    // At full rank every channel comes back to the byte.
    func norm(_ path: String, _ channel: String) throws -> JSONValue? {
      try Program.run("spectrum", path, "--channel", channel, "--json").json()["frobenius_norm"]
    }
    for channel in ["red", "green", "blue"] {
      let own = try norm(Self.colours, channel)
      #expect(try norm(scratch.path("colour.png"), channel) == own)
      #expect(try norm(scratch.path("\(channel).png"), "luma") == own)
    }
  }

  @Test(
    "what is not understood leaves with 64, a column that is not there, too",
    arguments: [
      (["--center", "sideways"], "'none', 'mean', 'columns', 'rows' or 'both'"),
      (["--scale", "rows"], "'none' and 'columns'"),
      (["--columns", "3-1"], "--columns 3-1 is no list of columns"),
      (["--drop", ","], "--drop , is no list of columns"),
      (["--drop", "99"], "wine.csv has no column 99: there are 13, counted from 1"),
      (["--columns", "colour"], "has no column “colour”; it has alcohol, malic acid"),
      (["--drop", "1-13"], "no column is left; drop fewer"), (["--missing", "guess"], "drop-rows"),
      (["--channel", "alpha"], "luma"),
    ])
  func refusals(options: [String], says: String) throws {
    let outcome = try Program.run(["spectrum", Self.wine] + options)
    #expect(outcome.status == 64 && outcome.isOneErrorLine, "\(outcome.status) \(outcome.errors)")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("the text report gives the advice, with the options that follow it")
  func advice() throws {
    let raw = try Program.run("spectrum", Self.wine)
    #expect(raw.output.contains("--center columns --scale columns"), "\(raw.output)")
    let followed = try Program.run("spectrum", Self.wine, "--center", "columns", "--scale", "columns")
    #expect(!followed.output.contains("--scale columns"))
  }

  @Test("--compare draws another file's spectrum behind, and what cannot be opened leaves with 66")
  func compare() throws {
    let scratch = try Scratch()
    let path = scratch.path("screen.txt")
    let outcome = try Program.run(
      "explore", Self.wine, "--compare", "gallery:hilbert", "--script", "await idle F3 save \(path)")
    #expect(outcome.status == 0 && scratch.text(of: "screen.txt").contains("gallery:hilbert"), "\(outcome.errors)")
    let missing = try Program.run("explore", Self.wine, "--compare", "/no/such.csv", "--script", "await idle")
    #expect(missing.status == 66 && missing.isOneErrorLine)
  }
}
