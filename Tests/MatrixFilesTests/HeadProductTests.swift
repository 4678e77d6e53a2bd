import LinearAlgebra
import ModelTensors
import Testing

@testable import MatrixFiles

@Suite("Products of heads")
struct HeadProductTests {
  private static let width = 12
  private static let depth = 2

  /// Small numbers that follow no pattern.
  private static func element(_ seed: Int) -> (Int) -> Float {
    { index in Float((index &* 7919 &+ seed &* 104_729) % 23 - 11) / 8 }
  }

  /// Four query heads, two key-value heads.
  private func grouped() throws -> ModelFile {
    let prefix = "model.layers.0.self_attn"
    return ModelFile(
      try MemoryModel(
        [
          ("\(prefix).q_proj.weight", [8, Self.width], Self.element(1)),
          ("\(prefix).k_proj.weight", [4, Self.width], Self.element(2)),
          ("\(prefix).v_proj.weight", [4, Self.width], Self.element(3)),
          ("\(prefix).v_proj.bias", [4], Self.element(5)),
          ("\(prefix).o_proj.weight", [Self.width, 8], Self.element(4)),
        ],
        files: [
          "config.json": #"{"model_type":"llama","hidden_size":12,"num_attention_heads":4,"num_key_value_heads":2,"#
            + #""head_dim":2,"rope_theta":10000.0}"#
        ]))
  }

  @Test("QK and OV are the products of a query head with its group's key and value", arguments: 0..<4)
  func groupedQueries(head: Int) throws {
    let model = try grouped()
    let (parent, group, d) = ("model.layers.0.self_attn", head / 2, Self.depth)
    let (q, k) = (Self.element(1), Self.element(2))
    let (v, o) = (Self.element(3), Self.element(4))
    let compared = try model.read("\(parent)/qk.head.\(head)")
    let moved = try model.read("\(parent)/ov.head.\(head)")
    #expect(compared.content.product?.innerSide == d && moved.content.product?.innerSide == d)
    #expect(compared.shape == Shape(12, 12) && moved.shape == Shape(12, 12))
    for i in 0..<12 {
      for j in 0..<12 {
        let qk = (0..<d).reduce(0.0) { sum, row in
          sum + Double(q((head * d + row) * 12 + i)) * Double(k((group * d + row) * 12 + j))
        }
        let ov = (0..<d).reduce(0.0) { sum, row in
          sum + Double(o(i * 8 + head * d + row)) * Double(v((group * d + row) * 12 + j))
        }
        #expect(abs(compared.matrix[i, j] - qk) < 1e-5 && abs(moved.matrix[i, j] - ov) < 1e-5)
      }
    }
    #expect(
      compared.notes.contains { $0.contains("rotary") } && compared.notes[0].contains("key-value head \(group) of 2"))
    #expect(moved.notes.contains("biases left out") && !compared.notes.contains("biases left out"))
  }

  @Test("products stand with the queries and the output, and under the attention")
  func listed() throws {
    let model = try grouped()
    let parent = "model.layers.0.self_attn"
    let compared = (0..<4).map { "\(parent)/qk.head.\($0)" }
    let moved = (0..<4).map { "\(parent)/ov.head.\($0)" }
    #expect(model.products(under: parent).compactMap(\.name) == compared + moved)
    #expect(try Array(model.names(under: "\(parent).q_proj.weight").suffix(4)) == compared)
    #expect(try Array(model.names(under: "\(parent).o_proj.weight").suffix(4)) == moved)
    #expect(try model.names(under: "\(parent).k_proj.weight").count == 2)
    #expect(model.products(under: "model.layers.1.self_attn").isEmpty)
  }

  @Test("GPT-2's weights lie the other way, and in one")
  func inputsFirst() throws {
    let model = ModelFile(
      try MemoryModel(
        [("h.0.attn.c_attn.weight", [4, 12], Self.element(1)), ("h.0.attn.c_proj.weight", [4, 4], Self.element(2))],
        files: ["config.json": #"{"model_type":"gpt2","n_embd":4,"n_head":2}"#]))
    let (w, o) = (Self.element(1), Self.element(2))
    let compared = try model.read("h.0.attn/qk.head.1").matrix
    let moved = try model.read("h.0.attn/ov.head.1").matrix
    for i in 0..<4 {
      for j in 0..<4 {
        let qk = (2..<4).reduce(0.0) { $0 + Double(w(i * 12 + $1)) * Double(w(j * 12 + 4 + $1)) }
        let ov = (2..<4).reduce(0.0) { $0 + Double(o($1 * 4 + i)) * Double(w(j * 12 + 8 + $1)) }
        #expect(abs(compared[i, j] - qk) < 1e-5 && abs(moved[i, j] - ov) < 1e-5)
      }
    }
  }

  @Test("a derived matrix has no other views, and says so")
  func views() throws {
    let model = try grouped()
    let entry = try model.tensor(named: "model.layers.0.self_attn/qk.head.0")
    #expect {
      try model.read(entry, options: ReadOptions(view: .fold([1])), control: WorkControl())
    } throws: {
      "\($0)".contains("is derived from others")
    }
  }
}
