import Factorizations
import MatrixFiles
import Testing

@Suite("approximate --method")
struct FactorizationCommandTests {
  /// Non-negative, so that every method takes it; rank 3.
  private static let table = (0..<12).map { i in
    (0..<8).map { j in "\((i + 1) * (j + 1) + (i % 3) * (j % 2) + (i % 4) * (j % 3))" }.joined(separator: ",")
  }

  private func scratch(_ lines: [String] = Self.table, header: String? = "a,b,c,d,e,f,g,h") throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(Array((([header].compactMap { $0 } + lines).joined(separator: "\n") + "\n").utf8), to: "t.csv")
    return scratch
  }

  private func approximate(
    _ scratch: Scratch, _ method: String, rank: Int = 3, out: String = "out.npz", _ more: String...
  ) throws -> Program.Outcome {
    try Program.run(
      ["approximate", scratch.path("t.csv"), "--method", method, "--rank", "\(rank)", "-o", scratch.path(out)] + more)
  }

  @Test(
    "each method writes both factors, states its count and its measured error beside the optimum",
    arguments: FactorizationCatalog.ids.filter { $0 != "svd" })
  func methods(id: String) throws {
    let scratch = try scratch()
    let report = try approximate(scratch, id, "--json", "--seed", "3").json()
    #expect(report["schema"] == .text("lowrank.factorization/1") && report["method"] == .text(id))
    #expect(report["rank"] == .number(3) && report["target"] == .object(["rank": .text("3")]))
    let names = try Program.run("info", scratch.path("out.npz"), "--json").json()["tensors"]?.elements.map {
      $0["name"]
    }
    let extra: [String: [String]] = [
      "id": ["column_indices"], "cur": ["middle", "rows", "row_indices", "column_indices"], "robust-pca": ["sparse"],
    ]
    let expected = ["left", "right"] + (extra[id] ?? [])
    let expectedNames: [JSONValue?] = expected.map { JSONValue.text($0) }
    #expect(names == expectedNames)
    let error = try #require(report["residual"]?["relative_frobenius_error"]?.number)
    let optimum = try #require(report["optimum"]?.number)
    let parameters = try #require(report["parameters"]?.number)
    switch id {
    // C, T without its identity, and indices.
    case "id": #expect(parameters == 36 + 15 + 3)
    // C, the middle, R, and indices.
    case "cur": #expect(parameters == 75)
    case "robust-pca":
      let nonzeros = try #require(report["sparse"]?["nonzeros"]?.number)
      #expect(parameters == 3 * 20 + 2 * nonzeros)
      #expect(try #require(report["sparse"]?["low_rank_relative_frobenius_error"]?.number) >= optimum)
    default: #expect(parameters == 60)
    }
    if id != "robust-pca" { #expect(error >= optimum - 1e-14) }
    #expect(report["parameters_counted"] != .text("") && report["residual"]?["over"] == .text("all"))
    #expect(["direct", "converged", "limit"].map { .text($0) }.contains(report["end"]))

    // The product that other formats hold is the same.
    #expect(try approximate(scratch, id, out: "out.csv").status == 0)
    #expect(scratch.text(of: "out.csv").split(separator: "\n").count == 12)
  }

  @Test("chosen rows and columns are named, or numbered where they have no names")
  func names() throws {
    let named = try scratch()
    let text = try approximate(named, "cur").output
    let columns = try #require(text.split(separator: "\n").first { $0.hasPrefix("columns: ") })
    #expect(columns.dropFirst(9).split(separator: ", ").allSatisfy { "abcdefgh".contains($0) && $0.count == 1 })
    #expect(text.contains("rows, counted from 1: ") && text.contains("optimum (Eckart–Young)"))
    let json = try approximate(named, "cur", "--json").json()
    let first = try #require(json["chosen_columns"]?.elements.first)
    let index = try #require(first["index"]?.number)
    #expect(first["name"] == .text(String(Array("abcdefgh")[Int(index)])))
    #expect(json["chosen_rows"]?.elements.first?["name"] == .null)
    #expect(try approximate(try scratch(header: nil), "id").output.contains("columns, counted from 1: "))
  }

  @Test("alternating least squares takes missing cells and says which entries it speaks of; others refuse them")
  func missing() throws {
    var lines = Self.table
    lines[2] = "," + lines[2].drop { $0 != "," }.dropFirst()
    let scratch = try scratch(lines)
    let report = try approximate(scratch, "als", rank: 2, "--json", "--ridge", "0.001").json()
    #expect(report["residual"]?["over"] == .text("observed") && report["residual"]?["entries"] == .number(95))
    #expect(report["optimum"] == .null)
    #expect(try approximate(scratch, "als", rank: 2).output.contains("error of observed cells, measured"))
    let filled = try approximate(scratch, "als", rank: 2, "--json", "--missing", "zero").json()
    #expect(filled["residual"]?["over"] == .text("all") && filled["optimum"]?.number != nil)
    for arguments in [["id"], ["als", "--center", "columns"]] {
      let outcome = try Program.run(
        ["approximate", scratch.path("t.csv"), "--rank", "2", "-o", scratch.path("x.npz"), "--method"] + arguments)
      #expect(outcome.status == 65 && outcome.isOneErrorLine && outcome.errors.contains("--missing"))
    }
  }

  @Test(
    "what does not fit leaves with one sentence",
    arguments: [
      (["--method", "als", "--energy", "95%"], 64, "als takes its rank from --rank K"),
      (["--method", "id", "--rank", "9"], 64, "ranks 1 to 8"), (["--method", "id", "--rank", "0"], 64, "ranks 1 to 8"),
      (["--method", "id", "--rank", "2", "--iterations", "5"], 64, "id does not iterate"),
      (["--method", "nmf", "--rank", "2", "--ridge", "1"], 64, "--ridge is an option of --method als"),
      (["--rank", "2", "--sparsity", "1"], 64, "not of svd"),
      (["--method", "als", "--rank", "2", "--ridge", "-1"], 64, "0 or more"),
      (["--method", "als", "--rank", "2", "--iterations", "0"], 64, "at least one"),
      (["--method", "cur", "--rank", "2", "--accuracy", "preview"], 64, "an option of svd"),
      (["--method", "lu", "--rank", "2"], 64, "the methods are svd, "),
      (["--method", "nmf", "--rank", "2", "--center", "columns"], 65, "row "),
    ] as [([String], Int32, String)])
  func refusals(arguments: [String], status: Int32, says: String) throws {
    let scratch = try scratch()
    let outcome = try Program.run(["approximate", scratch.path("t.csv"), "-o", scratch.path("x.npz")] + arguments)
    #expect(outcome.status == status && outcome.isOneErrorLine && outcome.errors.contains(says), "\(outcome.errors)")
    #expect(!scratch.names.contains("x.npz"))
  }

  @Test("--method svd is the default; a seed gives the same bytes")
  func defaults() throws {
    let scratch = try scratch()
    let svd = try approximate(scratch, "svd", "--json").json()
    #expect(svd["schema"] == .text("lowrank.approximation/1") && svd["approximation"]?["rank"] == .number(3))
    for method in ["als", "nmf", "gradient"] {
      #expect(try approximate(scratch, method, out: "1.npz", "--seed", "5", "--iterations", "20").status == 0)
      #expect(try approximate(scratch, method, out: "2.npz", "--seed", "5", "--iterations", "20").status == 0)
      #expect(scratch.bytes(of: "1.npz") == scratch.bytes(of: "2.npz"))
    }
  }

  @Test("means come back in what is written, and count")
  func centred() throws {
    let scratch = try scratch()
    let outcome = try approximate(scratch, "id", out: "out.csv", "--center", "columns", "--json")
    let report = try outcome.json()
    let rank = try #require(report["rank"]?.number)
    #expect(report["parameters"] == .number(12 * rank + rank * (8 - rank) + rank + 8))
    let written = scratch.text(of: "out.csv").split(separator: "\n").map {
      $0.split(separator: ",").compactMap { Double($0) }
    }
    let error = try #require(report["residual"]?["max_error"]?.number)
    for (line, row) in zip(Self.table, written) {
      for (cell, value) in zip(line.split(separator: ","), row) {
        #expect(abs((Double(cell) ?? .nan) - value) <= error + 1e-9)
      }
    }
  }
}
