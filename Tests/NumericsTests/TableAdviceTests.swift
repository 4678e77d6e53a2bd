import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Testing

@Suite("Advice on tables")
struct TableAdviceTests {
  private static let samples = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/SampleData/"

  private func wine(_ preparation: Preparation = Preparation()) throws -> PreparedMatrix {
    let file = try MatrixFileOpener.open(Self.samples + "wine.csv")
    return try preparation.read(try file.tensor(named: nil), of: file, control: WorkControl())
  }

  private func advice(
    _ rows: Int, _ names: [String], isTable: Bool = true, _ preparation: Preparation = Preparation(),
    entry: (Int, Int) -> Double
  ) throws -> [TableAdvice] {
    let matrix = Matrix<Double>(Shape(rows, names.count), entry: entry)
    let loaded = LoadedMatrix(
      matrix: DenseMatrix(matrix), entry: TensorEntry(name: nil, type: .f64, axes: [rows, names.count]),
      labels: AxisLabels(columns: names), summary: EntrySummary(matrix))
    return try preparation.prepare(loaded, isTable: isTable, source: "").advice
  }

  @Test("wine: proline rules the spectrum until columns are centred and scaled")
  func spectra() throws {
    let raw = try wine()
    #expect(raw.loaded.matrix.shape == Shape(178, 13) && raw.loaded.labels.columns.last == "proline")
    let advice = try #require(raw.advice.first)
    guard case .unequalScales(let ratio, "proline", "nonflavanoid phenols") = advice, raw.advice.count == 1 else {
      Issue.record("\(raw.advice)")
      return
    }
    #expect(ratio > 2523 && ratio < 2540, "\(ratio)")
    #expect(advice.option == "--center columns --scale columns")
    #expect(advice.sentence.hasPrefix("“proline” varies 2,53"), "\(advice.sentence)")

    func energy(_ prepared: PreparedMatrix) throws -> String {
      let analysis = SpectrumAnalysis(try Sample(prepared.loaded.matrix).spectrum())
      return NumberFormat.percent(analysis.energy(rank: 1))
    }
    #expect(try energy(raw) == "99.79 %")
    let standardized = try wine(Preparation(centering: .columns, scaling: .columns))
    #expect(try energy(standardized) == "36.20 %")
    #expect(standardized.advice.isEmpty, "it was followed")
    // 13 means and 13 deviations; the energy of standardized columns is mn.
    #expect(standardized.offsetParameters == 26)
    #expect(abs(standardized.loaded.summary.frobeniusNorm - (178.0 * 13).squareRoot()) < 1e-12)
  }

  @Test("a column that counts the rows is found whatever its name, from ten rows on")
  func counting() throws {
    func find(_ rows: Int) throws -> [TableAdvice] {
      try advice(rows, ["sample", "x", "y"]) { i, j in j == 0 ? Double(i + 7) : Double((i * (j + 3)) % 5) }
    }
    #expect(try find(10) == [.idLike(["sample"])])
    #expect(try find(9).isEmpty)
    #expect(TableAdvice.idLike(["sample"]).sentence == "“sample” numbers the rows")
    #expect(TableAdvice.idLike(["3", "id"]).sentence == "column 3, “id” number the rows")
    #expect(TableAdvice.idLike(["3", "id"]).option == "--drop 3,id")
  }

  @Test(
    "a column named an identifier must hold whole numbers that differ",
    arguments: [("id", true), ("user_id", true), ("rowId", true), ("INDEX", true), ("idle", false), ("x", false)])
  func named(name: String, isFound: Bool) throws {
    let shuffled = [31.0, 4, 15, 92, 65]
    let found = try advice(5, [name, "x"]) { i, j in j == 0 ? shuffled[i] : Double(i % 2) }
    #expect((found.first == .idLike([name])) == isFound)
    let repeated = try advice(5, [name, "x"]) { i, j in j == 0 ? shuffled[i % 4] : Double(i % 2) }
    let broken = try advice(5, [name, "x"]) { i, j in j == 0 ? shuffled[i] + 0.5 : Double(i % 2) }
    for other in [repeated, broken] { #expect(!other.contains(.idLike([name]))) }
  }

  @Test("scales that differ by a hundred are left alone; identifiers and constants do not count")
  func ratios() throws {
    func find(_ factor: Double) throws -> [TableAdvice] {
      try advice(12, ["id", "constant", "a", "b"]) { i, j in
        switch j {
        case 0: Double(1000 + i)
        case 1: 5
        case 2: i % 2 == 0 ? 1 : -1
        default: i % 2 == 0 ? factor : -factor
        }
      }
    }
    #expect(try find(100) == [.idLike(["id"])])
    #expect(try find(128) == [.idLike(["id"]), .unequalScales(ratio: 128, largest: "b", smallest: "a")])
  }

  @Test("no advice for what is no table, too small, or already prepared")
  func silent() throws {
    func wild(_ i: Int, _ j: Int) -> Double { Double((i * 7) % 5) * (j == 0 ? 1 : 1e6) }
    #expect(try advice(5, ["a", "b"], entry: wild).count == 1)
    #expect(try advice(5, ["a", "b"], isTable: false, entry: wild).isEmpty)
    #expect(try advice(4, ["a", "b"], entry: wild).isEmpty && advice(5, ["a"], entry: wild).isEmpty)
    #expect(try advice(5, ["a", "b"], Preparation(centering: .columns), entry: wild).isEmpty)
    #expect(try advice(5, ["a", "b"], Preparation(dropped: ColumnList("b")), entry: wild).isEmpty)
  }
}
