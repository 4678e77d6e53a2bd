import LinearAlgebra
import Testing

@testable import MatrixFiles

/// Tables written in every manner at once, whose entries and missing cells are known.
@Suite("Random tables in text")
struct RandomTableTests {
  /// A text, the numbers that its cells were written from, and the first cell without one.
  struct Table {
    var text = ""
    var rows: [[Double]] = []
    var firstMissing: String?
    var missing = 0
    private var line = 1
    private var random: SplitMix

    init(seed: UInt64) {
      random = SplitMix(seed: seed)
      let columns = 2 + pick(6)
      let delimiter = [",", ";", "\t", " "][pick(4)]
      let end = pick(2) == 0 ? "\n" : "\r\n"
      let mark: Character = delimiter != "," && pick(2) == 0 ? "," : "."
      let hasMissing = pick(2) == 0
      // So that the decimal mark and the kind of every column are known from the start.
      let plain = (0..<columns).map { Double($0) + 0.5 }
      append(plain.map { spell($0, mark) }.joined(separator: delimiter) + end)
      rows.append(plain)
      for _ in 0..<100 {
        if pick(12) == 0 { append(["# \"c", "  ", "", "% 1,2", delimiter == "\t" ? " " : "\t"][pick(5)] + end) }
        appendRow(columns: columns, delimiter: delimiter, mark: mark, hasMissing: hasMissing, end: end)
      }
      if pick(3) == 0 { text.removeLast() }
    }

    private mutating func appendRow(columns: Int, delimiter: String, mark: Character, hasMissing: Bool, end: String) {
      var cells: [String] = []
      var row: [Double] = []
      let lineOfRow = line
      for column in 0..<columns {
        let isMissing = hasMissing && pick(40) == 0
        let value = isMissing ? .nan : number()
        var cell = isMissing ? ["NA", "nan", "?", "null", "\"\"", "1e999"][pick(6)] : spell(value, mark)
        if pick(15) == 0, !cell.hasPrefix("\"") { cell = "\"\(cell)\"" }
        if pick(15) == 0 { cell = " " + cell + (delimiter == " " ? "" : " ") }
        if isMissing {
          missing += 1
          if firstMissing == nil { firstMissing = "line \(lineOfRow), column \(column + 1)" }
        }
        cells.append(cell)
        row.append(value)
      }
      rows.append(row)
      append(cells.joined(separator: delimiter) + end)
    }

    private mutating func append(_ words: String) {
      text += words
      line += 1
    }

    private mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    private mutating func number() -> Double {
      switch pick(5) {
      case 0: return Double(pick(1000))
      case 1: return -Double(pick(100_000)) / 100
      case 2: return Double(bitPattern: random.next() & 0xFFEF_FFFF_FFFF_FFFF)
      case 3: return Double(pick(10)) * 1e20
      default: return -0.0
      }
    }

    /// As Swift spells it, or with more digits than are needed.
    private mutating func spell(_ value: Double, _ mark: Character) -> String {
      var spelt = "\(value)"
      if !spelt.contains("e"), spelt.contains("."), pick(6) == 0 { spelt += String(repeating: "0", count: 25) }
      if !spelt.hasPrefix("-"), pick(6) == 0 { spelt = "+" + spelt }
      return String(spelt.map { $0 == "." ? mark : $0 })
    }
  }

  @Test("entries come back bit for bit, missing cells are counted and located", arguments: 0..<50)
  func tables(seed: UInt64) throws {
    let table = Table(seed: seed)
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", Array(table.text.utf8)))
    if let first = table.firstMissing {
      let affected = table.rows.count { $0.contains { !$0.isFinite } }
      #expect(
        throws: FileError.missingValues(
          "test", subject: "it",
          MissingCells(count: table.missing, rows: affected, allRows: table.rows.count, first: first))
      ) {
        try file.read(file.tensors[0], control: WorkControl())
      }
    }
    let dropped = ReadOptions(missing: .dropRows)
    let loaded = try file.read(file.tensors[0], options: dropped, control: WorkControl())
    let complete = table.rows.filter { $0.allSatisfy(\.isFinite) }
    #expect(Fixture.rows(loaded).map { $0.map(\.bitPattern) } == complete.map { $0.map(\.bitPattern) }, "\(table.text)")
  }
}
