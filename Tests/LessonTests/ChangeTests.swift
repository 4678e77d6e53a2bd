import LinearAlgebra
import MatrixFiles
import Testing

@testable import MatrixSources

@Suite("Changes on the way")
struct ChangeTests {
  private func read(_ name: String) throws -> LoadedMatrix {
    let file = try SourceOpener.open(name)
    return try file.read(try file.tensor(named: nil), control: WorkControl())
  }

  private func entries(_ name: String) throws -> [Double] {
    let matrix = try read(name).matrix
    return (0..<matrix.shape.columns).flatMap { j in (0..<matrix.shape.rows).map { i in matrix[i, j] } }
  }

  private static let hilbert = "gallery:hilbert,rows=5,columns=4"

  @Test("shuffled rows are the same rows in another order, entries the same entries")
  func shuffles() throws {
    let plain = try read(Self.hilbert).matrix
    let shuffled = try read(Self.hilbert + " | shuffle rows").matrix
    func rows(_ matrix: DenseMatrix) -> Set<[Double]> {
      Set((0..<5).map { i in (0..<4).map { j in matrix[i, j] } })
    }
    #expect(rows(plain) == rows(shuffled))
    #expect(try entries(Self.hilbert) != entries(Self.hilbert + " | shuffle rows"))
    #expect(try entries(Self.hilbert + " | shuffle entries").sorted() == entries(Self.hilbert).sorted())
    #expect(try entries(Self.hilbert + " | shuffle rows seed=4") == entries(Self.hilbert + " | shuffle rows seed=4"))
    #expect(try entries("sample:iris | shuffle columns").sorted() == entries("sample:iris").sorted())
  }

  @Test("shifts go around the edges, crops count from 1, transposes exchange")
  func places() throws {
    let plain = try read(Self.hilbert).matrix
    let shifted = try read(Self.hilbert + " | shift rows=1 columns=-1").matrix
    #expect(shifted[0, 3] == plain[4, 0] && shifted[2, 1] == plain[1, 2])
    let part = try read(Self.hilbert + " | crop rows=2-3 columns=4-4")
    #expect(part.shape == Shape(2, 1) && part.matrix[0, 0] == plain[1, 3])
    let turned = try read(Self.hilbert + " | transpose").matrix
    #expect(turned.shape == Shape(4, 5) && turned[3, 1] == plain[1, 3])
  }

  @Test("arithmetic on entries")
  func numbers() throws {
    let plain = try entries(Self.hilbert)
    #expect(try entries(Self.hilbert + " | add 2") == plain.map { $0 + 2 })
    #expect(try entries(Self.hilbert + " | multiply 3 column=1").prefix(5) == (plain.prefix(5).map { $0 * 3 })[...])
    #expect(try entries(Self.hilbert + " | multiply 3 column=1").suffix(15) == plain.suffix(15))
    #expect(try entries(Self.hilbert + " | multiply 10 | round").allSatisfy { $0 == $0.rounded() })
    #expect(try entries(Self.hilbert + " | blank 25%").count { $0 == 0 } == 5)
    #expect(try entries(Self.hilbert + " | outlier 100").max() == 100)
    let bent = try entries(Self.hilbert + " | log")
    #expect(zip(bent, plain).allSatisfy { abs($0 - _log($1)) < 1e-15 })
    let diagonal = try read(Self.hilbert + " | diagonal 7").matrix
    #expect(diagonal[0, 0] == 8 && diagonal[1, 0] == 0.5)
    let noisy = try entries("gallery:planted,rank=0,noise=0 | noise 2")
    let variance = noisy.reduce(0) { $0 + $1 * $1 } / Double(noisy.count)
    #expect(abs(variance - 4) < 0.15)
  }

  @Test("rows keep their names through a shuffle")
  func labels() throws {
    let plain = try read("sample:iris").labels
    let shuffled = try read("sample:iris | shuffle rows").labels
    #expect(plain.rows.count == shuffled.rows.count && plain.rows.sorted() == shuffled.rows.sorted())
    #expect(shuffled.columns == plain.columns)
  }

  @Test(
    "what is no change is refused with what may stand there",
    arguments: [
      "shuffle", "shuffle cells", "shift 3", "noise", "noise loud", "noise -1", "outlier", "blank 120%", "add", "stir",
      "crop rows=3-1", "log 2", "transpose twice", "multiply 2 column=x", "noise 1 seed=-3",
    ])
  func refusals(text: String) {
    #expect(throws: ChangeError.self) { try MatrixChange(parsing: text) }
    #expect(throws: FileError.self) { try SourceOpener.open(Self.hilbert + " | " + text) }
  }

  @Test("what does not fit this matrix is refused when it is read")
  func misfits() {
    for text in ["crop rows=2-9", "multiply 2 column=9", "add -3 | log"] {
      #expect(throws: FileError.self) { try read(Self.hilbert + " | " + text) }
    }
  }

  @Test("every sample opens, and a name that there is not lists them")
  func samples() throws {
    #expect(SampleCatalog.names == ["camera", "digits", "iris", "wine", "minilm-query"])
    for name in SampleCatalog.names { #expect(try read("sample:" + name).shape.count > 500) }
    #expect(try read("sample:camera").isPicture)
    #expect(
      throws: FileError.unknownMatrix("there is no sample “x”; there are camera, digits, iris, wine, minilm-query")
    ) { try SourceOpener.open("sample:x") }
  }
}

/// log(1 + x) by its series, for entries up to 1.
private func _log(_ x: Double) -> Double {
  // 2·artanh(x/(2 + x)).
  let t = x / (2 + x)
  return 2 * (0..<60).reduce(0) { sum, k in sum + power(t, 2 * k + 1) / Double(2 * k + 1) }
}

private func power(_ base: Double, _ exponent: Int) -> Double { (0..<exponent).reduce(1) { value, _ in value * base } }
