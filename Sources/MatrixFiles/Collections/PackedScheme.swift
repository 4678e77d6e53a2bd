/// One way in which programs pack quantised weights into several tensors, and how it is told by their names.
struct PackedScheme: Sendable {
  /// What follows “is”: "packed by GPTQ".
  let title: String
  /// What the elements are, in a few words.
  let elements: String
  /// What to do, as an imperative.
  let advice: String
  /// How the packed tensor's name ends; what comes before is the stem.
  let ending: String
  /// The types it is stored in; nil for any.
  let types: Set<ElementType>?
  /// The stem with one of these must be there.
  let signs: [String]
  /// What else belongs to it: the stem with each of these.
  let companions: [String]
  /// The axes of a packed tensor and of its scales by which two schemes of the same names differ.
  var fits: @Sendable (_ packed: [Int], _ scales: [Int]) -> Bool = { _, _ in true }

  /// The sentence about the packed tensor `name`, which `members` belong to.
  func sentence(of name: String, members: [String]) -> String {
    let beside = members.prefix(2).map { "“\(printable($0))”" }.joined(separator: " and ")
    return "“\(printable(name))” is \(title): \(elements)"
      + (beside.isEmpty ? "" : ", which mean nothing without \(beside)") + "; \(advice)"
  }

  /// The scheme that packed `tensor`, and the stem of its names; nil where nothing says that it is packed.
  ///
  /// - Parameter axes: those of all tensors by name.
  static func scheme(
    of tensor: TensorEntry, called name: String, _ axes: NameTable<[Int]>
  ) -> (scheme: PackedScheme, stem: String)? {
    for scheme in all where scheme.types?.contains(tensor.type) != false && name.hasSuffix(scheme.ending) {
      let stem = String(name.dropLast(scheme.ending.count))
      guard scheme.signs.contains(where: { axes[stem + $0] != nil }) else { continue }
      if scheme.fits(tensor.axes, axes[stem + ".scales"] ?? []) { return (scheme, stem) }
    }
    return nil
  }

  // MARK: The schemes

  private static let original = "open the model that it was made from, or dequantise it first"
  private static let nibbles = "several integers of few bits share an element"
  private static let words: Set<ElementType> = [.i32, .u32, .i64]
  private static let bytes: Set<ElementType> = [.i8, .u8]
  private static let eightBitFloats: Set<ElementType> = [.f8_e4m3, .f8_e5m2, .f8_e4m3fnuz, .f8_e5m2fnuz]
  private static let scaleNames = ["_scale_inv", "_scale", ".scale", ".scales"]
  private static let moduleScaleNames = [".scale", ".scales", ".scale_weight", ".weight_scale"]
  private static let activationNames = [".input_scale", ".activation_scale", ".output_scale", ".scale_input"]

  /// In the order they are tried.
  private static let all: [PackedScheme] = [
    PackedScheme(
      title: "packed by AWQ", elements: nibbles, advice: original, ending: ".qweight", types: words,
      signs: [".qzeros", ".scales"], companions: [".scales", ".qzeros"],
      // AWQ packs along the outputs, as many as there are scales in a row; GPTQ along the inputs.
      fits: { packed, scales in packed.count == 2 && scales.count == 2 && packed[1] < scales[1] }),
    PackedScheme(
      title: "packed by GPTQ", elements: nibbles, advice: original, ending: ".qweight", types: words,
      signs: [".qzeros", ".scales", ".g_idx"], companions: [".scales", ".qzeros", ".g_idx"]),
    PackedScheme(
      title: "quantised to integers", elements: "its numbers are steps", advice: timesScale, ending: ".qweight",
      types: bytes, signs: [".scale", ".scales"],
      companions: [".scale", ".scales", ".zero_point", ".zero_points", ".qzeros"]),
    PackedScheme(
      title: "packed by compressed-tensors", elements: nibbles, advice: original, ending: ".weight_packed", types: nil,
      signs: [".weight_scale", ".weight_shape", ".weight_global_scale"],
      companions: [
        ".weight_scale", ".weight_global_scale", ".weight_shape", ".weight_zero_point", ".weight_g_idx",
        ".input_global_scale",
      ]),
    PackedScheme(
      title: "packed as MXFP4", elements: "two floats of four bits share a byte, 32 of them a scale",
      advice: "load it with Mxfp4Config(dequantize=True) of transformers and save it, or open a GGUF of it",
      ending: "_blocks", types: [.u8], signs: ["_scales"], companions: ["_scales"]),
    PackedScheme(
      title: "packed by bitsandbytes", elements: "two numbers of four bits share a byte, or one of eight is a code",
      advice: "dequantise it first: model.dequantize() of transformers, then save_pretrained", ending: "", types: nil,
      signs: [
        ".quant_map", ".absmax", ".quant_state.bitsandbytes__nf4", ".quant_state.bitsandbytes__fp4",
      ],
      companions: [
        ".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map", ".quant_state.bitsandbytes__nf4",
        ".quant_state.bitsandbytes__fp4",
      ]),
    PackedScheme(
      title: "quantised to integers by bitsandbytes", elements: "its numbers are steps",
      advice: "dequantise it first: model.dequantize() of transformers, then save_pretrained", ending: ".weight",
      types: bytes, signs: [".SCB"], companions: [".SCB", ".weight_format"]),
    PackedScheme(
      title: "packed as NVFP4", elements: "two floats of four bits share a byte", advice: original, ending: ".weight",
      types: [.u8], signs: [".weight_scale_2"],
      companions: [".weight_scale", ".weight_scale_2"] + activationNames),
    PackedScheme(
      title: "packed by MLX", elements: nibbles, advice: "dequantise it first: mlx_lm.convert --dequantize",
      ending: ".weight", types: words, signs: [".scales"], companions: [".scales", ".biases"]),
    PackedScheme(
      title: "packed by HQQ", elements: nibbles, advice: original, ending: ".W_q", types: nil,
      signs: [".scale", ".zero", ".meta"], companions: [".scale", ".zero", ".meta", ".nbits", ".group_size", ".shape"]),
    PackedScheme(
      title: "scaled in blocks", elements: "floats of eight bits", advice: timesScale, ending: "",
      types: eightBitFloats, signs: scaleNames, companions: scaleNames),
    PackedScheme(
      title: "scaled in blocks", elements: "floats of eight bits", advice: timesScale, ending: ".weight",
      types: eightBitFloats, signs: moduleScaleNames, companions: moduleScaleNames + activationNames),
    PackedScheme(
      title: "quantised to integers", elements: "its numbers are steps", advice: timesScale, ending: "", types: bytes,
      signs: scaleNames, companions: scaleNames + ["_zero_point", ".zero_point"]),
    PackedScheme(
      title: "quantised to integers", elements: "its numbers are steps", advice: timesScale, ending: ".weight",
      types: bytes, signs: moduleScaleNames,
      companions: moduleScaleNames + activationNames + [".zero_point", ".weight_zero_point"]),
  ]

  private static let timesScale = "dequantise it first: multiply each part by its scale and save it as F32"
}
