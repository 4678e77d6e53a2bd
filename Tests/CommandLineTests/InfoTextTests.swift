import LinearAlgebra
import MatrixFiles
import Testing

@testable import Reports

@Suite("What info says")
struct InfoTextTests {
  /// A file that is only described.
  private struct Described: MatrixFile {
    let source = "model"
    let format = "made"
    var tensors: [TensorEntry] = []
    var unreadable: [UnreadableTensor] = []
    var notes: [String] = []

    func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
      throw .invalid(source, reason: "not read")
    }
  }

  private func text(_ file: Described, isUnicode: Bool = true) -> String {
    InfoText(file, style: TextStyle(isUnicode: isUnicode, width: 80)).text
  }

  @Test("axes line up; other names and notes are told")
  func table() {
    let file = Described(
      tensors: [
        TensorEntry(name: "encoder", type: .f32, axes: [5, 1000], aliases: ["decoder", "tied"]),
        TensorEntry(name: "conv", type: .f16, axes: [64, 3, 7]), TensorEntry(name: "bias", type: .f32, axes: [200]),
      ], notes: ["2 parts"])
    #expect(
      text(file) == """
        model: made, 3 tensors
          2 parts

          name     dtype  shape           parameters     bytes
          encoder  f32      5 × 1000           5,000  19.5 KiB
          conv     f16     64 ×    3 × 7       1,344  2.62 KiB
          bias     f32    200                    200     800 B

        other names:
          “encoder” is also called “decoder”, “tied”

        """)
    #expect(text(file, isUnicode: false).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("a file of which nothing can be read is listed")
  func nothing() {
    let file = Described(unreadable: [UnreadableTensor(name: "a", reason: "“a” holds texts")])
    #expect(text(file) == "model: made, 0 tensors\n\nnot read:\n  “a” holds texts\n")
  }

  @Test("reasons that differ in names alone are one line, and no more than twenty are shown")
  func reasons() {
    func refused(_ name: String, _ reason: String) -> UnreadableTensor {
      UnreadableTensor(name: name, reason: "“\(name)” \(reason)")
    }
    let scales = (1...1500).map { refused("s\($0)", "belongs to “w\($0)”") }
    let others = (1...22).map { refused("x\($0)", "is odd in way \($0)") }
    let lines = text(Described(unreadable: scales + others)).split(separator: "\n")
    #expect(lines.count == 2 + 20 + 1)
    #expect(lines[2] == "  “s1” belongs to “w1” (and 1,499 more, to “s1500”)")
    #expect(lines[21] == "  “x19” is odd in way 19" && lines[22] == "  … and 3 more: --json lists all")
  }
}
