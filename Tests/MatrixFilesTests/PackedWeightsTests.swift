import Testing

@testable import MatrixFiles

@Suite("Packed quantised weights")
struct PackedWeightsTests {
  private func entry(_ name: String, _ type: ElementType, _ axes: [Int]) -> TensorEntry {
    TensorEntry(name: name, type: type, axes: axes)
  }

  /// What is told of a packed weight and its companions, by the scheme's words.
  private func expectPacked(
    _ entries: [TensorEntry], as words: String, weight: String, location: SourceLocation = #_sourceLocation
  ) throws {
    let plain = [entry("norm.weight", .f32, [8]), entry("lm_head.weight", .bf16, [8, 8])]
    let sentences = PackedWeights.explanations(of: entries + plain)
    #expect(sentences.all.count == entries.count, sourceLocation: location)
    let sentence = try #require(sentences[weight], sourceLocation: location)
    #expect(
      sentence.hasPrefix("“\(weight)” is ") && sentence.contains(words) && sentence.contains("; "),
      "\(sentence)", sourceLocation: location)
    for name in entries.compactMap(\.name) where name != weight {
      let sentence = try #require(sentences[name], sourceLocation: location)
      #expect(sentence.hasPrefix("“\(name)” belongs to “\(weight)”"), sourceLocation: location)
    }
  }

  @Test("GPTQ and AWQ differ by the axis they pack")
  func words() throws {
    try expectPacked(
      [
        entry("q.qweight", .i32, [8, 64]), entry("q.qzeros", .i32, [1, 8]), entry("q.scales", .f16, [1, 64]),
        entry("q.g_idx", .i32, [64]),
      ], as: "packed by GPTQ", weight: "q.qweight")
    try expectPacked(
      [entry("q.qweight", .i32, [64, 8]), entry("q.qzeros", .i32, [1, 8]), entry("q.scales", .f16, [1, 64])],
      as: "packed by AWQ", weight: "q.qweight")
  }

  @Test("bitsandbytes in four bits, whatever it is stored in, and in eight")
  func bitsAndBytes() throws {
    for type in [ElementType.u8, .bf16] {
      try expectPacked(
        [
          entry("up.weight", type, [2048, 1]), entry("up.weight.absmax", .u8, [64]),
          entry("up.weight.quant_map", .f32, [16]), entry("up.weight.nested_absmax", .f32, [1]),
          entry("up.weight.quant_state.bitsandbytes__nf4", .u8, [80]),
        ], as: "bitsandbytes", weight: "up.weight")
    }
    try expectPacked(
      [entry("up.weight", .i8, [8, 8]), entry("up.SCB", .f32, [8])], as: "integers by bitsandbytes", weight: "up.weight"
    )
  }

  @Test("compressed-tensors, MXFP4, NVFP4, MLX and HQQ")
  func others() throws {
    try expectPacked(
      [
        entry("x.weight_packed", .i32, [8, 1]), entry("x.weight_scale", .bf16, [8, 1]),
        entry("x.weight_shape", .i64, [2]),
      ], as: "compressed-tensors", weight: "x.weight_packed")
    try expectPacked(
      [entry("e.gate_up_proj_blocks", .u8, [2, 8, 4, 16]), entry("e.gate_up_proj_scales", .u8, [2, 8, 4])],
      as: "MXFP4", weight: "e.gate_up_proj_blocks")
    try expectPacked(
      [
        entry("x.weight", .u8, [8, 4]), entry("x.weight_scale", .f8_e4m3, [8, 1]), entry("x.weight_scale_2", .f32, [1]),
      ], as: "NVFP4", weight: "x.weight")
    try expectPacked(
      [entry("x.weight", .u32, [8, 1]), entry("x.scales", .f16, [8, 1]), entry("x.biases", .f16, [8, 1])],
      as: "MLX", weight: "x.weight")
    try expectPacked(
      [entry("x.W_q", .u8, [8, 4]), entry("x.scale", .f16, [8, 1]), entry("x.zero", .f16, [8, 1])], as: "HQQ",
      weight: "x.W_q")
  }

  @Test(
    "floats and integers of eight bits with scales beside them",
    arguments: ["x.weight_scale_inv", "x.weight_scale", "x.weight.scale", "x.scale", "x.scale_weight"])
  func eightBits(scale: String) throws {
    let scales = entry(scale, .f32, [1, 1])
    try expectPacked([entry("x.weight", .f8_e4m3, [8, 8]), scales], as: "floats of eight bits", weight: "x.weight")
    try expectPacked([entry("x.weight", .i8, [8, 8]), scales], as: "quantised to integers", weight: "x.weight")
    // Plain floats beside something called a scale are what they are.
    #expect(PackedWeights.explanations(of: [entry("x.weight", .bf16, [8, 8]), scales]).isEmpty)
  }

  @Test("integers called qweight beside a scale")
  func namedQWeight() throws {
    try expectPacked(
      [entry("p.weight.qweight", .i8, [64, 96]), entry("p.weight.scale", .f32, [64, 1])], as: "quantised to integers",
      weight: "p.weight.qweight")
  }

  @Test("integers and eight-bit floats alone are plain, and so is what no scheme claims")
  func plain() {
    let entries = [
      entry("ids", .i64, [8]), entry("mask.weight", .u8, [8, 8]), entry("x.weight", .f8_e5m2, [8, 8]),
      entry("y_blocks", .f32, [8, 8]), entry("y_scales", .f32, [8, 8]), entry("z.scales", .f32, [8, 8]),
      TensorEntry(name: nil, type: .i8, axes: [2, 2]),
    ]
    #expect(PackedWeights.explanations(of: entries).isEmpty)
  }

  @Test("a scale that is a single number tells as well, and a packed weight is refused by name")
  func inFile() throws {
    let file = try SafetensorsBytes.open(
      SafetensorsBytes.file([
        .init(zeros: "x.weight", "F8_E4M3", [4, 4], size: 1), .init(zeros: "x.weight_scale", "F32", [], size: 4),
        .init("x.bias", [4], floats: [1, 2, 3, 4]),
      ]))
    #expect(file.tensors.map(\.name) == ["x.bias"])
    let refused = try #require(file.unreadable.first { $0.name == "x.weight" })
    #expect(refused.type == "f8_e4m3" && refused.axes == [4, 4] && refused.bytes == 16)
    #expect(throws: FileError.invalid("test", reason: refused.reason)) { try file.tensor(named: "x.weight") }
  }
}
