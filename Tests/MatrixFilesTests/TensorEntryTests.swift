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
    #expect(printable(String(repeating: "ä", count: 1000)).unicodeScalars.count == 201)
    #expect(printable("plain, ~ and all") == "plain, ~ and all" && printable("") == "")
    #expect(printable("\u{7f}\u{1f}\u{80}é") == "\\u{7f}\\u{1f}\\u{80}é")
    #expect(printable("abcdefgh", limit: 4) == "ab…gh" && printable("abcd", limit: 4) == "abcd")
  }

  /// Holds nothing but what it is told to.
  private struct Empty: MatrixFile {
    let source = "test"
    let format = "none"
    let tensors: [TensorEntry] = []
    let unreadable: [UnreadableTensor]

    func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
      throw .invalid(source, reason: "not read")
    }
  }

  @Test("a file without a matrix says what it holds instead")
  func empty() {
    func sentence(_ unreadable: [UnreadableTensor], _ name: String? = nil) -> String {
      do { return "\(try Empty(unreadable: unreadable).tensor(named: name))" } catch { return "\(error)" }
    }
    let texts = UnreadableTensor(name: "a", reason: "“a” holds texts")
    let scalar = UnreadableTensor(name: "b", reason: "“b” is a single number")
    #expect(sentence([]) == "test: it holds no tensors")
    #expect(sentence([texts]) == "test: “a” holds texts")
    #expect(
      sentence([texts, scalar]) == "test: none of its 2 tensors can be read as a matrix; the first: “a” holds texts")
    #expect(sentence([texts, scalar], "b") == "test: “b” is a single number")
    #expect(sentence([texts], "c") == "test has no tensor “c”, and none that can be read as a matrix")
  }
}
