/// The numbers by which ONNX calls its element types: TensorProto.DataType.
///
/// Source: https://github.com/onnx/onnx, onnx/onnx.proto.
enum ONNXElementType {
  /// What is read of them.
  static func type(_ number: Int) -> ElementType? {
    switch number {
    case 1: .f32
    case 2: .u8
    case 3: .i8
    case 4: .u16
    case 5: .i16
    case 6: .i32
    case 7: .i64
    case 9: .bool
    case 10: .f16
    case 11: .f64
    case 12: .u32
    case 13: .u64
    case 16: .bf16
    case 17: .f8_e4m3
    case 18: .f8_e4m3fnuz
    case 19: .f8_e5m2
    case 20: .f8_e5m2fnuz
    case 24: .f8_e8m0
    default: nil
    }
  }

  /// The others: what they are called, and the bits of an element; nil for those that have no fixed number.
  static func other(_ number: Int) -> (title: String, bits: Int?)? {
    switch number {
    case 8: ("STRING", nil)
    case 14: ("COMPLEX64", 64)
    case 15: ("COMPLEX128", 128)
    case 21: ("UINT4", 4)
    case 22: ("INT4", 4)
    case 23: ("FLOAT4E2M1", 4)
    case 25: ("UINT2", 2)
    case 26: ("INT2", 2)
    default: nil
    }
  }
}
