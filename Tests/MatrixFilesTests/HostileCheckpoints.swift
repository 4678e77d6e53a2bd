@testable import MatrixFiles

/// PyTorch checkpoints that lie, in the form of an archive and in the older one.
enum HostileCheckpoints {
  private typealias Make = PickleText

  private static func refused(_ what: String, _ bytes: [UInt8], _ words: String, tensor: String? = nil) -> HostileModel
  {
    HostileModel("pytorch", what, bytes, refused: words, tensor: tensor)
  }

  private static func read(
    _ what: String, _ bytes: [UInt8], _ values: [[Double]] = [[1, 2]], tensor: String? = nil
  ) -> HostileModel { HostileModel("pytorch", what, bytes, values: values, tensor: tensor) }

  /// A checkpoint whose only tensor is this view.
  private static func view(at offset: Int = 0, _ axes: [Int], _ strides: [Int]) -> [UInt8] {
    Make.archive(Make.model(Make.tensor(at: offset, axes, strides)))
  }

  /// A checkpoint with the tensor w and `other` beside it.
  private static func beside(_ other: [UInt8]) -> [UInt8] {
    Make.archive(Make.pickle(Make.dictionary(Make.text("x"), other, Make.text("w"), Make.tensor())))
  }

  private static func stream(_ bytes: [UInt8]) -> [UInt8] { Make.archive([0x80, 2] + bytes) }

  static let all = instructions + calls + views + archives

  static let instructions = [
    read("a plain checkpoint", Make.archive()),
    refused("an empty pickle", Make.archive([]), "data.pkl"),
    refused("a pickle without an end", stream(Make.none), "cut short"),
    refused("nothing but an end", stream(Make.stop), "a value is missing"),
    refused("an unknown instruction", stream([0xFF]), "0xff"),
    refused("a persistent identifier as text", stream(Array("P0\n.".utf8)), "0x50"),
    refused("an import by extension", stream([0x82, 1, 0x2E]), "0x82"),
    refused("an instance by name", stream(Array("(icos\nsystem\n.".utf8)), "0x69"),
    refused("a text in quotes", stream(Array("S'id'\n.".utf8)), "0x53"),
    refused("protocol 9", Make.archive([0x80, 9, 0x4E, 0x2E]), "protocol 9"),
    refused("a tuple of nothing", stream([0x85, 0x2E]), "a value is missing"),
    refused("a tuple without a mark", stream([0x4E, 0x74, 0x2E]), "a mark is missing"),
    refused("an append to nothing", stream([0x4E, 0x61, 0x2E]), "missing"),
    refused("an append to none", stream([0x4E, 0x4E, 0x61, 0x2E]), "no list"),
    refused("a key without a value", stream([0x7D, 0x28, 0x4E, 0x75, 0x2E]), "key without a value"),
    refused("an item set in a list", stream([0x5D, 0x4E, 0x4E, 0x73, 0x2E]), "no dictionary"),
    refused("a call without arguments", stream(Make.global("os", "system") + [0x52, 0x2E]), "missing"),
    refused("a call of no tuple", stream(Make.global("os", "system") + [0x4E, 0x52, 0x2E]), "no tuple"),
    refused("a state for nothing", stream([0x4E, 0x62, 0x2E]), "missing"),
    refused("a value below the mark", stream([0x4E, 0x28, 0x85, 0x2E]), "missing"),
    refused("a memo that is empty", stream([0x68, 7, 0x2E]), "number 7"),
    refused("a memo of four billion", stream([0x6A, 0xFF, 0xFF, 0xFF, 0xFF, 0x2E]), "4294967295"),
    read(
      "something kept at four billion",
      Make.archive(
        [0x80, 2] + Make.none + Make.put(0xFFFF_FFFF) + [0x30] + Make.dictionary(Make.text("w"), Make.tensor())
          + Make.stop)),
    refused("a text longer than the pickle", stream([0x58, 0xFF, 0xFF, 0xFF, 0x7F, 0x61]), "cut short"),
    refused("a text of 2^63 bytes", stream([0x8D] + HostileBytes.little(Int.min, 8)), "63 bits"),
    refused("a text of −1 bytes", stream([0x54, 0xFF, 0xFF, 0xFF, 0xFF, 0x61]), "cut short"),
    refused("a number of 2 GB", stream([0x8B, 0xFF, 0xFF, 0xFF, 0x7F, 1]), "cut short"),
    refused("a frame longer than the pickle", stream([0x95] + HostileBytes.little(1 << 60, 8)), "cut short"),
    refused("a name without an end", stream([0x63] + [UInt8](repeating: 0x61, count: 5000)), "bytes"),
    refused("a global whose name is a number", stream([0x4B, 1, 0x4B, 2, 0x93, 0x2E]), "no text"),
    refused("no tensor", Make.archive(Make.pickle(Make.none)), "without a tensor"),
    refused("a number for a checkpoint", Make.archive(Make.pickle(Make.integer(7))), "without a tensor"),
    refused(
      "two million marks", stream([UInt8](repeating: 0x28, count: 2_000_000) + Make.none + Make.stop), "on its stack"),
    refused(
      "two million values", stream([UInt8](repeating: 0x4E, count: 2_000_000) + Make.stop), "on its stack"),
    refused(
      "a tuple two hundred thousand deep", stream(Make.none + [UInt8](repeating: 0x85, count: 200_000) + Make.stop),
      "nest"),
    refused(
      "a list two hundred thousand deep",
      stream([UInt8](repeating: 0x5D, count: 200_000) + [UInt8](repeating: 0x61, count: 199_999) + Make.stop), "nest"),
    refused(
      "a list that contains itself", stream(Make.emptyList + Make.put(1) + Make.get(1) + [0x61] + Make.stop),
      "without a tensor"),
    refused("doublings of a list", stream(doublings + Make.stop), "without a tensor"),
    refused("one tuple as the arguments of many calls", stream(sharedArguments), "share so many others"),
  ]

  /// A list that holds the one before twice, sixty times: 2^60 of the first.
  private static let doublings: [UInt8] = {
    var bytes: [UInt8] = Make.emptyList + Make.put(0)
    for level in 1...60 {
      bytes += Make.emptyList + Make.mark
      bytes += Make.get(level - 1) + Make.get(level - 1)
      bytes += [0x65] + Make.put(level)
    }
    return bytes
  }()

  /// Twenty thousand lists in one tuple that is given to twenty thousand calls.
  private static let sharedArguments: [UInt8] = {
    var bytes: [UInt8] = Make.mark
    for _ in 0..<20_000 { bytes += Make.emptyList }
    bytes += [0x74] + Make.put(0)
    bytes += Make.global("a", "b") + Make.put(1)
    bytes += Make.emptyList + Make.mark
    for _ in 0..<20_000 {
      bytes += Make.get(1) + Make.get(0)
      bytes += Make.reduce
    }
    return bytes + [0x65] + Make.stop
  }()

  static let calls = [
    refused(
      "a command instead of a tensor",
      Make.archive(Make.pickle(Make.call(Make.global("os", "system"), Make.text("id")))),
      "without a tensor"),
    read(
      "a command beside a tensor", beside(Make.call(Make.global("os", "system"), Make.text("touch /tmp/x"))),
      tensor: "w"),
    read("eval beside a tensor", beside(Make.call(Make.global("builtins", "eval"), Make.text("1"))), tensor: "w"),
    read("an unknown class beside a tensor", beside(Make.global("argparse", "Namespace") + [0x29, 0x81]), tensor: "w"),
    refused(
      "a tensor made by a command", Make.archive(Make.model(Make.call(Make.global("os", "system"), Make.tensor()))),
      "os.system"),
    refused(
      "a storage made by a command",
      Make.archive(Make.model(Make.tensor(Make.call(Make.global("os", "popen"), Make.text("id"))))), "os.popen"),
    refused(
      "a command in the name of a function",
      Make.archive(Make.model(Make.call(Make.global("o\u{1B}[2Js", "x"), Make.tensor()))), "\\u{1b}[2J"),
    refused(
      "a tensor from a file",
      Make.archive(Make.model(Make.call(Make.global("torch._utils", "_rebuild_from_file"), Make.text("/etc/passwd")))),
      "not run"),
    refused(
      "a class of no storage", Make.archive(Make.model(Make.tensor(Make.storage("Wide")))), "torch.WideStorage"),
    refused(
      "complex numbers", Make.archive(Make.model(Make.tensor(Make.storage("ComplexFloat", "0", 1), [1, 1], [1, 1]))),
      "complex"),
    refused(
      "a quantised tensor", Make.archive(Make.model(Make.call(Make.global("torch._utils", "_rebuild_qtensor")))),
      "quantised"),
    refused(
      "a sparse tensor", Make.archive(Make.model(Make.call(Make.global("torch._utils", "_rebuild_sparse_tensor")))),
      "sparse"),
    refused(
      "a tensor of no arguments",
      Make.archive(Make.model(Make.call(Make.global("torch._utils", "_rebuild_tensor_v2")))), "“w”"),
    refused(
      "texts for a shape",
      Make.archive(
        Make.model(
          Make.call(
            Make.global("torch._utils", "_rebuild_tensor_v2"), Make.storage(), Make.integer(0),
            Make.tuple(Make.text("1")),
            Make.tuple([1]), [0x89], Make.none))), "no numbers"),
    refused(
      "a parameter of a parameter of a parameter",
      Make.archive(
        Make.model(
          (0..<9).reduce(Make.tensor()) { inner, _ in
            Make.call(Make.global("torch._utils", "_rebuild_parameter"), inner, [0x89], Make.none)
          })), "“w”"),
    refused(
      "two tensors of one name",
      Make.archive(
        Make.pickle(
          Make.dictionary(Make.text("w"), Make.tensor(), Make.text("w"), Make.tensor(Make.storage(), [2, 1], [1, 1])))),
      "two tensors called “w”"),
    read("a command for a name", Make.archive(Make.pickle(Make.dictionary(Make.text("\u{1B}[2J"), Make.tensor())))),
  ]

  static let views = [
    refused("a storage cut short", Make.archive(data: HostileBytes.floats(1)), "has 4 bytes instead of 8"),
    refused("a storage too long", Make.archive(data: HostileBytes.floats(1, 2, 3)), "has 12 bytes instead of 8"),
    refused("a storage of 2^62", Make.archive(Make.model(Make.tensor(Make.storage("Float", "0", 1 << 62)))), "“w”"),
    refused("a storage of −1", Make.archive(Make.model(Make.tensor(Make.storage("Float", "0", -1)))), "“w”"),
    refused(
      "a storage that is not there", Make.archive(Make.model(Make.tensor(Make.storage("Float", "7")))), "“7” is missing"
    ),
    refused(
      "a path for a storage", Make.archive(Make.model(Make.tensor(Make.storage("Float", "../../../etc/passwd")))),
      "is missing"),
    refused("a view beyond its storage", view([1, 3], [3, 1]), "reaches beyond the 2 elements"),
    refused("an offset beyond its storage", view(at: 1, [1, 2], [2, 1]), "reaches beyond the 2 elements"),
    refused("an offset of 2^63 − 1", view(at: .max, [1, 2], [2, 1]), "reaches beyond the 2 elements"),
    refused("a negative offset", view(at: -1, [1, 2], [2, 1]), "negative stride or offset"),
    refused("a negative stride", view(at: 1, [1, 2], [2, -1]), "negative stride or offset"),
    refused("a stride of 2^62", view([2, 2], [1 << 62, 1]), "reaches beyond the 2 elements"),
    refused("strides whose sum overflows", view([2, 2], [.max, .max]), "reaches beyond the 2 elements"),
    refused("a negative axis", view([-1, 2], [2, 1]), "negative axis"),
    refused("an axis of 2^62", view([1 << 62, 4], [0, 0]), "“w”"),
    refused("2^31 times one element", view([1 << 31, 1], [0, 1]), "“w”"),
    refused("2^56 times one element", view([1 << 28, 1 << 28], [0, 0]), "memory"),
    read("the first element six times", view([2, 3], [0, 0]), [[1, 1, 1], [1, 1, 1]]),
    read("a row repeated", view([3, 2], [0, 1]), [[1, 2], [1, 2], [1, 2]]),
    read("a transpose", view([2, 1], [1, 2]), [[1], [2]]),
    read(
      "overlapping rows",
      Make.archive(
        Make.model(Make.tensor(Make.storage("Float", "0", 3), [2, 2], [1, 1])), data: HostileBytes.floats(1, 2, 3)),
      [[1, 2], [2, 3]]),
    refused("fewer strides than axes", view([1, 2], [1]), "2 axes and 1 strides"),
    refused("sixty-five axes", view([Int](repeating: 1, count: 65), [Int](repeating: 1, count: 65)), "65 axes"),
    refused("no axis", view([], []), "a single number"),
    read("no rows", view([0, 2], [2, 1]), []),
    read("no rows and a stride of 2^62", view([0, 2], [1 << 62, 1 << 62]), []),
  ]

  static let archives = [
    refused("no storage", HostileBytes.zip([.init(name: "a/data.pkl", data: Make.model())]), "“0” is missing"),
    refused(
      "two pickles of one name", Make.archive(others: [.init(name: "a/data.pkl", data: Make.model())]), "“a/data.pkl”"),
    refused("two storages of one name", Make.archive(others: [.init(name: "a/data/0", data: [])]), "“a/data/0”"),
    refused(
      "an unknown byte order", Make.archive(others: [.init(name: "a/byteorder", data: Array("middle".utf8))]),
      "byte order"),
    refused("an empty byte order", Make.archive(others: [.init(name: "a/byteorder", data: [])]), "byte order"),
    read(
      "the byte order of big machines",
      Make.archive(
        data: HostileBytes.floats(1, 2).reversed(), others: [.init(name: "a/byteorder", data: Array("big".utf8))]),
      [[2, 1]]),
    refused(
      "a pickle that unpacks to four gigabytes",
      HostileBytes.zip([.init(name: "a/data.pkl", data: Make.model(), isDeflated: true, claimedSize: 0xFFFF_FFFE)]),
      "claims a size that its bytes cannot have"),
    refused(
      "a pickle that unpacks to a hundred megabytes",
      HostileBytes.zip([
        .init(name: "a/data.pkl", data: [UInt8](repeating: 0x4E, count: 100_000_000), isDeflated: true)
      ]), "more than is unpacked"),
    read(
      "a packed pickle",
      HostileBytes.zip([
        .init(name: "a/data.pkl", data: Make.model(), isDeflated: true),
        .init(name: "a/data/0", data: HostileBytes.floats(1, 2), isDeflated: true),
      ])),
    refused(
      "a packed storage shorter than it claims",
      HostileBytes.zip([
        .init(name: "a/data.pkl", data: Make.model()),
        .init(name: "a/data/0", data: HostileBytes.floats(1), isDeflated: true, claimedSize: 8),
      ]), "damaged or cut short"),
    refused(
      "a storage that claims more than its bytes",
      HostileBytes.zip([
        .init(name: "a/data.pkl", data: Make.model()),
        .init(name: "a/data/0", data: HostileBytes.floats(1), claimedSize: 8),
      ]), "claims a size that its bytes cannot have"),
    refused(
      "a pickle that is not in a directory", HostileBytes.zip([.init(name: "data.pkl", data: Make.model())]),
      "unpack it first"),
    refused("an archive cut short", Array(Make.archive().dropLast(30)), "directory"),
  ]

  private static func old(_ what: String, _ bytes: [UInt8], _ words: String) -> HostileModel {
    HostileModel("pytorch-legacy", what, bytes, refused: words)
  }

  static let legacy = [
    HostileModel("pytorch-legacy", "a plain checkpoint", Make.legacy(), values: [[1, 2]]),
    HostileModel("pytorch-legacy", "bytes behind the end", Make.legacy() + [1, 2, 3], values: [[1, 2]]),
    HostileModel(
      "pytorch-legacy", "a plain checkpoint in gzip", HostileBytes.deflated(Make.legacy(), windowBits: 31),
      values: [[1, 2]]),
    old("another version", Make.legacy(version: 1002), "unknown version"),
    old("nothing but the magic number", Array(Make.legacy()[..<15]), "cut short"),
    old("data cut short", Array(Make.legacy().dropLast()), "ends before its storage “0”"),
    old("no list of storages", Make.legacy(keys: PickleText.pickle(PickleText.none)), "list of storages is damaged"),
    old(
      "a list of numbers", Make.legacy(keys: PickleText.pickle(PickleText.emptyList + PickleText.integer(0) + [0x61])),
      "lists the storage"),
    old("an empty list", Make.legacy(keys: PickleText.pickle(PickleText.emptyList)), "“0” is missing"),
    old(
      "a storage that no tensor knows",
      Make.legacy(keys: PickleText.pickle(PickleText.emptyList + PickleText.text("x") + [0x61])), "“x”"),
    old(
      "a storage twice",
      Make.legacy(
        keys: PickleText.pickle(
          PickleText.emptyList + PickleText.mark + PickleText.text("0") + PickleText.text("0") + [0x65]),
        data: HostileBytes.floats(1, 2) + HostileBytes.little(2, 8) + HostileBytes.floats(1, 2)), "“0” twice"),
    old("a storage of 2^62", Make.legacy(count: 1 << 62), "“0”"),
    old("a storage of 2^63", Make.legacy(count: Int.min), "“0”"),
    old("a storage of another size", Make.legacy(count: 1, data: HostileBytes.floats(1)), "has 4 bytes instead of 8"),
    old(
      "a window that leaves its storage",
      Make.legacy(
        PickleText.model(
          PickleText.tensor(
            PickleText.storage(
              view: PickleText.tuple(PickleText.text("v"), PickleText.integer(1), PickleText.integer(2)))))),
      "leaves the other one"),
    old(
      "a window whose end overflows",
      Make.legacy(
        PickleText.model(
          PickleText.tensor(
            PickleText.storage(
              view: PickleText.tuple(PickleText.text("v"), PickleText.integer(1), PickleText.integer(.max)))))),
      "leaves the other one"),
    old(
      "a command instead of a tensor",
      Make.legacy(
        PickleText.pickle(PickleText.call(PickleText.global("os", "system"), PickleText.text("id"))),
        keys: PickleText.pickle(PickleText.emptyList)),
      "without a tensor"),
    old("another pickle", PickleText.model(), "a Python pickle"),
    old("a tar archive", tar, "tar"),
  ]

  /// The first block of a tar archive.
  private static let tar: [UInt8] = {
    var block = [UInt8](repeating: 0, count: 1024)
    block.replaceSubrange(0..<8, with: Array("storages".utf8))
    block.replaceSubrange(257..<262, with: Array("ustar".utf8))
    return block
  }()
}
