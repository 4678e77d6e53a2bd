import Testing

@testable import MatrixFiles

@Suite("Names that were mistyped")
struct NameLikenessTests {
  private let names = (0..<40).flatMap { ["layers.\($0).query.weight", "layers.\($0).key.weight"] }

  @Test("the nearest names come first")
  func nearest() {
    let found = NameLikeness.nearest(to: "layers.7.qery.weight", among: names, count: 3)
    #expect(found.first == "layers.7.query.weight")
    #expect(NameLikeness.nearest(to: "zzz", among: names, count: 3).isEmpty)
    #expect(NameLikeness.nearest(to: "ab", among: names, count: 3).isEmpty)
  }

  @Test("an error about one of many names tells the nearest, or the first where none is near")
  func sentence() {
    let near = FileError.chooseTensor("m", names: names, asked: "layers.7.query.weigh").description
    #expect(
      near.hasPrefix("m has no tensor “layers.7.query.weigh”; the nearest of its 80 names: layers.7.query.weight, "))
    #expect(FileError.chooseTensor("m", names: names, asked: "zzz").description.contains("name one of: layers.0.query"))
  }
}
