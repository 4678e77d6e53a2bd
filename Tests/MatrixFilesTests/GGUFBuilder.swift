@testable import MatrixFiles

/// A GGUF file by bytes, right unless told otherwise.
struct GGUFBuilder {
  /// A tensor: axes fastest first, as the file has them.
  struct Tensor {
    var name: String
    var axes: [Int]
    var type = 0
    var data: [UInt8]
    /// Claimed instead of the true one.
    var offset: Int?

    /// A tensor of f32.
    init(_ name: String, _ axes: [Int], _ values: [Float], offset: Int? = nil) {
      self.init(
        name, axes, type: 0, data: values.flatMap { HostileBytes.little(Int($0.bitPattern), 4) }, offset: offset)
    }

    init(_ name: String, _ axes: [Int], type: Int, data: [UInt8], offset: Int? = nil) {
      self.name = name
      self.axes = axes
      self.type = type
      self.data = data
      self.offset = offset
    }
  }

  var version = 3
  var isBigEndian = false
  var alignment = 32
  /// Keys, the numbers of their types, and the bytes of their values.
  var values: [(key: String, type: Int, value: [UInt8])] = []
  var tensors: [Tensor] = []
  /// Claimed instead of the true ones.
  var tensorCount: Int?
  var valueCount: Int?

  func number(_ value: Int, _ size: Int) -> [UInt8] {
    let bytes = HostileBytes.little(value, size)
    return isBigEndian ? bytes.reversed() : bytes
  }

  func string(_ text: String) -> [UInt8] { number(text.utf8.count, 8) + Array(text.utf8) }

  /// The whole file.
  var bytes: [UInt8] {
    var out = GGUFHeader.magic + number(version, 4) + number(tensorCount ?? tensors.count, 8)
    out += number(valueCount ?? values.count, 8)
    for (key, type, value) in values { out += string(key) + number(type, 4) + value }
    var data: [UInt8] = []
    for tensor in tensors {
      out += string(tensor.name) + number(tensor.axes.count, 4)
      for axis in tensor.axes { out += number(axis, 8) }
      out += number(tensor.type, 4) + number(tensor.offset ?? data.count, 8)
      data += tensor.data
      data += [UInt8](repeating: 0, count: padding(data.count))
    }
    return out + [UInt8](repeating: 0, count: padding(out.count)) + data
  }

  private func padding(_ count: Int) -> Int { (alignment - count % alignment) % alignment }

  /// A file with one 2 × 3 matrix, and these keys.
  static func small(_ values: (key: String, type: Int, value: [UInt8])...) -> GGUFBuilder {
    GGUFBuilder(values: values, tensors: [Tensor("w", [3, 2], [1, 2, 3, 4, 5, 6])])
  }

  /// The keys of a part of a split model.
  static func part(_ number: Int, of count: Int, tensors all: Int, _ own: [Tensor]) -> GGUFBuilder {
    GGUFBuilder(
      values: [
        ("split.no", 2, HostileBytes.little(number, 2)), ("split.count", 2, HostileBytes.little(count, 2)),
        ("split.tensors.count", 5, HostileBytes.little(all, 4)),
      ], tensors: own)
  }
}
