/// The element types of PyTorch, by the names of dtypes and of the classes of storages.
///
/// Source: torch/storage.py, `_dtype_to_storage_type_map`.
struct PyTorchElement: Hashable, Sendable {
  /// PyTorch's own word: "float32", "complex64".
  let name: String
  /// The bytes of one.
  let size: Int
  /// Nil for what holds no real numbers, or holds them in a way that is not read.
  let type: ElementType?

  private init(_ name: String, _ type: ElementType) {
    self.name = name
    self.type = type
    size = type.block.bytes
  }

  private init(_ name: String, size: Int) {
    self.name = name
    self.size = size
    type = nil
  }

  private static let all: [PyTorchElement] = [
    .init("float64", .f64), .init("float32", .f32), .init("float16", .f16), .init("bfloat16", .bf16),
    .init("int64", .i64), .init("int32", .i32), .init("int16", .i16), .init("int8", .i8),
    .init("uint64", .u64), .init("uint32", .u32), .init("uint16", .u16), .init("uint8", .u8), .init("bool", .bool),
    .init("float8_e4m3fn", .f8_e4m3), .init("float8_e5m2", .f8_e5m2), .init("float8_e4m3fnuz", .f8_e4m3fnuz),
    .init("float8_e5m2fnuz", .f8_e5m2fnuz), .init("float8_e8m0fnu", .f8_e8m0),
    .init("complex32", size: 4), .init("complex64", size: 8), .init("complex128", size: 16),
    .init("qint8", size: 1), .init("quint8", size: 1), .init("qint32", size: 4), .init("quint4x2", size: 1),
    .init("quint2x4", size: 1),
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The dtype of every storage class but the untyped ones.
  private static let dtypes = [
    "Double": "float64", "Float": "float32", "Half": "float16", "BFloat16": "bfloat16", "Long": "int64", "Int": "int32",
    "Short": "int16", "Char": "int8", "Byte": "uint8", "Bool": "bool", "ComplexFloat": "complex64",
    "ComplexDouble": "complex128", "QInt8": "qint8", "QUInt8": "quint8", "QInt32": "qint32", "QUInt4x2": "quint4x2",
    "QUInt2x4": "quint2x4",
  ]

  /// The element of the dtype `global`: "torch.float32"; nil when it is none.
  init?(dtype global: String) {
    guard global.hasPrefix("torch."), let known = Self.byName[String(global.dropFirst(6))] else { return nil }
    self = known
  }

  /// The element of the storage class `global`: "torch.FloatStorage", "torch.cuda.HalfStorage"; nil when it is none.
  init?(storageClass global: String) {
    var name = Substring(global)
    guard name.hasPrefix("torch."), name.hasSuffix("Storage") else { return nil }
    name = name.dropFirst(6).dropLast(7)
    if name.hasPrefix("cuda.") { name = name.dropFirst(5) }
    guard let dtype = Self.dtypes[String(name)], let known = Self.byName[dtype] else { return nil }
    self = known
  }

  /// Whether `global` is a class of storages that know nothing of their elements.
  static func isUntyped(_ global: String) -> Bool {
    ["torch.storage.UntypedStorage", "torch.UntypedStorage", "torch.storage._UntypedStorage"].contains(global)
  }

  /// What follows the name of a tensor of such elements that cannot be read.
  var refusal: String {
    if name.hasPrefix("complex") { return "holds complex numbers; save its real part, or abs(x)" }
    if type == nil { return "is quantised (\(name)); save x.dequantize()" }
    return "holds elements of type \(name), which are not read; save x.float()"
  }
}
