import Checkpoints
import LinearAlgebra
import MatrixFiles
import Testing

@Suite("Which tensors are scanned")
struct TensorSelectionTests {
  @Test(
    "patterns",
    arguments: [
      ("query", "layer.3.query.weight", true), ("Query", "layer.3.query.weight", false),
      ("*query*", "layer.3.query.weight", true), ("layer.?.q*", "layer.3.query.weight", true),
      ("layer.?.q*", "layer.13.query.weight", false), ("*.[12].*", "layer.2.query", true),
      ("*.[!12].*", "layer.2.query", false), ("*.[0-3].*", "layer.2.query", true),
      ("*weight", "a.weight.b", false), ("*weight", "a.weight.weight", true), ("[", "a[0]", true), ("*[", "a[", true),
      ("*", "", true), ("?", "", false), ("", "anything", true),
      ("*a*a*a*b", String(repeating: "a", count: 500), false),
    ])
  func pattern(text: String, name: String, matches: Bool) {
    #expect(TensorPattern(text).matches(name) == matches)
  }

  @Test("the parts of a list are all of it, each once, whatever their number", arguments: 1...7)
  func shards(count: Int) throws {
    let parts = try (1...count).map { try #require(TensorSelection.Shard("\($0)/\(count)")) }
    for index in 0..<40 { #expect(parts.count { $0.contains(index) } == 1) }
  }

  @Test("what is no part of a whole", arguments: ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1.5/2"])
  func wrong(text: String) { #expect(TensorSelection.Shard(text) == nil) }

  @Test("vectors, single rows and single columns are skipped and counted")
  func vectors() {
    struct Listing: MatrixFile {
      let source = "l"
      let format = "l"
      let tensors = [
        TensorEntry(name: "w", type: .f32, axes: [3, 2]), TensorEntry(name: "b", type: .f32, axes: [3]),
        TensorEntry(name: "conv", type: .f32, axes: [3, 2, 5, 5]), TensorEntry(name: "s", type: .f32, axes: []),
        TensorEntry(name: "row", type: .i64, axes: [1, 512]), TensorEntry(name: "column", type: .f32, axes: [9, 1, 1]),
        TensorEntry(name: "empty", type: .f32, axes: [0, 4]),
      ]
      func read(_: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
        throw .cancelled
      }
    }
    let all = TensorSelection().matrices(of: Listing())
    #expect(all.matrices.map(\.name) == ["w", "conv"] && all.skipped == 5)
    let some = TensorSelection(patterns: [TensorPattern("conv"), TensorPattern("b")]).matrices(of: Listing())
    #expect(some.matrices.map(\.name) == ["conv"] && some.skipped == 1)
  }
}
