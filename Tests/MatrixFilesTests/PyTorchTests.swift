import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("PyTorch checkpoints")
struct PyTorchTests {
  private typealias Make = PickleScript

  private func open(_ name: String) throws -> any MatrixFile { try MatrixFileOpener.open(Fixture.path(name)) }

  static let types: [(String, ElementType)] = [
    ("float64", .f64), ("float32", .f32), ("float16", .f16), ("bfloat16", .bf16), ("int64", .i64), ("int32", .i32),
    ("int16", .i16), ("int8", .i8), ("uint8", .u8), ("bool", .bool), ("uint16", .u16),
  ]

  @Test("every element type, in either form", arguments: ["torch-types.pt", "torch-legacy-types.pt"])
  func everyType(name: String) throws {
    let file = try open(name)
    let expected = Self.types.dropLast(name == "torch-types.pt" ? 0 : 1)
    #expect(file.tensors.map(\.name) == expected.map(\.0))
    for (tensor, type) in expected {
      let loaded = try Fixture.read(name, tensor: tensor)
      #expect(loaded.entry.type == type && loaded.entry.axes == [5, 3])
      var rows = Fixture.formula(5, 3, tensor.hasPrefix("uint") ? "u" : "f")
      if tensor == "bool" { rows = rows.map { $0.map { $0 > 0 ? 1 : 0 } } }
      #expect(Fixture.rows(loaded) == rows, "\(tensor)")
    }
  }

  private static func rows(_ count: Int, _ columns: Int, _ entry: (Int, Int) -> Int) -> [[Double]] {
    (0..<count).map { i in (0..<columns).map { j in Double(entry(i, j)) } }
  }

  @Test(
    "views: turned, in part, from later on, repeated, overlapping",
    arguments: ["torch-views.pt", "torch-legacy-views.pt"])
  func views(name: String) throws {
    func base(_ i: Int, _ j: Int) -> Int { (7 * i + 3 * j) % 11 - 4 }
    let expected: [(String, [[Double]])] = [
      ("plain", Self.rows(6, 8, base)), ("transposed", Self.rows(8, 6) { base($1, $0) }),
      ("part", Self.rows(2, 5) { base(1 + 2 * $0, 2 + $1) }), ("column", Self.rows(6, 1) { i, _ in base(i, 3) }),
      ("permuted", Self.rows(4, 6) { $1 / 3 * 12 + $1 % 3 * 4 + $0 }), ("expanded", Self.rows(4, 8) { base(0, $1) }),
      ("windows", Self.rows(7, 6) { 3 * $0 + $1 }), ("row", Self.rows(1, 5) { $1 }),
      ("late", Self.rows(3, 4) { 10 + 4 * $0 + $1 }), ("empty", []),
    ]
    #expect(try open(name).tensors.map(\.name) == expected.map(\.0))
    for (tensor, rows) in expected {
      #expect(Fixture.rows(try Fixture.read(name, tensor: tensor)) == rows, "\(tensor)")
    }
    let turned = try Fixture.read(name, tensor: "windows", options: ReadOptions(view: .fold([1])))
    #expect(Fixture.rows(turned) == Self.rows(6, 7) { 3 * $1 + $0 })
    let slice = try Fixture.read(name, tensor: "permuted", options: ReadOptions(view: .slice([nil, 1])))
    #expect(Fixture.rows(slice) == Self.rows(4, 3) { 12 + 4 * $1 + $0 })
  }

  @Test("names are paths of keys; tied weights are one tensor; what is no tensor is passed over")
  func training() throws {
    let file = try open("torch-training.pt")
    #expect(file.format == "pytorch")
    #expect(
      file.tensors.prefix(4).map(\.name) == [
        "model.encoder.weight", "model.encoder.bias", "model.inner.0.weight", "model.inner.0.bias",
      ])
    #expect(file.tensors[0].aliases == ["model.decoder.weight"])
    #expect(file.tensors.suffix(3).map(\.name) == ["parameter", "list.0", "list.1.1"])
    #expect(file.tensors.contains { $0.name == "optimizer.state.0.exp_avg_sq" && $0.axes == [5, 3] })
    let step = try #require(file.unreadable.first { $0.name == "optimizer.state.0.step" })
    #expect(step.reason == "“optimizer.state.0.step” is a single number, not a matrix" && step.type == "float32")
    #expect(Fixture.rows(try Fixture.read("torch-training.pt", tensor: "parameter")) == Fixture.formula(5, 3, "f"))
    let tied = try Fixture.read("torch-training.pt", tensor: "model.decoder.weight")
    #expect(Fixture.rows(tied) == Fixture.formula(5, 3, "f"))
    let filter = try Fixture.read("torch-training.pt", tensor: "model.inner.0.weight")
    #expect(Fixture.rows(filter) == Fixture.formula(4, 18, "f"))
  }

  @Test("a TorchScript program has the names of its state, and the constants it was frozen with")
  func scripts() throws {
    let file = try open("torch-script.pt")
    #expect(
      file.tensors.map(\.name) == [
        "encoder.weight", "encoder.bias", "inner.0.weight", "inner.0.bias", "inner.1.weight", "inner.1.bias",
        "inner.1.running_mean", "inner.1.running_var", "decoder.bias",
      ])
    #expect(file.tensors[0].aliases == ["decoder.weight"])
    #expect(Fixture.rows(try Fixture.read("torch-script.pt", tensor: "encoder.weight")) == Fixture.formula(5, 3, "f"))
    #expect(try open("torch-frozen.pt").tensors.map(\.name) == ["CONSTANTS.c0"])
  }

  @Test("a module that was saved whole has the names of its state, and its code is not run")
  func module() throws {
    let file = try open("torch-legacy-module.pt")
    #expect(file.format == "pytorch-legacy")
    #expect(file.tensors.map(\.name) == ["weight", "mean", "inner.weight", "inner.mean"])
    #expect(file.tensors.map(\.aliases) == [[], [], ["again.weight"], ["again.mean"]])
    #expect(
      Fixture.rows(try Fixture.read("torch-legacy-module.pt", tensor: "again.mean")) == Fixture.formula(3, 2, "f"))
  }

  @Test(
    "a single tensor has no name, whoever packed it",
    arguments: [
      "torch-single.pt", "torch-protocol4.pt", "torch-deflated.pt", "torch-no-crc.pt", "torch-legacy-single.pt",
    ])
  func single(name: String) throws {
    #expect(try open(name).tensors.map(\.name) == [nil])
    #expect(Fixture.rows(try Fixture.read(name)) == Fixture.formula(5, 3, "f"))
  }

  @Test("what is no matrix of real numbers is listed with its reason")
  func odd() throws {
    let file = try open("torch-odd.pt")
    #expect(file.tensors.map(\.name) == ["plain"])
    #expect(file.unreadable[1].type == "qint8" && file.unreadable[1].axes == [5, 3])
    #expect(
      file.unreadable.map(\.reason) == [
        "“complex” holds complex numbers; save its real part, or abs(x)",
        "“quantised” is quantised, and its scales lie beside it; save x.dequantize()",
        "“sparse” is sparse; save x.to_dense()", "“meta” has no elements: it was on the “meta” device",
        "“scalar” is a single number, not a matrix",
        "“negative” is stored as the negative of its values; save x.resolve_neg()",
      ])
  }

  @Test("a flipped bit does not pass the checksum; a view of a part is not checked")
  func checksum() throws {
    var bytes = try Fixture.bytes("torch-single.pt")
    let entry = try #require(
      try ZipArchive(SpooledBytes(name: "test", bytes)).entries.first { $0.name.hasSuffix("/data/0") })
    bytes[entry.dataOffset] ^= 1
    #expect(throws: FileError.invalid("test", reason: "it is damaged: its checksum does not match")) {
      try Fixture.read(bytes)
    }
  }

  @Test("both byte orders, and archives that were packed")
  func byteOrder() throws {
    let swapped = [0x40, 0x80, 0, 0, 0x40, 0xA0, 0, 0] as [UInt8]
    #expect(
      Fixture.rows(try Fixture.read(Make.checkpoint(Make.two, storages: [("0", swapped)], byteOrder: "big"))) == [
        [4, 5]
      ])
    #expect(
      Fixture.rows(try Fixture.read(Make.checkpoint(Make.two, byteOrder: "little", isDeflated: true))) == [[4, 5]])
  }

  @Test("a call is never made")
  func harmless() throws {
    let path = Scratch.path("called")
    let call = Make.call(Make.global("os", "system"), Make.tuple(Make.text("touch \(path)")))
    let bytes = Make.checkpoint(Make.dictionary(("a", call), ("w", Make.two)))
    #expect(Fixture.rows(try Fixture.read(bytes, tensor: "w")) == [[4, 5]])
    #expect(access(path, F_OK) != 0)
  }

  @Test("what is shared a billion times over ends soon, and what contains itself ends")
  func sharing() throws {
    // Each list holds the one before it twice.
    var laughs = Make.kept(0, Make.two)
    for place in 1...60 as ClosedRange<UInt8> {
      laughs = Make.kept(place, [0x5D, 0x28] + laughs + Make.recalled(place - 1) + [0x65])
    }
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", Make.checkpoint(laughs)))
    #expect(file.tensors.count == 1)

    let circle =
      Make.kept(0, [0x7D]) + [0x28] + Make.text("self") + Make.recalled(0) + Make.text("w") + Make.two + [0x75]
    let round = try MatrixFileOpener.open(SpooledBytes(name: "test", Make.checkpoint(circle)))
    #expect(round.tensors.map(\.name) == ["w"] && round.tensors[0].aliases.isEmpty)
  }

  @Test("names that are left out for being too many are counted and told")
  func repeated() throws {
    // Thirty-two names of 2001 values each are within the limit, the last seven of forty are not.
    let shared = Make.dictionary([("w", Make.two)] + (0..<999).map { ("n\($0)", Make.none) })
    let first = ("a0", Make.kept(0, shared))
    let body = Make.dictionary([first] + (1..<40).map { ("a\($0)", Make.recalled(0)) })
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", Make.checkpoint(body)))
    #expect(file.tensors.map(\.name) == ["a0.w"] && file.tensors[0].aliases == (1...32).map { "a\($0).w" })
    #expect(
      file.notes == [
        "7 objects shared so often that some other names of their tensors are not listed; save the model’s state_dict() to "
          + "have all"
      ])
  }

  @Test("hundreds of thousands of lists within each other are let go again")
  func deep() {
    let depth = 400_000
    let code = [UInt8](repeating: 0x5D, count: depth) + [UInt8](repeating: 0x61, count: depth - 1)
    #expect(Fixture.refusal(Make.checkpoint(code))?.contains("nest more than 128 deep") == true)
  }

  @Test("one element that stands for more than memory holds is listed and not read")
  func expanded() throws {
    let body = Make.tensor(Make.storage(count: 2), [1 << 30, 1 << 26], [0, 0])
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", Make.checkpoint(body)))
    #expect(file.tensors.map(\.axes) == [[1 << 30, 1 << 26]])
    #expect {
      try file.read(file.tensors[0], control: WorkControl())
    } throws: {
      guard case .tooLarge(_, let reason) = $0 as? FileError else { return false }
      return reason.hasPrefix("67108864 × 1073741824 needs 288 PB of memory as f32")
    }
  }

  @Test("bytes after the last storage of the older form are told")
  func trailing() throws {
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", Make.legacy(Make.two) + [1, 2, 3]))
    #expect(file.notes == ["3 bytes follow its last storage and are not read"])
    #expect(try MatrixFileOpener.open(SpooledBytes(name: "test", Make.legacy(Make.two))).notes.isEmpty)
  }

  @Test("reading stops when told", arguments: ["torch-views.pt", "torch-legacy-views.pt"])
  func cancelled(name: String) throws {
    let file = try open(name)
    let token = CancellationToken()
    token.cancel()
    for entry in file.tensors where entry.parameters > 0 {
      #expect(throws: FileError.cancelled) { try file.read(entry, control: WorkControl(token: token)) }
    }
  }
}
