@testable import MatrixFiles

/// ONNX models that lie.
enum HostileONNX {
  private static func refused(_ what: String, _ bytes: [UInt8], _ words: String, tensor: String? = nil) -> HostileModel
  {
    HostileModel("onnx", what, bytes, refused: words, tensor: tensor)
  }

  private static func read(
    _ what: String, _ bytes: [UInt8], _ values: [[Double]] = [[1, 2]], tensor: String? = nil
  ) -> HostileModel { HostileModel("onnx", what, bytes, values: values, tensor: tensor) }

  /// A model of one initializer with `fields`.
  private static func one(_ fields: [UInt8]...) -> [UInt8] { Model.model(Model.initializer(fields.flatMap { $0 })) }

  private static let start = Protobuf.field(1, 8) + Protobuf.field(2, "test")
  private static let plain = Model.initializer(Model.tensor(axes: 1, 2), Model.raw(1, 2))

  /// `depth` If nodes, each in the branch of the one before, around `inner`.
  private static func nested(_ depth: Int, _ inner: [UInt8]) -> [UInt8] {
    (0..<depth).reduce(inner) { graph, _ in Model.node("If", Protobuf.field(6, graph)) }
  }

  static let all = wire + shapes + numbers + others

  static let wire = [
    read("a plain model", Model.model(plain)),
    read("a plain model in gzip", HostileBytes.deflated(Model.model(plain), windowBits: 31)),
    read("unknown fields", start + Protobuf.field(7, plain + Protobuf.field(99, "x") + Protobuf.field(98, 7))),
    read("a graph in two pieces", start + Protobuf.field(7, Protobuf.field(2, "g")) + Protobuf.field(7, plain)),
    refused("a graph longer than the file", start + Protobuf.field(7, plain, claiming: 5000), "a field of 5000 bytes"),
    refused(
      "a graph of 2^63 bytes", start + Protobuf.field(7, plain, claiming: 1 << 63), "no known format"),
    refused(
      "a graph of 2^64 − 1 bytes", start + Protobuf.field(7, plain, claiming: .max), "no known format"),
    refused(
      "a tensor longer than its graph", Model.model(Protobuf.field(5, Model.tensor(axes: 1, 2), claiming: 400)),
      "a field of 400 bytes"),
    refused(
      "data longer than their tensor", one(Model.tensor(axes: 1, 2), Protobuf.field(9, [0], claiming: 8)),
      "a field of 8 bytes"),
    refused("a number of eleven bytes", one([0x10] + [UInt8](repeating: 0xFF, count: 10) + [1]), "more than ten bytes"),
    refused("a number cut short", Model.model(plain) + [0x10, 0x80], "a number cut short"),
    refused("a group", Model.model(plain) + [0x4B], "a group"),
    refused("the end of a group", Model.model(plain) + [0x4C], "a group"),
    refused("wire type 7", Model.model(plain) + [0x4F], "wire type 7"),
    refused("field 0", Model.model(plain) + [0x00, 0x00], "a field without a number"),
    refused("a key of 2^64", Model.model(plain) + Protobuf.varint(.max), "a field without a number"),
    refused("cut within its data", Array(Model.model(plain).dropLast(20)), "a field of"),
    refused("a float cut short", one(Model.tensor(axes: 1, 1), [0x25, 0, 0]), "cut short"),
    read("sixty subgraphs", Model.model(nested(60, plain))),
    refused("sixty-four subgraphs", Model.model(nested(64, plain)), "nested more than 64 deep"),
    refused("a thousand subgraphs", Model.model(nested(1000, plain)), "nested more than 64 deep"),
    refused("no weights", Model.model(Protobuf.field(2, "empty")), "without weights"),
  ]

  static let shapes = [
    refused("a negative axis", one(Model.tensor(axes: -1, 2), Model.raw(1, 2)), "a negative axis"),
    refused(
      "a shape whose product overflows", one(Model.tensor(axes: 1 << 62, 4), Model.raw(1)), "no memory could hold"),
    refused("bytes that overflow", one(Model.tensor(axes: 1 << 30, 1 << 31, 1), Model.raw(1)), "no memory could hold"),
    refused("an empty axis hides huge ones", one(Model.tensor(axes: 0, 1 << 62, 1 << 62)), "no memory could hold"),
    refused("an axis of 2^31", one(Model.tensor(axes: 0, 1 << 31)), "no memory could hold"),
    refused(
      "more entries than bytes", one(Model.tensor(axes: 3, 3), Model.raw(1, 2)), "claims 36 bytes of entries and has 8"),
    refused(
      "fewer entries than bytes", one(Model.tensor(axes: 1, 1), Model.raw(1, 2)), "claims 4 bytes of entries and has 8"),
    refused("no data", one(Model.tensor(axes: 1, 2)), "claims 8 bytes of entries and has 0"),
    refused("2^31 − 1 rows without data", one(Model.tensor(axes: (1 << 31) - 1, 1)), "and has 0"),
    refused(
      "sixty-five axes", one((0..<65).flatMap { _ in Protobuf.field(1, 1) } + Model.tensor(axes: 2), Model.raw(1, 2)),
      "more than 64 axes"),
    refused("no axis", one(Model.tensor(), Model.raw(1)), "is a single number"),
    refused("a cut number in packed axes", one(Protobuf.field(1, [0x80]), Model.raw(1)), "a number cut short"),
    read("no rows", one(Model.tensor(axes: 0, 4)), []),
  ]

  static let numbers = [
    refused(
      "fewer numbers than entries", one(Model.tensor(axes: 1, 2), Protobuf.field(4, 1 as Float)),
      "claims 2 numbers and has 1"),
    refused("numbers of another type", one(Model.tensor(axes: 1, 1), Protobuf.field(7, 1)), "a field for another type"),
    refused("data twice", one(Model.tensor(axes: 1, 1), Protobuf.field(4, 1 as Float), Model.raw(1)), "its data twice"),
    refused(
      "numbers of two types", one(Model.tensor(axes: 1, 1), Protobuf.field(4, 1 as Float), Protobuf.field(10, 1.0)),
      "its data twice"),
    refused(
      "a double among floats", one(Model.tensor(axes: 1, 1), Protobuf.field(4, 1.0)), "numbers of the wrong width"),
    refused(
      "packed floats cut short", one(Model.tensor(axes: 1, 1), Protobuf.field(4, [0, 0, 0])), "a number cut short"),
    refused(
      "a byte of 300", one(Model.tensor(type: 2, axes: 1, 1), Protobuf.field(5, 300)),
      "the number 300, which 8 bits cannot hold"),
    refused("a byte of −129", one(Model.tensor(type: 3, axes: 1, 1), Protobuf.field(5, -129)), "the number -129"),
    refused(
      "a half of 2^40", one(Model.tensor(type: 10, axes: 1, 1), Protobuf.field(5, 1 << 40)), "the number 1099511627776"),
    refused(
      "a packed number cut short", one(Model.tensor(type: 7, axes: 1, 1), Protobuf.field(7, [0x80])),
      "claims 8 bytes of entries and has 0"),
    refused(
      "a packed number of eleven bytes",
      one(Model.tensor(type: 7, axes: 1, 1), Protobuf.field(7, [UInt8](repeating: 0x80, count: 10) + [1])),
      "more than ten bytes"),
    read(
      "a half as a number",
      one(Model.tensor(type: 10, axes: 1, 2), Protobuf.field(5, 0x3C00), Protobuf.field(5, 0x4000))),
    read("empty fields beside the data", one(Model.tensor(axes: 1, 2), Protobuf.field(4, [UInt8]()), Model.raw(1, 2))),
    refused("a number that is none", one(Model.tensor(axes: 1, 1), Model.raw(.nan)), "NaN or infinite"),
  ]

  static let others = [
    refused("type 0", one(Model.tensor(type: 0, axes: 1, 1)), "the unknown element type 0"),
    refused("type −1", one(Model.tensor(type: -1, axes: 1, 1)), "the unknown element type -1"),
    refused("type 2^40", one(Model.tensor(type: 1 << 40, axes: 1, 1)), "the unknown element type 1099511627776"),
    refused("texts", one(Model.tensor(type: 8, axes: 1, 1)), "STRING"),
    refused("complex numbers", one(Model.tensor(type: 14, axes: 1, 1)), "COMPLEX64"),
    refused("four bits", one(Model.tensor(type: 22, axes: 1, 2), Protobuf.field(9, [0x21])), "INT4"),
    refused("two tensors of one name", Model.model(plain, plain), "two tensors called “w”"),
    refused(
      "two tensors of one name in a branch", Model.model(Model.node("If", Protobuf.field(6, plain + plain))),
      "two tensors called “w”"),
    refused("a command for a name", one(Model.tensor("\u{1B}[2J", axes: 1, 3), Model.raw(1)), "“\\u{1b}[2J”"),
    read(
      "a name that is no UTF-8",
      one(Protobuf.field(1, [1, 2]), Protobuf.field(2, 1), Protobuf.field(8, [0xFF]), Model.raw(1, 2))),
    read("a tensor without a name", one(Model.tensor("", axes: 1, 2), Model.raw(1, 2)), tensor: ""),
    read(
      "a constant", Model.model(Model.node("Constant", Protobuf.field(5, Model.tensor(axes: 1, 2) + Model.raw(1, 2)))),
      tensor: "y"),
    refused(
      "a tensor of another node", Model.model(Model.node("Scale", Protobuf.field(5, Model.tensor(axes: 1, 2)))),
      "without weights"),
    refused(
      "sparse data", Model.model(Protobuf.field(15, Protobuf.field(1, Model.tensor(axes: 2)))), "stored sparse",
      tensor: "w"),
    refused(
      "another file without a name", one(Model.tensor(axes: 1, 2), Protobuf.field(14, 1)),
      "in another file that is not named"),
    refused(
      "data here and elsewhere", one(Model.tensor(axes: 1, 2), Model.raw(1, 2), Model.external(("location", "x"))),
      "here and in another file"),
  ]
}
