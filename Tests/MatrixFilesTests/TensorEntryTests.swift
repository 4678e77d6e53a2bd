import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Tensor entries and messages")
struct TensorEntryTests {
  @Test("axes fold to a matrix")
  func folds() {
    #expect(TensorEntry(name: nil, type: .f32, axes: [200, 25, 25]).matrixShape == Shape(200, 625))
    #expect(TensorEntry(name: nil, type: .f32, axes: [7]).matrixShape == Shape(7, 1))
    #expect(TensorEntry(name: nil, type: .f32, axes: []).matrixShape == nil)
  }

  @Test("text from a file cannot reach the terminal as control characters")
  func escapes() {
    #expect(printable("a\u{1b}[2Jb\u{202e}") == "a\\u{1b}[2Jb\\u{202e}")
    #expect(printable(String(repeating: "x", count: 1000)).unicodeScalars.count == 201)
  }
}
