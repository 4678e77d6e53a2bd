import LinearAlgebra
import ModelTensors
import Testing

@testable import MatrixFiles

@Suite("Adapters")
struct AdapterTests {
  private static func element(_ seed: Int) -> (Int) -> Float {
    { index in Float((index &* 7919 &+ seed &* 104_729) % 23 - 11) / 8 }
  }

  /// B·A of B out × r and A r × in, times `scale`.
  private func expect(
    _ matrix: DenseMatrix, _ out: Int, _ rank: Int, _ width: Int, scale: Double, isTransposed: Bool = false
  ) {
    let (a, b) = (Self.element(1), Self.element(2))
    #expect(matrix.shape == (isTransposed ? Shape(width, out) : Shape(out, width)))
    for i in 0..<out {
      for j in 0..<width {
        let value = scale * (0..<rank).reduce(0.0) { $0 + Double(b(i * rank + $1)) * Double(a($1 * width + j)) }
        #expect(abs((isTransposed ? matrix[j, i] : matrix[i, j]) - value) < 1e-5)
      }
    }
  }

  private func peft(_ config: String?, _ extra: [(String, [Int], (Int) -> Float)] = []) throws -> ModelFile {
    let module = "base_model.model.model.layers.0.self_attn.q_proj"
    return ModelFile(
      try MemoryModel(
        [
          ("\(module).lora_A.weight", [4, 6], Self.element(1)), ("\(module).lora_B.weight", [5, 4], Self.element(2)),
          ("base_model.model.classifier.weight", [2, 3], Self.element(3)),
        ] + extra.map { (name: $0.0, axes: $0.1, element: $0.2) },
        files: config.map { ["adapter_config.json": $0] } ?? [:]))
  }

  @Test(
    "a PEFT adapter is ΔW = s·B·A with the scale of its configuration",
    arguments: [
      (#"{"lora_alpha":16,"r":4}"#, 4.0), (#"{"lora_alpha":16,"use_rslora":true}"#, 8.0),
      (#"{"lora_alpha":16,"alpha_pattern":{"q_proj":2}}"#, 0.5),
      (#"{"lora_alpha":16,"alpha_pattern":{"k_proj":2,"^model\\.layers\\.0\\.self_attn\\.q_proj":8}}"#, 2.0),
      (#"{"lora_alpha":6,"alpha_pattern":{"proj":2},"rank_pattern":{"q_proj":4}}"#, 1.5),
    ])
  func scales(config: String, scale: Double) throws {
    let model = try peft(config)
    #expect(model.tensors.map(\.name) == ["model.layers.0.self_attn.q_proj", "base_model.model.classifier.weight"])
    #expect(model.tensors[0].axes == [5, 6])
    let change = try model.read("model.layers.0.self_attn.q_proj")
    expect(change.matrix, 5, 4, 6, scale: scale)
    #expect(change.content.product?.innerSide == 4 && change.notes[0] == "ΔW = s·B·A, rank 4, s = \(scale)")
    let factor = try model.read("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight")
    #expect(factor.shape == Shape(4, 6) && factor.content.product == nil)
  }

  @Test("weights that are stored in × out have their change so")
  func inputsFirst() throws {
    let model = try peft(#"{"lora_alpha":4,"fan_in_fan_out":true}"#)
    #expect(model.tensors[0].axes == [6, 5])
    expect(try model.read("model.layers.0.self_attn.q_proj").matrix, 5, 4, 6, scale: 1, isTransposed: true)
  }

  @Test("embeddings are stored by token; DoRA is a direction; a regular expression is named")
  func others() throws {
    let module = "base_model.model.model.embed_tokens"
    let model = try peft(
      #"{"lora_alpha":4,"alpha_pattern":{".*q_proj":2}}"#,
      [
        ("\(module).lora_embedding_A", [2, 7], Self.element(1)),
        ("\(module).lora_embedding_B", [3, 2], Self.element(2)),
        ("base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector", [5], Self.element(4)),
      ])
    let embedding = try model.read("model.embed_tokens")
    expect(embedding.matrix, 3, 2, 7, scale: 2, isTransposed: true)
    let notes = try model.read("model.layers.0.self_attn.q_proj").notes
    #expect(notes.contains { $0.hasPrefix("DoRA: direction only") } && notes.contains { $0.contains("regular") })
    #expect(model.tensors.count == 3)
  }

  @Test("without a configuration the scale is 1, and that is said")
  func bare() throws {
    let model = try peft(nil)
    let sentence =
      "no adapter_config.json beside it: the scale s of its adapters is taken as 1; copy it there for their norms"
    #expect(model.notes == [sentence] && model.warnings == [sentence])
    let change = try model.read("model.layers.0.self_attn.q_proj")
    expect(change.matrix, 5, 4, 6, scale: 1)
    #expect(change.notes.last == sentence)
  }

  @Test("a damaged configuration is one note, the same of the file and of its tensors")
  func damaged() throws {
    let model = try peft(#"{"lora_alpha":16,"#)
    #expect(model.notes.count == 1 && model.warnings == model.notes)
    let note = try #require(model.notes.first)
    #expect(note.hasPrefix("the scale s of its adapters is taken as 1; mend adapter_config.json for their norms: "))
    #expect(note.contains("not valid JSON"))
    let change = try model.read("model.layers.0.self_attn.q_proj")
    expect(change.matrix, 5, 4, 6, scale: 1)
    #expect(change.notes.last == note)
  }

  @Test("a configuration without an alpha says so of each tensor")
  func withoutAlpha() throws {
    let model = try peft(#"{"r":4}"#)
    #expect(model.warnings.isEmpty)
    let notes = try model.read("model.layers.0.self_attn.q_proj").notes
    #expect(notes.last == "adapter_config.json states no lora_alpha: the scale s is taken as 1")
  }

  @Test("kohya's modules have their own alpha, and kernels fold")
  func kohya() throws {
    let model = ModelFile(
      try MemoryModel([
        ("lora_unet_a.alpha", [], { _ in 8 }), ("lora_unet_a.lora_down.weight", [4, 6], Self.element(1)),
        ("lora_unet_a.lora_up.weight", [5, 4], Self.element(2)),
        ("lora_unet_c.lora_down.weight", [2, 3, 3, 3], Self.element(1)),
        ("lora_unet_c.lora_up.weight", [4, 2, 1, 1], Self.element(2)),
        ("scalar.alpha", [], { _ in 1 }), ("b", [1, 1], { _ in 1 }), ("b.alpha", [3], { Float($0) }),
      ]))
    #expect(model.tensors.map(\.name) == ["lora_unet_a", "lora_unet_c", "b", "b.alpha"])
    #expect(model.unreadable.map(\.name) == ["scalar.alpha"])
    expect(try model.read("lora_unet_a").matrix, 5, 4, 6, scale: 2)
    expect(try model.read("lora_unet_c").matrix, 4, 2, 27, scale: 1)
  }

  @Test("what is no product of two factors is named and left as it is")
  func refused() throws {
    let model = ModelFile(
      try MemoryModel([
        ("u.hada_w1_a", [4, 2], Self.element(1)), ("u.hada_w1_b", [2, 4], Self.element(1)),
        ("w.lokr_w1", [2, 2], Self.element(1)), ("x.lora_down.weight", [2, 4], Self.element(1)),
        ("y.lora_down.weight", [2, 4], Self.element(1)), ("y.lora_up.weight", [4, 3], Self.element(1)),
        ("z.lora_down.weight", [2, 4], Self.element(1)), ("z.lora_up.weight", [4, 2], Self.element(1)),
        ("z.lora_mid.weight", [2, 2, 3, 3], Self.element(1)),
      ]))
    #expect(model.tensors.count == 9)
    let reasons = model.unreadable.map(\.reason)
    #expect(model.unreadable.map(\.name) == ["u", "w", "x", "y", "z"])
    for (reason, words) in zip(reasons, ["LoHa", "LoKr", "missing", "do not fit: B is 4 × 3, A is 2 × 4", "lora_mid"]) {
      #expect(reason.contains(words))
    }
    #expect(throws: FileError.invalid(model.source, reason: reasons[0])) { try model.tensor(named: "u") }
    #expect(try model.read("y.lora_up.weight").shape == Shape(4, 3))
  }

  @Test("factors whose product could not be counted are refused, and nothing is multiplied")
  func absurd() throws {
    let huge = 1 << 40
    struct Claims: MatrixFile {
      let source = "claims", format = "safetensors"
      let tensors: [TensorEntry]
      func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
        throw .invalid(source, reason: "not read")
      }
    }
    let model = ModelFile(
      Claims(tensors: [
        TensorEntry(name: "x.lora_down.weight", type: .f32, axes: [1, huge]),
        TensorEntry(name: "x.lora_up.weight", type: .f32, axes: [huge, 1]),
        TensorEntry(name: "mlp.experts.up_proj", type: .u8, axes: [huge, 1, 1]),
        TensorEntry(name: "attn.in_proj_weight", type: .u8, axes: [3, huge]),
      ]))
    #expect(model.tensors.count == 4 && model.unreadable[0].reason.contains("would have \(huge) × \(huge) entries"))
    for entry in model.tensors { #expect(model.derived(of: entry).count <= 3) }
  }

  @Test("thousands of tensors are wrapped in milliseconds, and found by name at once")
  func many() throws {
    let tensors = (0..<4000).map { index in
      (name: "model.layers.\(index / 10).mlp.part\(index % 10).weight", axes: [1, 1], element: Self.element(index))
    }
    let base = try MemoryModel(tensors)
    let clock = ContinuousClock()
    let time = try clock.measure {
      let model = ModelFile(base)
      for (name, _, _) in tensors {
        let found = try model.tensor(named: name)
        #expect(found.name == name)
      }
    }
    // Linear searches would take 8 million comparisons.
    #expect(time < .seconds(2))
  }
}
