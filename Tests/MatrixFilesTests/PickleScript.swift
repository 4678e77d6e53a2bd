@testable import MatrixFiles

/// Pickles and checkpoints put together byte by byte.
enum PickleScript {
  typealias Code = [UInt8]

  static func pickle(_ body: Code) -> Code { [0x80, 2] + body + [0x2E] }

  static let none: Code = [0x4E]
  static func text(_ value: String) -> Code {
    [0x58] + HostileBytes.little(value.utf8.count, 4) + Array(value.utf8)
  }
  static func integer(_ value: Int) -> Code { [0x8A, 8] + HostileBytes.little(value, 8) }
  static func tuple(_ elements: Code...) -> Code { [0x28] + elements.flatMap(\.self) + [0x74] }
  static func integers(_ values: [Int]) -> Code { [0x28] + values.flatMap(integer) + [0x74] }
  static func dictionary(_ pairs: (String, Code)...) -> Code { dictionary(pairs) }
  static func dictionary(_ pairs: [(String, Code)]) -> Code {
    [0x7D, 0x28] + pairs.flatMap { text($0.0) + $0.1 } + [0x75]
  }
  static func global(_ module: String, _ name: String) -> Code { [0x63] + Array("\(module)\n\(name)\n".utf8) }
  static func call(_ function: Code, _ arguments: Code) -> Code { function + arguments + [0x52] }
  static func kept(_ place: UInt8, _ code: Code) -> Code { code + [0x71, place] }
  static func recalled(_ place: UInt8) -> Code { [0x68, place] }

  static func storage(_ name: String = "FloatStorage", key: String = "0", count: Int, view: Code? = nil) -> Code {
    let identifier =
      [text("storage"), global("torch", name), text(key), text("cpu"), integer(count)] + (view.map { [$0] } ?? [])
    return [0x28] + identifier.flatMap(\.self) + [0x74, 0x51]
  }

  /// A tensor of the second kind.
  static func tensor(_ storage: Code, offset: Int = 0, _ size: [Int], _ stride: [Int], metadata: Code = []) -> Code {
    call(
      global("torch._utils", "_rebuild_tensor_v2"),
      [0x28] + storage + integer(offset) + integers(size) + integers(stride) + [0x89] + dictionary() + metadata + [0x74]
    )
  }

  /// The 1 × 2 matrix (4, 5) in the storage of ``bytes``.
  static let two = tensor(storage(count: 2), [1, 2], [2, 1])
  /// 4 and 5 as f32.
  static let bytes = floats([4, 5])

  static func floats(_ values: [Float]) -> Code { values.flatMap { HostileBytes.little(Int($0.bitPattern), 4) } }

  /// An archive of the object `body` and its storages.
  static func checkpoint(
    _ body: Code, storages: [(String, Code)] = [("0", bytes)], byteOrder: String? = nil, isDeflated: Bool = false
  ) -> Code {
    archive(pickle(body), storages: storages, byteOrder: byteOrder, isDeflated: isDeflated)
  }

  static func archive(
    _ pickle: Code, storages: [(String, Code)] = [("0", bytes)], byteOrder: String? = nil, isDeflated: Bool = false
  ) -> Code {
    HostileBytes.zip(
      [.init(name: "a/data.pkl", data: pickle, isDeflated: isDeflated)]
        + (byteOrder.map { [.init(name: "a/byteorder", data: Array($0.utf8))] } ?? [])
        + storages.map { .init(name: "a/data/\($0.0)", data: $0.1, isDeflated: isDeflated) })
  }

  /// The form of before version 1.6.
  static func legacy(
    _ body: Code, keys: [String] = ["0"], storages: Code = HostileBytes.little(2, 8) + bytes, version: Int = 1001
  ) -> Code {
    pickle([0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]) + pickle(integer(version))
      + pickle(dictionary()) + pickle(body) + pickle([0x5D, 0x28] + keys.flatMap(text) + [0x65]) + storages
  }
}
