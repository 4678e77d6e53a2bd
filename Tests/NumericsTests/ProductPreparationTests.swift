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

  @Test("a product stays one, whose range is looked for block by block")
  func range() throws {
    let loaded = try loaded()
    let prepared = try Preparation().prepare(loaded, isTable: false, source: "test")
    #expect(prepared.loaded.shape == Shape(3, 2) && prepared.solveInput.shape == Shape(3, 2))
    #expect(abs(prepared.loaded.summary.frobeniusNorm - 238.0.squareRoot()) < 1e-13)
    #expect(prepared.loaded.content.product != nil)
    #expect(try prepared.pictureRange(control: WorkControl()) == -3...12)
    let cancelled = WorkControl()
    cancelled.token.cancel()
    #expect(throws: Cancelled.self) { try prepared.pictureRange(control: cancelled) }
  }

  @Test("a transposed product is one")
  func transposed() throws {
    var preparation = Preparation()
    preparation.isTransposed = true
    let prepared = try preparation.prepare(try loaded(), isTable: false, source: "test")
    #expect(prepared.loaded.content.product?.shape == Shape(2, 3))
    #expect(prepared.loaded.matrix[0, 2] == 12 && prepared.loaded.matrix[1, 0] == -1)
  }

  @Test("centring takes its entries, and says so; choosing columns takes those of the right factor")
  func centred() throws {
    var preparation = Preparation()
    preparation.centering = .columns
    let prepared = try preparation.prepare(try loaded(), isTable: false, source: "test")
    #expect(prepared.loaded.content.product == nil)
    #expect(prepared.loaded.notes == ["ΔW", "product formed", "column means removed"])
    #expect(prepared.loaded.matrix[0, 0] == -4 && prepared.loaded.matrix[2, 1] == -1)
    #expect(try prepared.pictureRange(control: WorkControl()) == -3...12)
    preparation.centering = .none
    let second = "2"
    preparation.columns = ColumnList(second)
    let chosen = try preparation.prepare(try loaded(), isTable: false, source: "test")
    #expect(chosen.loaded.shape == Shape(3, 1) && chosen.loaded.notes == ["ΔW", "1 of 2 columns"])
    #expect(chosen.loaded.content.product?.innerSide == 1 && chosen.loaded.matrix[2, 0] == -3)
    #expect(abs(chosen.loaded.summary.frobeniusNorm - 14.0.squareRoot()) < 1e-14)
  }
}
