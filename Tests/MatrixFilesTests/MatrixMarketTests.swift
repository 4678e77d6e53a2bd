import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Matrix Market")
struct MatrixMarketTests {
  @Test(
    "what SciPy wrote reads as SciPy reads it",
    arguments: [
      "array-real", "array-integer", "array-symmetric", "array-skew", "coordinate-real", "coordinate-symmetric",
      "coordinate-skew", "coordinate-pattern",
    ])
  func matchesSciPy(name: String) throws {
    let loaded = try Fixture.read("\(name).mtx")
    #expect(Fixture.rows(loaded) == Fixture.rows(try Fixture.read("\(name).mtx.npy")))
    #expect(loaded.notes.isEmpty == ["array-real", "array-integer"].contains(name))
  }

  @Test("words in any case, comments, blank lines, values on one line, repeated entries")
  func leniency() throws {
    let text =
      "%%matrixmarket MATRIX Coordinate REAL General\n% a comment\n\n 2 3 4 \n1 1 2.5\n\n2 3 -1\n1 1 0.5\n2 1 4\n"
    let loaded = try Fixture.read(text: text)
    #expect(Fixture.rows(loaded) == [[3, 0, 0], [4, 0, -1]])
    #expect(loaded.notes == ["4 entries listed", "1 repeated entries summed"])
    #expect(
      Fixture.rows(try Fixture.read(text: "%%MatrixMarket matrix array real general\n2 2\n1 2 3\n4\n")) == [
        [1, 3], [2, 4],
      ])
    #expect(try Fixture.read(text: "%%MatrixMarket matrix array real general\n0 3\n").matrix.shape == Shape(0, 3))
  }

  @Test(
    "what is wrong, and where",
    arguments: [
      ("vector coordinate real general\n1 1 1\n1 1 1\n", "line 1 is no Matrix Market header"),
      ("matrix coordinate complex general\n1 1 1\n1 1 1 0\n", "complex numbers"),
      ("matrix coordinate quaternion general\n1 1 1\n1 1 1\n", "line 1 names the field"),
      ("matrix coordinate real diagonal\n1 1 1\n1 1 1\n", "line 1 names the symmetry"),
      ("matrix array pattern general\n1 1\n1\n", "contradictory"),
      ("matrix coordinate real general\n", "ends before its size line"),
      ("matrix coordinate real general\n2 2\n1 1 1\n", "line 2 is no size line"),
      ("matrix coordinate real general\n2 -2 1\n1 1 1\n", "line 2 is no size line"),
      ("matrix coordinate real symmetric\n2 3 1\n1 1 1\n", "a symmetric matrix is square"),
      ("matrix coordinate real general\n2 2 999999999\n1 1 1\n", "claims 999999999 entries"),
      ("matrix array real general\n2000000000 2000000000\n1\n", "claims 4000000000000000000 entries"),
      ("matrix coordinate real general\n2000000000 2000000000 1\n1 1 1\n", "cannot be counted in 64 bits"),
      ("matrix coordinate real general\n200000000 2000000 1\n1 1 1\n", "of memory"),
      ("matrix coordinate real general\n20000 20000 1\n1 1 1\n", "take 3.20 GB in full"),
      ("matrix coordinate real general\n2 2 1\n0 1 1\n", "line 3 names row 0"),
      ("matrix coordinate real general\n2 2 1\n1 3 1\n", "line 3 names column 3"),
      ("matrix coordinate real general\n2 2 1\n1.5 1 1\n", "line 3 names row 1.5"),
      ("matrix coordinate real general\n2 2 1\n1 1\n", "line 3 has 2 numbers"),
      ("matrix coordinate real general\n2 2 1\n1 1 x\n", "line 3: “x” is not a finite number"),
      ("matrix coordinate real general\n2 2 1\n1 1 nan\n", "line 3: “nan” is not a finite number"),
      ("matrix coordinate real general\n2 2 2\n1 1 1\n", "ends after 1 of 2 entries"),
      ("matrix coordinate real general\n2 2 1\n1 1 1\n2 2 1\n", "line 4 is one entry more"),
      ("matrix coordinate real skew-symmetric\n2 2 1\n1 1 1\n", "a diagonal entry"),
      ("matrix array real general\n1 2\n1\n2 3\n", "line 4 has more values"),
    ])
  func refusals(text: String, reason: String) {
    let refusal = Fixture.refusal(Array(("%%MatrixMarket " + text).utf8))
    #expect(refusal?.contains(reason) == true, "\(refusal ?? "it was read")")
  }
}
