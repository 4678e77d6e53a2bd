@testable import MatrixFiles

/// Pickles made by hand, instruction by instruction, and checkpoints around them.
enum PickleText {
  static let mark: [UInt8] = [0x28]
  static let none: [UInt8] = [0x4E]
  static let stop: [UInt8] = [0x2E]
  static let emptyList: [UInt8] = [0x5D]
  static let reduce: [UInt8] = [0x52]

  static func text(_ text: String) -> [UInt8] { [0x58] + HostileBytes.little(text.utf8.count, 4) + Array(text.utf8) }
  /// In 64 bits.
  static func integer(_ value: Int) -> [UInt8] { [0x8A, 8] + HostileBytes.little(value, 8) }
  static func global(_ module: String, _ name: String) -> [UInt8] { [0x63] + Array("\(module)\n\(name)\n".utf8) }
  static func tuple(_ parts: [UInt8]...) -> [UInt8] { mark + parts.flatMap { $0 } + [0x74] }
  static func tuple(_ numbers: [Int]) -> [UInt8] { mark + numbers.flatMap(integer) + [0x74] }
  static func put(_ place: Int) -> [UInt8] { [0x72] + HostileBytes.little(place, 4) }
  static func get(_ place: Int) -> [UInt8] { [0x6A] + HostileBytes.little(place, 4) }
  static func call(_ function: [UInt8], _ arguments: [UInt8]...) -> [UInt8] {
    function + mark + arguments.flatMap { $0 } + [0x74] + reduce
  }
  /// A dictionary of keys and values in turn.
  static func dictionary(_ parts: [UInt8]...) -> [UInt8] { [0x7D] + mark + parts.flatMap { $0 } + [0x75] }
  /// Protocol, `value` and the end.
  static func pickle(_ value: [UInt8]) -> [UInt8] { [0x80, 2] + value + stop }

  /// A storage by its persistent identifier, which ends in `view` in the older form.
  static func storage(_ kind: String = "Float", _ key: String = "0", _ count: Int = 2, view: [UInt8] = []) -> [UInt8] {
    tuple(text("storage"), global("torch", kind + "Storage"), text(key), text("cpu"), integer(count), view) + [0x51]
  }

  /// A tensor that is a view of `storage`.
  static func tensor(
    _ storage: [UInt8] = storage(), at offset: Int = 0, _ axes: [Int] = [1, 2], _ strides: [Int] = [2, 1]
  ) -> [UInt8] {
    call(
      global("torch._utils", "_rebuild_tensor_v2"), storage, integer(offset), tuple(axes), tuple(strides), [0x89],
      call(global("collections", "OrderedDict")))
  }

  /// A checkpoint with one tensor called w.
  static func model(_ tensor: [UInt8] = tensor()) -> [UInt8] { pickle(dictionary(text("w"), tensor)) }

  /// The archive of `pickle` and one storage.
  static func archive(
    _ pickle: [UInt8] = model(), data: [UInt8] = HostileBytes.floats(1, 2), others: [HostileBytes.Member] = []
  ) -> [UInt8] {
    HostileBytes.zip([.init(name: "a/data.pkl", data: pickle), .init(name: "a/data/0", data: data)] + others)
  }

  /// A checkpoint of the older form.
  static func legacy(
    _ pickle: [UInt8]? = nil, keys: [UInt8]? = nil, count: Int = 2, data: [UInt8] = HostileBytes.floats(1, 2),
    version: Int = 1001
  ) -> [UInt8] {
    let magic: [UInt8] = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]
    return magic + self.pickle(integer(version)) + self.pickle(dictionary(text("little_endian"), [0x88]))
      + (pickle ?? model(tensor(storage(view: none)))) + (keys ?? self.pickle(emptyList + mark + text("0") + [0x65]))
      + HostileBytes.little(count, 8) + data
  }
}
