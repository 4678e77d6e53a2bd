import LinearAlgebra
import MatrixFiles
import Testing

@testable import Preparation

@Suite("Preparing products of thin factors")
struct ProductPreparationTests {
  /// 3 × 2, the product of (1, 2, 3)ᵀ and (4, −1).
  private func loaded() throws -> LoadedMatrix {
    let product = try ThinProduct(
      left: DenseMatrix(Matrix<Double>(rows: [[1], [2], [3]])), right: DenseMatrix(Matrix<Double>(rows: [[4, -1]])))
    return LoadedMatrix(product: product, entry: TensorEntry(name: "x", type: .f64, axes: [3, 2]), notes: ["ΔW"])
  }

  private func isFormed(_ loaded: LoadedMatrix) -> Bool? {
    if case .product(let formed) = loaded.content { formed.isFormed } else { nil }
  }

  @Test("nothing is formed until entries are asked for, and then once")
  func lazily() throws {
    let loaded = try loaded()
    let prepared = try Preparation().prepare(loaded, isTable: false, source: "test")
    #expect(prepared.loaded.shape == Shape(3, 2) && prepared.solveInput.shape == Shape(3, 2))
    #expect(abs(prepared.loaded.summary.frobeniusNorm - 238.0.squareRoot()) < 1e-13)
    #expect(isFormed(prepared.loaded) == false)
    #expect(prepared.pictureRange == -3...12)
    #expect(isFormed(prepared.loaded) == true && isFormed(loaded) == true)
  }

  @Test("a transposed product is one")
  func transposed() throws {
    var preparation = Preparation()
    preparation.isTransposed = true
    let prepared = try preparation.prepare(try loaded(), isTable: false, source: "test")
    #expect(prepared.loaded.content.product?.shape == Shape(2, 3) && isFormed(prepared.loaded) == false)
    #expect(prepared.loaded.matrix[0, 2] == 12 && prepared.loaded.matrix[1, 0] == -1)
  }

  @Test("centring and choosing columns take its entries, and say so")
  func centred() throws {
    var preparation = Preparation()
    preparation.centering = .columns
    let prepared = try preparation.prepare(try loaded(), isTable: false, source: "test")
    #expect(prepared.loaded.content.product == nil)
    #expect(prepared.loaded.notes == ["ΔW", "product formed", "column means removed"])
    #expect(prepared.loaded.matrix[0, 0] == -4 && prepared.loaded.matrix[2, 1] == -1)
    #expect(prepared.pictureRange == -3...12)
    preparation.centering = .none
    let second = "2"
    preparation.columns = try #require(ColumnList(second))
    let chosen = try preparation.prepare(try loaded(), isTable: false, source: "test")
    #expect(chosen.loaded.shape == Shape(3, 1) && chosen.loaded.notes == ["ΔW", "product formed", "1 of 2 columns"])
  }

  @Test("many threads that ask at once get the same entries")
  func together() async throws {
    let loaded = try loaded()
    await withTaskGroup(of: Double.self) { group in
      for _ in 0..<16 { group.addTask { loaded.matrix[1, 1] } }
      for await entry in group { #expect(entry == -2) }
    }
  }
}
