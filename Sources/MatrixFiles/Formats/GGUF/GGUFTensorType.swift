/// What a GGUF header calls the elements of a tensor.
struct GGUFTensorType: Hashable, Sendable {
  /// "Q4_0"; "type 99" for one that is not known.
  let name: String
  /// Elements of a block; nil where the size is not known.
  var blockElements: Int?
  /// Bytes of a block; nil where the size is not known.
  var blockBytes: Int?
  /// What it is here, when it can be read.
  var element: ElementType?
  /// Whether the format once had it and has it no longer.
  var isRemoved = false

  /// The type with this number: https://github.com/ggml-org/ggml, include/ggml.h.
  static func numbered(_ number: Int) -> GGUFTensorType {
    if let element = readable[number] {
      return GGUFTensorType(
        name: element.rawValue.uppercased(), blockElements: element.block.elements, blockBytes: element.block.bytes,
        element: element)
    }
    if let (name, elements, bytes) = listed[number] {
      return GGUFTensorType(name: name, blockElements: elements, blockBytes: bytes)
    }
    if let name = removed[number] { return GGUFTensorType(name: name, isRemoved: true) }
    return GGUFTensorType(name: unstored[number] ?? "type \(number)")
  }

  private static let readable: [Int: ElementType] = [
    0: .f32, 1: .f16, 30: .bf16, 28: .f64, 24: .i8, 25: .i16, 26: .i32, 27: .i64,
    2: .q4_0, 3: .q4_1, 6: .q5_0, 7: .q5_1, 8: .q8_0,
    10: .q2_k, 11: .q3_k, 12: .q4_k, 13: .q5_k, 14: .q6_k,
    20: .iq4_nl, 23: .iq4_xs, 39: .mxfp4,
  ]

  private static let listed: [Int: (name: String, elements: Int, bytes: Int)] = [
    16: ("IQ2_XXS", 256, 66), 17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98), 19: ("IQ1_S", 256, 50),
    21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82), 29: ("IQ1_M", 256, 56),
    34: ("TQ1_0", 256, 54), 35: ("TQ2_0", 256, 66),
    40: ("NVFP4", 64, 36), 41: ("Q1_0", 128, 18), 42: ("Q2_0", 64, 18),
  ]

  /// Sums in progress, which no file should hold, and on whose size programs do not agree.
  private static let unstored = [9: "Q8_1", 15: "Q8_K"]

  private static let removed = [
    4: "Q4_2", 5: "Q4_3", 31: "Q4_0_4_4", 32: "Q4_0_4_8", 33: "Q4_0_8_8", 36: "IQ4_NL_4_4", 37: "IQ4_NL_4_8",
    38: "IQ4_NL_8_8",
  ]

  /// Why it cannot be read, and what to do; nil when it can. Blocks hold their scales in the file's byte order, and are
  /// decoded in the usual one only.
  func refusal(isBigEndian: Bool) -> String? {
    if isRemoved {
      return "is stored as \(name), which GGUF no longer has; make the file again from the original model"
    }
    guard let element else {
      return "is stored as \(name), which is not decoded; convert the model to F16 with llama-quantize or gguf-py"
    }
    if isBigEndian, element.isQuantized {
      return "is stored as \(name) in big-endian order, which is not decoded; convert the file with gguf-py's "
        + "gguf_convert_endian.py"
    }
    return nil
  }
}
