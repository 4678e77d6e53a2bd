/// The element types of safetensors: their sizes, and which of them are read.
enum SafetensorsType {
  /// What a type is read as, or why it is not.
  enum Reading {
    case element(ElementType)
    /// What follows the tensor's name.
    case refused(String)
  }

  /// The types of whole bytes that are read.
  private static let elements: [String: ElementType] = [
    "BOOL": .bool, "U8": .u8, "I8": .i8, "U16": .u16, "I16": .i16, "U32": .u32, "I32": .i32, "U64": .u64, "I64": .i64,
    "F16": .f16, "BF16": .bf16, "F32": .f32, "F64": .f64, "F8_E4M3": .f8_e4m3, "F8_E5M2": .f8_e5m2,
    "F8_E4M3FNUZ": .f8_e4m3fnuz, "F8_E5M2FNUZ": .f8_e5m2fnuz, "F8_E8M0": .f8_e8m0,
  ]

  /// The types that are known and not read, and their bits.
  private static let others = ["C64": 64, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6]

  /// The bits of an element; nil for a type that is not known.
  static func bits(of type: String) -> Int? {
    elements[type].map { 8 * $0.block.bytes } ?? others[type]
  }

  /// How a tensor of `type` and `axes` is read.
  static func reading(_ type: String, axes: [Int]) -> Reading {
    guard let element = elements[type] else {
      return switch type {
      case "C64": .refused("holds complex numbers; save its real part or its absolute values")
      case _ where others[type] != nil:
        .refused(
          "is packed: its elements have \(others[type] ?? 0) bits (\(type)) and need scales to mean numbers; "
            + "dequantise the model first, for example with transformers: model.dequantize()")
      default:
        .refused("has the unknown element type “\(printable(type, limit: 40))”; save it as F32")
      }
    }
    return axes.isEmpty ? .refused("is a single number, not a matrix") : .element(element)
  }
}
