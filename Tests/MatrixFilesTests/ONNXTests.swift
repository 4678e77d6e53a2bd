import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("ONNX models")
struct ONNXTests {
  static let typeNames = ["f32", "f64", "f16", "bf16", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"]

  @Test("every type, as raw bytes and as typed numbers", arguments: typeNames, ["raw", "typed"])
  func types(type: String, form: String) throws {
    let loaded = try Fixture.read(form + ".onnx", tensor: "\(form).\(type)")
    #expect(Fixture.rows(loaded) == Fixture.formula(5, 3, type.hasPrefix("u") ? "u" : "f"))
    #expect(loaded.entry.type.rawValue == type && loaded.entry.axes == [5, 3] && loaded.notes.isEmpty)
  }

  @Test("a convolution folds, and a single number is no matrix")
  func axes() throws {
    let loaded = try Fixture.read("raw.onnx", tensor: "conv")
    #expect(loaded.entry.axes == [3, 2, 2, 2] && Fixture.rows(loaded) == Fixture.formula(3, 8, "f"))
    let file = try MatrixFileOpener.open(Fixture.path("raw.onnx"))
    #expect(file.format == "onnx" && file.metadata["producer_name"] == "make-onnx")
    #expect(file.unreadable.map(\.reason) == ["“scalar” is a single number, not a matrix"])
  }

  @Test("constants have the names of their outputs, in subgraphs and functions too")
  func constants() throws {
    let file = try MatrixFileOpener.open(Fixture.path("constants.onnx"))
    let names = ["top.weight", "else.weight", "then.weight", "loop.weight", "function.weight"]
    #expect(Set(file.tensors.compactMap(\.name)) == Set(names) && file.tensors.count == 5)
    for name in names {
      #expect(Fixture.rows(try Fixture.read("constants.onnx", tensor: name)) == Fixture.formula(5, 3, "f"))
    }
  }

  @Test("names of branches and functions are their own: the model's come first, whatever stands before")
  func scopes() throws {
    func weight(_ values: Float...) -> [UInt8] {
      Model.initializer(
        Model.tensor(axes: 1, values.count),
        Protobuf.field(9, values.flatMap { HostileBytes.little(Int($0.bitPattern), 4) }))
    }
    func branch(_ name: String, _ graph: [UInt8]) -> [UInt8] {
      Protobuf.field(5, Protobuf.field(1, name) + Protobuf.field(6, graph))
    }
    let choice = Protobuf.field(
      1,
      Protobuf.field(2, "out") + Protobuf.field(3, "If_3") + Protobuf.field(4, "If")
        + branch("then_branch", weight(1)) + branch("else_branch", weight(2)))
    let value = Protobuf.field(5, Model.tensor("v", axes: 1, 1) + Model.raw(4))
    let node = Protobuf.field(2, "w") + Protobuf.field(4, "Constant") + Protobuf.field(5, value)
    let function = Protobuf.field(25, Protobuf.field(1, "Gelu") + Protobuf.field(7, node))
    let bytes = Model.model(choice, choice, weight(3)) + function
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", bytes))
    let expected: [(String, Double)] = [
      ("If_3.then_branch: w", 1), ("If_3.else_branch: w", 2), ("If_3.then_branch: w (2)", 1),
      ("If_3.else_branch: w (2)", 2), ("w", 3), ("Gelu: w", 4),
    ]
    #expect(file.tensors.map(\.name) == expected.map(\.0))
    for (name, value) in expected { #expect(Fixture.rows(try Fixture.read(bytes, tensor: name)) == [[value]]) }
  }

  @Test("data in a file beside the model, from its start and from an offset")
  func external() throws {
    let expected = Fixture.formula(5, 3, "f")
    #expect(Fixture.rows(try Fixture.read("external.onnx", tensor: "first")) == expected)
    #expect(
      Fixture.rows(try Fixture.read("external.onnx", tensor: "second")) == expected.map { row in row.map { 2 * $0 } })
    // The same bytes where no such file is beside them.
    let file = try MatrixFileOpener.open(SpooledBytes(name: "/nowhere/test", try Fixture.bytes("external.onnx")))
    #expect(file.tensors.isEmpty)
    #expect(
      file.unreadable.map(\.reason)
        == ["first", "second"].map {
          "“\($0)” is in another file: cannot open /nowhere/external.onnx.data: No such file or directory"
        })
  }

  @Test("types that are not read are listed with their axes and bytes")
  func unread() throws {
    let file = try MatrixFileOpener.open(Fixture.path("narrow.onnx"))
    #expect(file.tensors.map(\.type) == [.f8_e4m3, .f8_e4m3fnuz, .f8_e5m2, .f8_e5m2fnuz, .f32])
    #expect(file.unreadable.map(\.type) == ["INT4", "UINT4", "STRING"])
    #expect(file.unreadable.map(\.axes) == [[5, 3], [5, 3], [2]])
    #expect(file.unreadable.map(\.bytes) == [8, 8, nil])
    #expect(throws: FileError.invalid(file.source, reason: "“int4” is of type INT4, which is not read; save it as f32"))
    {
      try file.tensor(named: "int4")
    }
  }

  @Test(
    "floats of eight bits are decoded, or refused by their type",
    arguments: [ElementType.f8_e4m3, .f8_e4m3fnuz, .f8_e5m2, .f8_e5m2fnuz])
  func narrow(type: ElementType) throws {
    if ElementDecoderCatalog.decoder(for: type) != nil {
      #expect(Fixture.rows(try Fixture.read("narrow.onnx", tensor: type.rawValue)) == Fixture.formula(5, 3, "f"))
    } else {
      let sentence = "“\(type.rawValue)” is of type \(type.rawValue), which is not decoded; save it as f32"
      #expect(throws: FileError.invalid(Fixture.path("narrow.onnx"), reason: sentence)) {
        try Fixture.read("narrow.onnx", tensor: type.rawValue)
      }
    }
  }

  @Test("numbers one by one, in several pieces, and negative ones in ten bytes")
  func numbers() throws {
    func read(_ fields: [UInt8]...) throws -> [[Double]] {
      Fixture.rows(try Fixture.read(Model.model(Model.initializer(fields.flatMap { $0 }))))
    }
    let packed = Protobuf.field(4, HostileBytes.little(Int(Float(3).bitPattern), 4))
    #expect(
      try read(Model.tensor(axes: 1, 3), Protobuf.field(4, 1 as Float), Protobuf.field(4, 2 as Float), packed) == [
        [1, 2, 3]
      ])
    #expect(try read(Model.tensor(type: 11, axes: 1, 1), Protobuf.field(10, -0.5)) == [[-0.5]])
    #expect(
      try read(Model.tensor(type: 3, axes: 1, 2), Protobuf.field(5, -128), Protobuf.field(5, Protobuf.varint(127))) == [
        [-128, 127]
      ])
    // An axis a field, as writers of proto2 have it.
    #expect(try read(Protobuf.field(1, 2), Protobuf.field(1, 1), Protobuf.field(2, 1), Model.raw(4, 5)) == [[4], [5]])
  }

  @Test("no other fixture is taken for a model, and every model is")
  func recognition() throws {
    for name in Scratch.names(Fixture.directory) where name.contains(".") {
      let source = try openSource(Fixture.path(name), control: WorkControl())
      let prefix = try source.bytes(at: 0, count: 4096)
      #expect(ONNXFormat().recognises(prefix) == name.hasSuffix(".onnx"), "\(name)")
    }
    let description = Protobuf.field(1, 8) + Protobuf.field(6, String(repeating: "long ", count: 2000))
    #expect(ONNXFormat().recognises(Array(description[..<4096])))
    #expect(!ONNXFormat().recognises([8, 8, 8, 8, 8, 8]) && !ONNXFormat().recognises([8, 7, 0x3A, 2, 0, 0]))
  }
}
