import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Netpbm pictures")
struct NetpbmTests {
  @Test(
    "what Pillow wrote, raw and plain",
    arguments: [
      ("grey.pgm", "grey.pgm"), ("grey-plain.pgm", "grey.pgm"), ("grey16.pgm", "grey16.pgm"),
      ("colour.ppm", "colour.ppm"), ("colour-plain.ppm", "colour.ppm"),
    ])
  func matchesPillow(name: String, matrix: String) throws {
    let loaded = try Fixture.read(name)
    #expect(loaded.isPicture && loaded.matrix.shape == Shape(5, 7))
    for (row, expected) in zip(Fixture.rows(loaded), Fixture.rows(try Fixture.read("\(matrix).npy"))) {
      for (a, b) in zip(row, expected) { #expect(abs(a - b) < 1e-12) }
    }
  }

  @Test("types and notes follow the maximum")
  func maximum() throws {
    #expect(try Fixture.read("grey16.pgm").entry.type == .u16)
    let small = try Fixture.read(text: "P2 2 1 15\n0 15")
    #expect(small.entry.type == .u8 && small.notes == ["grey intensities as stored", "0 … 15"])
    #expect(Fixture.rows(small) == [[0, 15]])
  }

  @Test(
    "damage is named",
    arguments: [
      ("P5\n", "header is damaged"), ("P5 0 3 255\n", "header is damaged"), ("P5 2 2 70000\n", "header is damaged"),
      ("P5 99999 99999 255\n", "64 million"), ("P5 2 2 255\nabc", "too few bytes"),
      ("P2 2 2 255\n1 2 3 x", "no digit"), ("P2 2 2 255\n1 2 3 256", "beyond the maximum"),
      ("P2 2 2 255\n1 2 3\n\n\n", "ends"),
    ])
  func refusals(text: String, reason: String) {
    let refusal = Fixture.refusal(Array(text.utf8))
    #expect(refusal?.contains(reason) == true, "\(refusal ?? "it was read")")
  }
}
