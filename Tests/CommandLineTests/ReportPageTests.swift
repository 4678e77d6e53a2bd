@testable import Checkpoints
import LinearAlgebra
import MatrixFiles
import Testing

@testable import Reports

/// A file of which only the list is of interest.
private struct ListedFile: MatrixFile {
  var source = "/home/someone/model.safetensors"
  let format = "safetensors"
  let tensors: [TensorEntry]
  var unreadable: [UnreadableTensor] = []
  var notes: [String] = []

  func read(_: TensorEntry, options _: ReadOptions, control _: WorkControl) throws(FileError) -> LoadedMatrix {
    throw .cancelled
  }
}

/// Findings of an m × n matrix whose σ fall as 1/i does, from 1 to 1/100.
private func findings(_ name: String, rows: Int = 60, columns: Int = 40, error: Double? = 0.25) -> TensorFindings {
  var measures = TensorFindings.Measures(spectralNorm: 4, frobeniusNorm: 9.5)
  measures.errorAtBreakEven = error
  measures.stableRank = 5.640625
  measures.alpha = 3.25
  measures.alphaStandardError = 0.5
  var profile: [Float] = []
  if error != nil {
    let count = min(rows, columns)
    profile = (0..<count).map { index in Float(1 / (1 + 99 * Double(index) / Double(count - 1))) }
  }
  let ranks = error == nil ? [:] : ["error_10": 30, "energy_90": 11]
  return TensorFindings(
    name: name, rows: rows, columns: columns, dtype: "f32", parameters: rows * columns, ranks: ranks, thresholds: [:],
    measures: measures, breakEvenRank: (rows * columns - 1) / (rows + columns), nonfinite: error == nil ? 3 : 0,
    zeroRows: 2, seconds: 0.5, profile: profile)
}

private func report(_ found: [TensorFindings], _ file: ((inout ListedFile) -> Void)? = nil) -> ModelReport {
  let entries = found.map { TensorEntry(name: $0.name, type: .f32, axes: [$0.rows, $0.columns]) }
  var listed = ListedFile(tensors: entries + [TensorEntry(name: "bias", type: .f32, axes: [7])])
  file?(&listed)
  return ModelReport(listed, scanned: zip(entries, found).map { (entry: $0, findings: $1) }, failed: [])
}

private func page(_ report: ModelReport) -> String {
  ReportPage(report, date: "2026-03-01 14:05 UTC", version: "1.2.3").text
}

private let layered = (0..<4).flatMap { layer in
  ["attention.query", "output.dense"].map { role in
    findings("encoder.layer.\(layer).\(role).weight", error: 0.1 + 0.05 * Double(layer))
  }
}

@Suite("The report's page")
struct ReportPageTests {
  @Test("is well-formed, names what it is about, and asks for nothing from elsewhere")
  func selfContained() throws {
    let text = page(report(layered))
    let elements = try #require(PageElements(text))
    #expect(elements.all("h1").map(\.text) == ["model.safetensors"])
    let body = try #require(elements.all("body").first).text
    for words in [
      "safetensors · 9 tensors · 19,207 parameters", "2026-03-01 14:05 UTC, lowrank 1.2.3",
      "8 matrices scanned; 1 other tensor",
    ] {
      #expect(body.contains(words), "\(words)")
    }
    // Names of namespaces are no addresses; where the file lies is nobody's business.
    let addresses = text.replacing("http://www.w3.org/1999/xhtml", with: "")
    #expect(!addresses.contains("://") && !addresses.contains("url(") && !addresses.contains("someone"))
    for element in elements.elements {
      #expect(element.attributes["src"] == nil)
      if let target = element.attributes["href"] { #expect(target.hasPrefix("#")) }
    }
  }

  @Test("every link leads to a place of the page, and no place has two")
  func anchors() throws {
    let file = report(layered) { $0.unreadable = [UnreadableTensor(name: "x", reason: "“x” is a codebook")] }
    let elements = try #require(PageElements(page(file))).elements
    let places = elements.compactMap { $0.attributes["id"] }
    #expect(Set(places).count == places.count)
    let links = elements.compactMap { $0.attributes["href"] }
    #expect(links.count >= layered.count + 1)
    for link in links { #expect(places.contains(String(link.dropFirst())), "\(link)") }
  }

  @Test(
    "text from a file stays text",
    arguments: [
      "a.<script>alert(1)</script>", "a.\"><img src=x onerror=alert(1)>", "a.' onmouseover='x", "a.&amp;&lt;&#0;",
      "]]><b>",
      "\u{1b}[31mred", "\u{202e}desrever", "nul\u{0}", "\u{fffe}\u{ffff}", "line\nline", "<!--", "",
    ])
  func hostileNames(name: String) throws {
    let file = report([findings(name), findings("m.layer.0.\(name)"), findings("m.layer.1.\(name)")]) {
      $0.source = "dir/\(name.replacing("/", with: "|"))."
      $0.notes = [name]
      $0.unreadable = [UnreadableTensor(name: name, reason: "“\(name)” is no matrix", type: name)]
    }
    let text = page(file)
    let elements = try #require(PageElements(text))
    #expect(
      elements.all("script").count == 1 && elements.all("img").isEmpty
        && elements.all("b").allSatisfy { !$0.text.contains("b>") })
    #expect(!elements.elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } })
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(!text.unicodeScalars.contains("\u{202e}"))
    // The parser gives back exactly what a terminal would show.
    #expect(elements.all("th").contains { $0.text == printable(name) })
  }

  @Test("cells are what the columns say of the findings, and sort by their values")
  func figures() throws {
    let file = report(layered)
    let elements = try #require(PageElements(page(file)))
    for matrix in file.matrices {
      let cells = elements.cells(ofRow: matrix.anchor)
      #expect(cells.count == MatrixTable.columns.count + 1)
      #expect(cells.first?.text == String(matrix.number))
      for (cell, column) in zip(cells.dropFirst(), MatrixTable.columns) where column.id != "sparkline" {
        #expect(cell.text == column.text(matrix.entry, matrix.findings), "\(column.id)")
        guard let value = cell.attributes["data-v"].flatMap({ Double($0) }) else { continue }
        #expect(
          column.value(matrix.entry, matrix.findings) == .number(value)
            || column.value(matrix.entry, matrix.findings) == .integer(Int(value)))
      }
    }
    let words = elements.all("dt").map(\.text)
    for column in MatrixTable.columns { #expect(words.contains(column.title) || column.id == "sparkline") }
  }

  @Test("the map holds the error at break-even of every layer and role")
  func map() throws {
    let gap = layered.filter { $0.name != "encoder.layer.2.output.dense.weight" }
    let elements = try #require(PageElements(page(report(gap))))
    let cells = elements.all("td").filter { $0.attributes["class"]?.hasPrefix("q") == true || $0.text == "·" }
    #expect(cells.map(\.text) == ["10", "15", "20", "25", "10", "15", "·", "25"])
    let classes = cells.compactMap { $0.attributes["class"]?.dropFirst() }.compactMap { Int($0) }
    #expect(classes == [0, 8, 16, 23, 0, 8, 23])
    #expect(
      elements.all("figcaption").map(\.text) == ["encoder.layer · attention.query", "encoder.layer · output.dense"])
  }

  @Test("without layers one heat map shows all matrices")
  func unlayered() throws {
    let elements = try #require(PageElements(page(report([findings("a"), findings("b")]))))
    #expect(elements.all("figcaption").count == 1 && elements.all("caption").isEmpty)
  }

  @Test("matrices without a spectrum have no curve and no error, and say so")
  func damaged() throws {
    let elements = try #require(
      PageElements(page(report([findings("m.layer.0.a", error: nil), findings("m.layer.1.a")]))))
    #expect(elements.all("a").contains { $0.text == "NaN" })
    #expect(elements.all("svg", class: "s").count == 1)
    #expect(elements.all("li").contains { $0.text == "1 matrix with NaN or infinite entries" })
    #expect(PageElements(page(report([]))) != nil)
  }

  @Test("a large model's page grows by less than four thousand bytes a matrix")
  func size() {
    let (few, many) = [10, 210].map { count in
      page(
        report(
          (0..<count).map {
            findings("model.layers.\($0 / 7).mlp.experts.\($0 % 7).down_proj.weight", rows: 4096, columns: 4096)
          })
      ).utf8.count
    }.reduce(into: (0, 0)) { $0 = ($0.1, $1) }
    #expect(many - few < 200 * 4000)
  }
}
