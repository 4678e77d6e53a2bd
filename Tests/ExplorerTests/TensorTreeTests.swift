import Explorer
import MatrixFiles
import Testing

@Suite("The tree of tensors")
struct TensorTreeTests {
  /// The rows of the tree over `tensors`, two blanks a level: "▾" open, "▸" closed.
  private func rows(_ tensors: [(name: String, axes: [Int])], opening: Bool = false) -> [String] {
    let items = tensors.map { BrowserItem(TensorEntry(name: $0.name, type: .f32, axes: $0.axes)) }
    let tree = TensorTree(items)
    let closed = opening ? [] : tree.closedAtFirst
    return tree.visible(closed: closed).map { index in
      let node = tree.nodes[index]
      let mark = node.children.isEmpty ? "" : closed.contains(index) ? "▸ " : "▾ "
      return String(repeating: "  ", count: node.depth) + mark + node.label
    }
  }

  @Test("chains of one child are one row; a weight stands for its group, vectors below it")
  func compaction() {
    let model = [
      ("encoder.layer.0.query.weight", [4, 4]), ("encoder.layer.0.query.bias", [4]),
      ("encoder.layer.0.norm.weight", [4]), ("encoder.layer.0.norm.bias", [4]),
      ("encoder.layer.1.query.weight", [4, 4]),
    ].map { (name: $0.0, axes: $0.1) }
    #expect(
      rows(model) == [
        "▾ encoder.layer", "  ▾ 0", "    ▸ query.weight", "    ▸ norm", "  1.query.weight",
      ])
    #expect(
      rows(model, opening: true) == [
        "▾ encoder.layer", "  ▾ 0", "    ▾ query.weight", "      bias", "    ▾ norm", "      weight", "      bias",
        "  1.query.weight",
      ])
  }

  @Test("layers stand in the order of their numbers, other names in the file's")
  func order() {
    let names = ["h.10.w", "h.2.w", "h.1.w", "z.w", "a.w"]
    #expect(rows(names.map { ($0, [4, 4]) }) == ["▾ h", "  1.w", "  2.w", "  10.w", "z.w", "a.w"])
  }

  @Test("a name that is another's beginning, or stands twice, has a row of its own")
  func nested() {
    let names = ["a", "a.b", "a.b", "(x)"]
    #expect(
      rows(names.map { ($0, [4, 4]) }, opening: true) == ["▾ a", "  ▾ b", "    b", "(x)"])
  }

  @Test("a name of a hundred thousand segments is no deep tree")
  func depth() {
    let name = Array(repeating: "a", count: 100_000).joined(separator: ".")
    let tree = TensorTree([name, "a.b"].map { BrowserItem(TensorEntry(name: $0, type: .f32, axes: [4, 4])) })
    #expect(tree.nodes.allSatisfy { $0.depth <= 32 } && tree.visible(closed: []).count == 3)
  }

  @Test("the map's columns stand under what they belong to, and no two are headed alike")
  func headings() throws {
    let items = (0..<2).flatMap { layer in
      ModelFile.roles.map {
        BrowserItem(TensorEntry(name: "encoder.layer.\(layer).\($0).weight", type: .f32, axes: [4, 4]))
      }
    }
    let headings = try #require(LayerMap(items)).roles.map(\.heading)
    #expect(
      headings.map { "\($0.parent): \($0.own), \($0.title)" } == [
        "attention.self: query, query", "attention.self: key, key", "attention.self: value, value",
        "attention: output, attention.output", ": intermediate, intermediate", ": output, output",
      ])
  }
}

@Suite("Finding a tensor by a few letters")
struct FuzzyPatternTests {
  private static let names = (0..<14).flatMap { layer in
    [
      "attention.self.query.weight", "attention.self.key.weight", "attention.output.dense.weight",
      "output.dense.weight",
    ]
    .map { "encoder.layer.\(layer).\($0)" }
  }

  private func best(_ text: String) -> String? {
    let pattern = FuzzyPattern(text)
    return Self.names.compactMap { name in pattern.score(FuzzyPattern.folded(name)).map { (name, $0) } }
      .max { $0.1 < $1.1 }?.0
  }

  @Test(
    "the best match has whole words and numbers",
    arguments: [
      ("l3query", "encoder.layer.3.attention.self.query.weight"),
      ("layer.3…query", "encoder.layer.3.attention.self.query.weight"),
      ("13 key", "encoder.layer.13.attention.self.key.weight"), ("L1KEY", "encoder.layer.1.attention.self.key.weight"),
      ("2 out", "encoder.layer.2.output.dense.weight"),
      ("2attout", "encoder.layer.2.attention.output.dense.weight"),
    ])
  func ranking(text: String, name: String) { #expect(best(text) == name) }

  @Test("letters out of order, or that are not there, do not match")
  func refusal() {
    #expect(best("queryl3") == nil && best("l99query") == nil && best("xyz") == nil)
  }

  @Test("nothing but dots asks for nothing")
  func empty() { #expect(FuzzyPattern("… .").isEmpty && FuzzyPattern("").places(in: [97]).isEmpty) }

  @Test("the places found spell the pattern", arguments: ["l3query", "l13key", "aow", "e"])
  func places(text: String) {
    let pattern = FuzzyPattern(text)
    for name in Self.names.map(FuzzyPattern.folded) where pattern.score(name) != nil {
      let places = pattern.places(in: name)
      #expect(places == places.sorted() && places.map { name[$0] } == Array(text.utf8))
    }
  }
}
