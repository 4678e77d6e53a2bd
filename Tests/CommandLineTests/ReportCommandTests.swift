import Foundation
import Testing

@testable import Reports

@Suite("lowrank report")
struct ReportCommandTests {
  private func model() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.makeDirectory("model")
    try scratch.write(Array("P2 3 3 15\n0 15 3 1 2 9 4 4 8".utf8), to: "model/a.pgm")
    let rows = (0..<12).map { row in (0..<9).map { "\((row * $0 * 7 + row + $0) % 11)" }.joined(separator: ",") }
    try scratch.write(Array((rows.joined(separator: "\n") + "\n").utf8), to: "model/table.csv")
    try scratch.write(Array("not a table, but words".utf8), to: "model/notes")
    return scratch
  }

  @Test("its figures are those of spectrum, and what is not read is told")
  func figures() throws {
    let scratch = try model()
    let (directory, out) = (scratch.path("model"), scratch.path("page.html"))
    let outcome = try Program.run("report", directory, "-o", out, "--no-cache")
    #expect(outcome.status == 65 && outcome.errors.contains("“notes”"), "\(outcome.errors)")
    #expect(outcome.output == "2 matrices in \(out)\n")
    let elements = try #require(PageElements(scratch.text(of: "page.html")))
    #expect(elements.all("h1").map(\.text) == ["model"])
    #expect(elements.all("dd").contains { $0.text.contains("notes") })
    let names = elements.all("th").filter { $0.attributes["scope"] == "row" }.map(\.text)
    #expect(names == ["a.pgm", "table.csv"])
    for (index, name) in names.enumerated() {
      let cells = elements.cells(ofRow: "m\(index + 1)").dropFirst().map(\.text)
      let figure = { (id: String) in
        try #require(MatrixTable.columns.firstIndex { $0.id == id }.map { Double(cells[cells.startIndex + $0]) ?? -1 })
      }
      let json = try Program.run("spectrum", directory, name, "--json").json()
      let (norm, measures) = (try #require(json["frobenius_norm"]?.number), try #require(json["measures"]))
      for (id, expected) in [
        ("frobenius_norm", norm), ("stable_rank", try #require(measures["stable_rank"]?.number)),
        ("effective_rank", try #require(measures["effective_rank"]?.number)),
      ] {
        #expect(abs(try figure(id) - expected) <= 6e-4 * expected, "\(name) \(id)")
      }
      let ranks = try #require(json["ranks"])
      for id in ["energy_90", "energy_99", "numerical"] {
        #expect(try figure(id) == ranks[id]?.number, "\(name) \(id)")
      }
    }
  }

  @Test("only what matches, and a page that was there before is replaced")
  func selection() throws {
    let scratch = try model()
    try scratch.write(Array("old".utf8), to: "page.html")
    let outcome = try Program.run(
      "report", scratch.path("model"), "-o", scratch.path("page.html"), "--match", "*.csv", "--no-cache")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("1 matrix in "), "\(outcome.errors)")
    let elements = try #require(PageElements(scratch.text(of: "page.html")))
    #expect(elements.all("th").filter { $0.attributes["scope"] == "row" }.map(\.text) == ["table.csv"])
    #expect(!scratch.names.contains { $0.hasSuffix(".tmp") })
  }

  @Test("what cannot be done is refused before the work, and nothing is written")
  func refusals() throws {
    let scratch = try model()
    let model = scratch.path("model")
    let nowhere = try Program.run("report", model, "-o", scratch.path("none/page.html"))
    #expect(nowhere.status == 73 && nowhere.isOneErrorLine, "\(nowhere.errors)")
    let nothing = try Program.run("report", model, "-o", scratch.path("page.html"), "--match", "zzz")
    #expect(nothing.status == 64 && nothing.isOneErrorLine, "\(nothing.errors)")
    let missing = try Program.run("report", scratch.path("other"), "-o", scratch.path("page.html"))
    #expect(missing.status == 66 && missing.isOneErrorLine, "\(missing.errors)")
    let jobs = try Program.run("report", model, "-o", scratch.path("page.html"), "--jobs", "0")
    #expect(jobs.status == 64 && jobs.isOneErrorLine, "\(jobs.errors)")
    #expect(!scratch.names.contains("page.html"))
  }
}
