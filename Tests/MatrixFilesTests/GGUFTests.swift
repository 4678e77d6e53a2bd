import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("GGUF models")
struct GGUFTests {
  private func open(_ builder: GGUFBuilder) throws -> any MatrixFile {
    try MatrixFileOpener.open(SpooledBytes(name: "model.gguf", builder.bytes))
  }

  @Test("what gguf's writer wrote: tensors with their axes outermost first, keys as text")
  func fixture() throws {
    let file = try MatrixFileOpener.open(Fixture.path("blocks.gguf"))
    #expect(file.format == "gguf" && file.notes.isEmpty)
    #expect(file.tensors.count == 16)
    #expect(try file.tensor(named: "cube").axes == [2, 3, 4])
    #expect(try file.tensor(named: "cube").type == .i32)
    #expect(try file.tensor(named: "q4_0").axes == [2, 64])
    #expect(try file.tensor(named: "q6_k").axes == [1, 512])
    #expect(
      file.metadata == [
        "general.architecture": "test", "test.long": "text of 500 bytes", "test.flag": "true", "test.third": "0.25",
        "test.low": "-1099511627776", "test.tokens": "array of 4", "test.scores": "array of 2",
      ])
    let half: [[Double]] = [[-2.5, -1.5, -0.5], [0.5, 1.5, 2.5]]
    #expect(Fixture.rows(try Fixture.read("blocks.gguf", tensor: "plain")) == half)
    #expect(Fixture.rows(try Fixture.read("blocks.gguf", tensor: "half")) == half)
    let cube = try Fixture.read("blocks.gguf", tensor: "cube")
    #expect(Fixture.rows(cube) == [(0..<12).map(Double.init), (12..<24).map(Double.init)])
    #expect(cube.notes == ["axes 2 × 3 × 4 folded to 2 × 12"])
  }

  @Test("a type that is not decoded is listed with what to do")
  func listed() throws {
    let file = try MatrixFileOpener.open(Fixture.path("blocks.gguf"))
    let reason =
      "“iq2_xxs” is stored as IQ2_XXS, which is not decoded; convert the model to F16 with llama-quantize or gguf-py"
    #expect(
      file.unreadable == [
        UnreadableTensor(name: "iq2_xxs", reason: reason, type: "IQ2_XXS", axes: [1, 512], bytes: 132)
      ])
    #expect(throws: FileError.invalid(file.source, reason: reason)) { try file.tensor(named: "iq2_xxs") }
  }

  @Test("removed and unknown types are listed, and what follows them is read")
  func unknown() throws {
    var builder = GGUFBuilder()
    builder.tensors = [
      .init("old", [32], type: 4, data: [UInt8](repeating: 1, count: 20)),
      .init("new", [32], type: 99, data: [UInt8](repeating: 1, count: 40)),
      .init("scalar", [], [1]), .init("w", [1, 2], [3, 4]),
    ]
    let file = try open(builder)
    #expect(file.tensors.map(\.name) == ["w"])
    #expect(file.unreadable.map(\.type) == ["Q4_2", "type 99", "F32"])
    #expect(file.unreadable.map(\.bytes) == [nil, nil, 4])
    #expect(file.unreadable[0].reason.contains("which GGUF no longer has"))
    #expect(file.unreadable[2].reason == "“scalar” is a single number, not a matrix")
    #expect(Fixture.rows(try file.read(file.tensor(named: nil), control: WorkControl())) == [[3], [4]])
  }

  @Test("the plain types", arguments: [(28, 8), (24, 1), (25, 2), (26, 4), (27, 8), (1, 2), (30, 2), (0, 4)])
  func plainTypes(type: Int, size: Int) throws {
    let values = [-3.0, 1, 2, 5]
    for isBigEndian in [false, true] {
      var builder = GGUFBuilder(isBigEndian: isBigEndian)
      let data = values.flatMap { value -> [UInt8] in
        let bits: Int =
          switch type {
          case 28: Int(bitPattern: UInt(value.bitPattern))
          case 0: Int(Float(value).bitPattern)
          case 30: Int(Float(value).bitPattern >> 16)
          case 1: [-3: 0xC200, 1: 0x3C00, 2: 0x4000, 5: 0x4500][Int(value)] ?? 0
          default: Int(value)
          }
        return builder.number(bits, size)
      }
      builder.tensors = [.init("w", [2, 2], type: type, data: data)]
      let file = try open(builder)
      #expect(Fixture.rows(try file.read(file.tensors[0], control: WorkControl())) == [[-3, 1], [2, 5]])
    }
  }

  @Test("big-endian blocks are listed")
  func bigEndianBlocks() throws {
    var builder = GGUFBuilder(isBigEndian: true)
    builder.values = [
      ("a.b", 4, builder.number(7, 4)), ("c", 9, builder.number(8, 4) + builder.number(1, 8) + builder.string("xy")),
    ]
    builder.tensors = [.init("w", [32], type: 2, data: [UInt8](repeating: 1, count: 18))]
    let file = try open(builder)
    #expect(file.tensors.isEmpty && file.metadata == ["a.b": "7", "c": "array of 1"])
    #expect(file.unreadable[0].reason.contains("gguf_convert_endian"))
  }

  @Test("version 2, an alignment of its own, an empty tensor, and data that end without padding")
  func variants() throws {
    var builder = GGUFBuilder(version: 2, alignment: 64)
    builder.values = [("general.alignment", 4, HostileBytes.little(64, 4))]
    builder.tensors = [.init("a", [3], [1, 2, 3]), .init("none", [0, 4], []), .init("b", [2, 1], [4, 5])]
    var bytes = builder.bytes
    bytes.removeLast(56)
    #expect(Fixture.rows(try Fixture.read(bytes, tensor: "b")) == [[4, 5]])
    #expect(Fixture.rows(try Fixture.read(bytes, tensor: "a")) == [[1], [2], [3]])
    #expect(Fixture.refusal(Array(bytes.dropLast()))?.contains("“b” ends beyond") == true)
  }

  @Test("strings longer than the window, and arrays that cross it, are passed over")
  func windows() throws {
    let long = String(repeating: "x", count: 1_000_000)
    var builder = GGUFBuilder.small()
    let tokens = (0..<60_000).flatMap { builder.string("t\($0)") } + builder.string(long) + builder.string("end")
    builder.values = [
      ("long", 8, builder.string(long)),
      ("tokens", 9, HostileBytes.little(8, 4) + HostileBytes.little(60_002, 8) + tokens),
      (
        "scores", 9, HostileBytes.little(6, 4) + HostileBytes.little(200_000, 8) + [UInt8](repeating: 0, count: 800_000)
      ),
      ("last", 0, [9]),
    ]
    let file = try open(builder)
    #expect(
      file.metadata == [
        "long": "text of 1000000 bytes", "tokens": "array of 60002", "scores": "array of 200000", "last": "9",
      ])
    #expect(Fixture.rows(try file.read(file.tensors[0], control: WorkControl())) == [[1, 2, 3], [4, 5, 6]])
  }

  @Test("a file that is cut anywhere is refused with a sentence")
  func cut() throws {
    let bytes = GGUFBuilder.small(
      ("text", 8, GGUFBuilder().string("abc")),
      (
        "tokens", 9,
        HostileBytes.little(8, 4) + HostileBytes.little(2, 8)
          + GGUFBuilder().string("a") + GGUFBuilder().string("b")
      )
    ).bytes
    let end = bytes.count - 8
    #expect(Fixture.refusal(Array(bytes[..<end])) == nil)
    for count in 4..<end {
      let refusal = try #require(Fixture.refusal(Array(bytes[..<count])))
      #expect(refusal.contains("copy or download it again") && !refusal.contains("\n"))
    }
  }

  @Test("every single byte that is changed is refused or read, and nothing worse")
  func mutations() throws {
    let bytes = GGUFBuilder.small(("text", 8, GGUFBuilder().string("abc")), ("n", 5, [1, 0, 0, 0])).bytes
    var refused = 0
    for index in 4..<bytes.count - 32 {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var changed = bytes
        changed[index] ^= change
        if let refusal = Fixture.refusal(changed) {
          refused += 1
          #expect(!refusal.contains("\n") && refusal.count < 500)
        }
      }
    }
    #expect(refused > 100)
  }
}
