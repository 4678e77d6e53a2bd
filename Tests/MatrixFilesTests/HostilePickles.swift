import Testing

@testable import MatrixFiles

/// Checkpoints of PyTorch made by hand, and what each must come to.
enum HostilePickles {
  private typealias Make = PickleScript
  private typealias Case = HostileFile

  /// A checkpoint of one tensor over the storage (4, 5).
  private static func view(
    _ size: [Int], _ stride: [Int], offset: Int = 0, storage: [UInt8] = PickleScript.storage(count: 2)
  ) -> [UInt8] {
    Make.checkpoint(Make.dictionary(("w", Make.tensor(storage, offset: offset, size, stride))))
  }

  static let all = views + storages + values + legacy

  static let views: [HostileFile] = [
    Case("a plain one", view([1, 2], [2, 1]), values: [[4, 5]]),
    Case("the second element alone", view([1, 1], [1, 1], offset: 1), values: [[5]]),
    Case("one element as a matrix", view([2, 3], [0, 0], offset: 1), values: [[5, 5, 5], [5, 5, 5]]),
    Case("overlapping rows", view([2, 1], [1, 7]), values: [[4], [5]]),
    Case(
      "a view beyond its storage", view([1, 2], [2, 1], offset: 1),
      refused: "“w” is damaged: it reaches beyond the 2 elements of its storage"),
    Case(
      "a stride beyond its storage", view([2, 2], [1, 1]),
      refused: "“w” is damaged: it reaches beyond the 2 elements of its storage"),
    Case(
      "a stride that overflows", view([3, 1], [Int.max, 1]),
      refused: "“w” is damaged: it reaches beyond the 2 elements of its storage"),
    Case(
      "an offset that overflows", view([2, 1], [1, 1], offset: Int.max),
      refused: "“w” is damaged: it reaches beyond the 2 elements of its storage"),
    Case(
      "a negative stride", view([2], [-1], offset: 1),
      refused: "“w” is damaged: it has a negative stride or offset"),
    Case(
      "a negative offset", view([1], [1], offset: -1), refused: "“w” is damaged: it has a negative stride or offset"),
    Case(
      "a negative axis", view([-1, 2], [2, 1]),
      refused: "“w” is damaged: it has a negative axis, or more elements than can be counted"),
    Case(
      "axes whose product overflows", view([1 << 30, 1 << 30, 1 << 30], [0, 0, 0]),
      refused: "“w” is damaged: it has a negative axis, or more elements than can be counted"),
    Case(
      "an empty axis that hides a huge one", view([0, Int.max], [1, 1]),
      refused: "“w” is damaged: it has a negative axis, or more elements than can be counted"),
    Case(
      "more axes than strides", view([1, 2], [1]), refused: "“w” is damaged: it has 2 axes and 1 strides"),
  ]

  static let storages: [HostileFile] = [
    Case(
      "a storage of 2^62 elements", view([1], [1], storage: Make.storage(count: 1 << 62)),
      refused: "“w” is damaged: its storage has no key or size"),
    Case(
      "a storage that claims more than its entry", view([1, 2], [2, 1], storage: Make.storage(count: 3)),
      refused: "“w” is damaged: its storage “0” has 8 bytes instead of 12"),
    Case(
      "a storage that is not there", view([1], [1], storage: Make.storage(key: "../../0", count: 2)),
      refused: "“w” is damaged: its storage “../../0” is missing"),
    Case(
      "a storage class of somebody's own", view([1], [1], storage: Make.storage("Evil\u{1b}Storage", count: 2)),
      refused: "“w” depends on the storage class torch.Evil\\u{1b}Storage, which is not known"),
    Case(
      "a bare storage", Make.checkpoint(Make.dictionary(("w", Make.storage(count: 2)))),
      refused: "“w” is a bare storage without a shape; save a tensor"),
    Case(
      "a window into a storage",
      view(
        [1], [1], storage: Make.storage(count: 2, view: Make.tuple(Make.text("v"), Make.integer(1), Make.integer(1)))),
      values: [[5]]),
    Case(
      "a window beyond its storage",
      view(
        [1], [1], storage: Make.storage(count: 2, view: Make.tuple(Make.text("v"), Make.integer(1), Make.integer(2)))),
      refused: "“w” is damaged: its storage is a view that leaves the other one"),
    Case(
      "two entries of one name", Make.checkpoint(Make.two, storages: [("0", Make.bytes), ("0", Make.floats([6, 7]))]),
      refused: "it is a damaged or unusual ZIP archive: it has two entries called “a/data/0”"),
    Case(
      "a byte order of its own", Make.checkpoint(Make.two, byteOrder: "middle"),
      refused: "its byte order is neither little nor big"),
  ]

  private static let system = Make.global("os", "system")

  static let values: [HostileFile] = [
    Case(
      "a tensor that a command makes", Make.checkpoint(Make.dictionary(("w", Make.call(system, Make.tuple(Make.two))))),
      refused: "“w” depends on os.system, which is not run; save it as a plain tensor"),
    Case(
      "a storage that a command makes",
      view([1], [1], storage: Make.call(system, Make.tuple(Make.text("id")))),
      refused: "“w” has no storage of its own: it depends on os.system, which is not run"),
    Case(
      "a command beside a tensor",
      Make.checkpoint(Make.dictionary(("a", Make.call(system, Make.tuple(Make.text("id")))), ("w", Make.two))),
      values: [[4, 5]]),
    Case(
      "a parameter of a parameter without end",
      Make.checkpoint(
        (0..<50).reduce(Make.two) { inner, _ in
          Make.call(Make.global("torch._utils", "_rebuild_parameter"), Make.tuple(inner, Make.none, Make.none))
        }), refused: "it is damaged: it is a parameter without a tensor"),
    Case(
      "one key for two tensors",
      Make.checkpoint(Make.dictionary(("w", Make.two), ("w", Make.tensor(Make.storage(count: 2), [2], [1])))),
      refused: "it has two tensors called “w”; rename one and save it again"),
    Case(
      "one path for two tensors",
      Make.checkpoint(
        Make.dictionary(
          ("a.b", Make.two), ("a", Make.dictionary(("b", Make.tensor(Make.storage(count: 2), [2], [1])))))),
      refused: "it has two tensors called “a.b”; rename one and save it again"),
    Case(
      "commands for a name",
      Make.checkpoint(Make.dictionary(("\u{1b}[2J", Make.two), ("b", Make.tensor(Make.storage(count: 2), [2], [1])))),
      refused: "test holds 2 tensors; name one of: \\u{1b}[2J, b"),
    Case(
      "a negated view",
      Make.checkpoint(
        Make.dictionary(
          ("w", Make.tensor(Make.storage(count: 2), [2], [1], metadata: Make.dictionary(("neg", [0x88])))))),
      refused: "“w” is stored as the negative of its values; save x.resolve_neg()"),
    Case(
      "nothing at all", Make.checkpoint(Make.dictionary()), refused: "it is a PyTorch checkpoint without a tensor"),
    Case(
      "a pickle cut short", Make.archive(Array(Make.pickle(Make.two).dropLast())),
      refused: "its data.pkl is damaged or no checkpoint: it is cut short at byte \(Make.pickle(Make.two).count - 1)"),
  ]

  static let legacy: [HostileFile] = [
    Case("the older form", Make.legacy(Make.two), values: [[4, 5]]),
    Case(
      "the older form, cut within its last element", Array(Make.legacy(Make.two).dropLast()),
      refused: "it ends before its storage “0” does; copy or save it again"),
    Case(
      "the older form with 2^62 elements",
      Make.legacy(Make.two, storages: HostileBytes.little(1 << 62, 8) + Make.bytes),
      refused: "it ends before its storage “0” does; copy or save it again"),
    Case(
      "the older form with a negative number of elements",
      Make.legacy(Make.two, storages: HostileBytes.little(-1, 8) + Make.bytes),
      refused: "it ends before its storage “0” does; copy or save it again"),
    Case(
      "the older form with fewer elements than it said",
      Make.legacy(Make.two, storages: HostileBytes.little(1, 8) + Make.bytes),
      refused: "it is damaged: its storage “0” has 4 bytes instead of 8"),
    Case(
      "the older form with a storage of nobody", Make.legacy(Make.two, keys: ["0", "9"]),
      refused: "it lists the storage “9”, whose elements no tensor knows; save it again"),
    Case(
      "the older form with a storage twice",
      Make.legacy(
        Make.two, keys: ["0", "0"], storages: (0..<2).flatMap { _ in HostileBytes.little(2, 8) + Make.bytes }),
      refused: "it lists the storage “0” twice"),
    Case(
      "the older form without its storage", Make.legacy(Make.two, keys: []),
      refused: "it is damaged: its storage “0” is missing"),
    Case(
      "the older form of a version to come", Make.legacy(Make.two, version: 1002),
      refused: "it is a PyTorch checkpoint of an unknown version; save it again"),
    Case(
      "a pickle without tensors' magic", Make.pickle(Make.call(system, Make.tuple(Make.text("id")))),
      refused:
        "it is a Python pickle, which is not read; pickles can run code, and only PyTorch's checkpoints are read of them, without running any; convert it to .npy: in Python, numpy.save(\"matrix.npy\", array)"
    ),
    Case(
      "the oldest form", Array("sys_info".utf8) + [UInt8](repeating: 0, count: 600),
      refused:
        "it is a PyTorch checkpoint in its oldest form (a tar archive), which is not read; save it again with torch.save"
    ),
  ]
}
