import LinearAlgebra
import ModelTensors
import Testing

@testable import MatrixFiles

@Suite("Fused weights and heads")
struct FusedWeightTests {
  /// An architecture's order of the rows of its fused weight, written down from its own code.
  struct Layout: CustomTestStringConvertible, Sendable {
    let name: String
    let tensor: String
    let config: String
    let heads: Int, keyValueHeads: Int
    /// Part (0 q, 1 k, 2 v), head and index within it of a row; d is 4.
    let place: @Sendable (Int) -> (part: Int, head: Int, index: Int)
    var storesInputsFirst = false
    var testDescription: String { name }
  }

  private static let depth = 4
  private static let width = 7

  private static func concatenated(_ row: Int, _ heads: Int, _ shared: Int) -> (part: Int, head: Int, index: Int) {
    let head = row / depth
    if head < heads { return (0, head, row % depth) }
    return head < heads + shared ? (1, head - heads, row % depth) : (2, head - heads - shared, row % depth)
  }

  private static func interleaved(_ row: Int) -> (part: Int, head: Int, index: Int) {
    (row / depth % 3, row / (3 * depth), row % depth)
  }

  /// Two queries for each key and value: (2, 2 + 2, d).
  private static func grouped(_ row: Int) -> (part: Int, head: Int, index: Int) {
    let (group, place) = (row / (4 * depth), row / depth % 4)
    return place < 2 ? (0, 2 * group + place, row % depth) : (place - 1, group, row % depth)
  }

  static let layouts: [Layout] = [
    Layout(
      name: "GPT-2, in × out", tensor: "h.0.attn.c_attn.weight",
      config: #"{"model_type":"gpt2","n_embd":16,"n_head":4}"#, heads: 4, keyValueHeads: 4,
      place: { concatenated($0, 4, 4) }, storesInputsFirst: true),
    Layout(
      name: "GPT-NeoX", tensor: "gpt_neox.layers.0.attention.query_key_value.weight",
      config: #"{"model_type":"gpt_neox","hidden_size":16,"num_attention_heads":4}"#, heads: 4, keyValueHeads: 4,
      place: interleaved),
    Layout(
      name: "BLOOM", tensor: "h.0.self_attention.query_key_value.weight",
      config: #"{"model_type":"bloom","n_embed":1,"hidden_size":16,"n_head":4}"#, heads: 4, keyValueHeads: 4,
      place: interleaved),
    Layout(
      name: "Falcon of one key", tensor: "transformer.h.0.self_attention.query_key_value.weight",
      config: #"{"model_type":"falcon","hidden_size":16,"num_attention_heads":4,"multi_query":true}"#, heads: 4,
      keyValueHeads: 1, place: { concatenated($0, 4, 1) }),
    Layout(
      name: "Falcon of groups", tensor: "transformer.h.0.self_attention.query_key_value.weight",
      config: #"{"model_type":"falcon","hidden_size":16,"num_attention_heads":4,"num_kv_heads":2,"#
        + #""multi_query":true,"new_decoder_architecture":true}"#, heads: 4, keyValueHeads: 2, place: grouped),
    Layout(
      name: "InternLM2", tensor: "model.layers.0.attention.wqkv.weight",
      config: #"{"model_type":"internlm2","hidden_size":16,"num_attention_heads":4,"num_key_value_heads":2}"#, heads: 4,
      keyValueHeads: 2, place: grouped),
    Layout(
      name: "Phi-3", tensor: "model.layers.0.self_attn.qkv_proj.weight",
      config: #"{"model_type":"phi3","hidden_size":16,"num_attention_heads":4,"num_key_value_heads":2}"#, heads: 4,
      keyValueHeads: 2, place: { concatenated($0, 4, 2) }),
    Layout(
      name: "Qwen", tensor: "transformer.h.0.attn.c_attn.weight",
      config: #"{"model_type":"qwen","hidden_size":16,"num_attention_heads":4,"kv_channels":4}"#, heads: 4,
      keyValueHeads: 4, place: { concatenated($0, 4, 4) }),
    Layout(
      name: "ChatGLM of groups", tensor: "encoder.layers.0.self_attention.query_key_value.weight",
      config: #"{"model_type":"chatglm","hidden_size":16,"num_attention_heads":4,"kv_channels":4,"#
        + #""multi_query_attention":true,"multi_query_group_num":2}"#, heads: 4, keyValueHeads: 2,
      place: { concatenated($0, 4, 2) }),
    Layout(
      name: "MPT", tensor: "transformer.blocks.0.attn.Wqkv.weight",
      config: #"{"model_type":"mpt","d_model":16,"n_heads":4}"#, heads: 4, keyValueHeads: 4,
      place: { concatenated($0, 4, 4) }),
    Layout(
      name: "DBRX", tensor: "transformer.blocks.0.norm_attn_norm.attn.Wqkv.weight",
      config: #"{"model_type":"dbrx","d_model":16,"n_heads":4,"attn_config":{"kv_n_heads":2}}"#, heads: 4,
      keyValueHeads: 2, place: { concatenated($0, 4, 2) }),
    Layout(
      name: "CodeGen", tensor: "transformer.h.0.attn.qkv_proj.weight",
      config: #"{"model_type":"codegen","n_embd":16,"n_head":4}"#, heads: 4, keyValueHeads: 4,
      place: { row in
        // Four blocks of one head each: q, v, k.
        let (block, place) = (row / (3 * depth), row / depth % 3)
        return ([0, 2, 1][place], block, row % depth)
      }),
  ]

  /// A number that says part, head, index and column.
  private static func code(_ part: Int, _ head: Int, _ index: Int, _ column: Int) -> Double {
    Double(((part * 8 + head) * 8 + index) * 16 + column)
  }

  private static func model(_ layout: Layout) throws -> ModelFile {
    let rows = (layout.heads + 2 * layout.keyValueHeads) * depth
    let axes = layout.storesInputsFirst ? [width, rows] : [rows, width]
    let base = try MemoryModel(
      [
        (
          layout.tensor, axes,
          { index in
            let (i, j) = (index / axes[1], index % axes[1])
            let (row, column) = layout.storesInputsFirst ? (j, i) : (i, j)
            let place = layout.place(row)
            return Float(code(place.part, place.head, place.index, column))
          }
        ), ("other.weight", [2, 2], { Float($0) }),
      ], files: ["config.json": layout.config])
    return ModelFile(base)
  }

  @Test("q, k and v, and each of their heads, hold exactly what the architecture put there", arguments: layouts)
  func parts(layout: Layout) throws {
    let model = try Self.model(layout)
    let names = try model.names(under: layout.tensor)
    #expect(Array(names.prefix(3)) == ["q", "k", "v"].map { "\(layout.tensor)/\($0)" })
    for (part, letter) in ["q", "k", "v"].enumerated() {
      let heads = part == 0 ? layout.heads : layout.keyValueHeads
      let whole = try model.read("\(layout.tensor)/\(letter)")
      let shape = Shape(heads * Self.depth, Self.width)
      #expect(whole.shape == (layout.storesInputsFirst ? shape.transposed : shape))
      #expect(whole.entry.axes == [whole.shape.rows, whole.shape.columns])
      #expect(try model.names(under: "\(layout.tensor)/\(letter)").count == (heads > 1 ? heads : 0))
      for head in 0..<heads {
        let single = heads > 1 ? try model.read("\(layout.tensor)/\(letter)/head.\(head)") : whole
        for index in 0..<Self.depth {
          for column in 0..<Self.width {
            let expected = Self.code(part, head, index, column)
            func entry(_ matrix: DenseMatrix, _ row: Int) -> Double {
              layout.storesInputsFirst ? matrix[column, row] : matrix[row, column]
            }
            #expect(entry(whole.matrix, head * Self.depth + index) == expected)
            #expect(entry(single.matrix, index) == expected)
          }
        }
      }
    }
    #expect(try model.remark(on: model.tensor(named: layout.tensor)) == nil)
  }

  @Test("what is not known stays whole, and says so")
  func unknown() throws {
    func remark(_ config: String?, _ name: String, _ axes: [Int]) throws -> String? {
      let base = try MemoryModel(
        [(name, axes, { Float($0) }), ("other.weight", [2, 2], { Float($0) })],
        files: config.map { ["config.json": $0] } ?? [:])
      let model = ModelFile(base)
      let notes = try model.read(name).notes
      let entry = try model.tensor(named: name)
      #expect(model.derived(of: entry).isEmpty)
      let remark = model.remark(on: entry)
      #expect(remark.map(notes.contains) ?? true)
      return remark
    }
    let name = "layers.0.attn.qkv_proj.weight"
    #expect(
      try remark(nil, name, [12, 4]) == "q, k and v in one weight, shown whole: no config.json says how they lie")
    #expect(
      try remark(#"{"model_type":"new\u001b"}"#, name, [12, 4])
        == "q, k and v in one weight, shown whole: how “new\\u{1b}” lays them is not known")
    #expect(
      try remark(#"{"model_type":"phi3","hidden_size":16,"num_attention_heads":4}"#, name, [40, 16])
        == "q, k and v in one weight, shown whole: its sizes are not those of the heads that “phi3” states")
    #expect(
      try remark(#"{"model_type":"strange"}"#, "mlp.gate_up_proj.weight", [3, 4])
        == "gate and up in one weight, shown whole: how they lie is not known")
    #expect(try remark("{ no JSON", "layers.0.mlp.up_proj.weight", [4, 4]) == nil)
  }

  @Test("PyTorch's attention has its own order, whatever the model; without heads there are thirds")
  func thirds() throws {
    let base = try MemoryModel([
      ("attn.in_proj_weight", [6, 3], { Float($0) }), ("attn.out_proj.weight", [2, 2], { Float($0) }),
    ])
    let model = ModelFile(base)
    #expect(try model.names(under: "attn.in_proj_weight").map { $0.suffix(2) } == ["/q", "/k", "/v"])
    #expect(Fixture.rows(try model.read("attn.in_proj_weight/v")) == [[12, 13, 14], [15, 16, 17]])
    #expect(try model.names(under: "attn.in_proj_weight/v").isEmpty && model.products(under: "attn").isEmpty)
  }

  @Test("GGUF's converters leave q, k and v one after the other")
  func gguf() throws {
    let base = try MemoryModel(
      [("blk.0.attn_qkv.weight", [32, 4], { Float($0) }), ("blk.0.attn_output.weight", [4, 16], { Float($0) })],
      metadata: [
        "general.architecture": "falcon", "falcon.attention.head_count": "4", "falcon.attention.head_count_kv": "2",
        "falcon.embedding_length": "16",
      ])
    let model = ModelFile(base)
    #expect(model.description.headDimension == 4 && model.description.isGGUF)
    #expect(try model.read("blk.0.attn_qkv.weight/k").matrix[0, 0] == 64)
    #expect(try model.read("blk.0.attn_qkv.weight/v/head.1").matrix[3, 3] == 127)
    #expect(try model.names(under: "blk.0.attn_output.weight").count == 8)
  }

  @Test("heads are rows of projections and columns of outputs")
  func heads() throws {
    let prefix = "encoder.layer.3.attention"
    let base = try MemoryModel(
      [
        ("\(prefix).self.query.weight", [6, 6], { Float($0) }),
        ("\(prefix).output.dense.weight", [6, 6], { Float($0) }),
        ("encoder.layer.3.output.dense.weight", [6, 6], { Float($0) }),
      ], files: ["config.json": #"{"model_type":"bert","hidden_size":6,"num_attention_heads":3}"#])
    let model = ModelFile(base)
    #expect(try model.names(under: "encoder.layer.3.output.dense.weight").isEmpty)
    let query = try model.read("\(prefix).self.query.weight/head.2")
    #expect(Fixture.rows(query) == [[24, 25, 26, 27, 28, 29], [30, 31, 32, 33, 34, 35]])
    let output = try model.read("\(prefix).output.dense.weight/head.1")
    let all = Fixture.rows(try model.read("\(prefix).output.dense.weight"))
    #expect(Fixture.rows(output) == all.map { Array($0[2..<4]) })
    let heads = (0..<3).map { "\(prefix).self.query.weight/head.\($0)" }
    let asked = "\(prefix).self.query.weight/head.3"
    #expect(throws: FileError.chooseTensor(model.source, names: heads, asked: asked)) { try model.tensor(named: asked) }
    #expect(throws: FileError.self) { try model.tensor(named: "\(prefix).self.query.weight/head.-1") }
    #expect(throws: FileError.self) { try model.tensor(named: "/") }
  }

  @Test("gate and up: halves, or every other column of an expert; experts are slices")
  func gates() throws {
    let dense = ModelFile(
      try MemoryModel(
        [("mlp.gate_up_proj.weight", [6, 2], { Float($0) }), ("x.weight", [1, 1], { Float($0) })],
        files: ["config.json": #"{"model_type":"phi3"}"#]))
    #expect(Fixture.rows(try dense.read("mlp.gate_up_proj.weight/up")) == [[6, 7], [8, 9], [10, 11]])
    let experts = ModelFile(
      try MemoryModel(
        [("mlp.experts.gate_up_proj", [2, 3, 4], { Float($0) }), ("x.weight", [1, 1], { Float($0) })],
        files: ["config.json": #"{"model_type":"gpt_oss","hidden_size":3}"#]))
    #expect(
      try experts.names(under: "mlp.experts.gate_up_proj").map { String($0.dropFirst(25)) } == [
        "expert.0", "expert.1", "gate", "up",
      ])
    #expect(
      Fixture.rows(try experts.read("mlp.experts.gate_up_proj/expert.1")) == [
        [12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23],
      ])
    #expect(
      Fixture.rows(try experts.read("mlp.experts.gate_up_proj/expert.1/up")) == [[13, 15], [17, 19], [21, 23]])
    #expect(Fixture.rows(try experts.read("mlp.experts.gate_up_proj/expert.0/gate")) == [[0, 2], [4, 6], [8, 10]])
  }
}
