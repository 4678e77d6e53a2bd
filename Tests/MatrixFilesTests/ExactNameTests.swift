import LinearAlgebra
import ModelTensors
import Testing

@testable import MatrixFiles

@Suite("Names that look the same and have other bytes")
struct ExactNameTests {
  /// "é" as one scalar, and as a letter with an accent after it: equal as strings.
  private static let names = ["caf\u{e9}", "cafe\u{301}"]

  @Test("they are different names")
  func differ() {
    let (one, other) = (Self.names[0], Self.names[1])
    #expect(one == other && !one.isExactly(other) && one.isExactly(one))
    #expect(ExactName(one) != ExactName(other) && Set(Self.names.map { ExactName($0) }).count == 2)
    // Marks in another order: the same number of bytes.
    #expect(!"a\u{301}\u{323}".isExactly("a\u{323}\u{301}"))
    var table = NameTable([(one, 1), (one, 2)])
    #expect(table[one] == 1 && table[other] == nil)
    #expect(table.updateValue(3, forName: other) == nil && table.updateValue(4, forName: other) == 3)
    #expect(table.all.count == 2 && table[one] == 1)
    #expect(
      TensorEntry(name: one, type: .f32, axes: [2]) != TensorEntry(name: other, type: .f32, axes: [2]))
  }

  /// Opens `bytes`, which hold a tensor of each name, and reads both by name.
  private func expectBoth(_ bytes: [UInt8], location: SourceLocation = #_sourceLocation) throws {
    let file = ModelFile(try SafetensorsBytes.open(bytes))
    #expect(file.tensors.count == 2 && file.unreadable.isEmpty, sourceLocation: location)
    for (index, name) in Self.names.enumerated() {
      let entry = try file.tensor(named: name)
      #expect(entry.name?.isExactly(name) == true, sourceLocation: location)
      let value = try file.read(entry, control: WorkControl()).matrix[0, 0]
      #expect(value == Double(index + 1), sourceLocation: location)
    }
    #expect(throws: FileError.self, sourceLocation: location) { try file.tensor(named: "caf") }
  }

  @Test("safetensors")
  func safetensors() throws {
    try expectBoth(
      SafetensorsBytes.file(
        Self.names.enumerated().map { SafetensorsBytes.Tensor($1, [1, 2], floats: [Float($0 + 1), 9]) }))
  }

  @Test("GGUF")
  func gguf() throws {
    try expectBoth(
      GGUFBuilder(tensors: Self.names.enumerated().map { .init($1, [2, 1], [Float($0 + 1), 9]) }).bytes)
  }

  @Test("ONNX")
  func onnx() throws {
    try expectBoth(
      Model.model(
        Model.initializer(Model.tensor(Self.names[0], axes: 1, 2), Model.raw(1, 9)),
        Model.initializer(Model.tensor(Self.names[1], axes: 1, 2), Model.raw(2, 9))))
  }

  @Test("PyTorch, either form, and NumPy's archives")
  func archives() throws {
    func tensor(_ key: String) -> [UInt8] {
      PickleScript.tensor(PickleScript.storage(key: key, count: 2), [1, 2], [2, 1])
    }
    let body = PickleScript.dictionary((Self.names[0], tensor("0")), (Self.names[1], tensor("1")))
    let values = [PickleScript.floats([1, 9]), PickleScript.floats([2, 9])]
    try expectBoth(PickleScript.checkpoint(body, storages: [("0", values[0]), ("1", values[1])]))
    try expectBoth(
      PickleScript.legacy(
        body, keys: ["0", "1"], storages: values.flatMap { HostileBytes.little(2, 8) + $0 }))
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let array = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
    try expectBoth(
      HostileBytes.zip(zip(Self.names, values).map { .init(name: $0 + ".npy", data: array + $1) }))
  }

  @Test("the parts of a checkpoint, by their index")
  func shards() throws {
    let directory = try ScratchDirectory("exact-names")
    for (index, name) in Self.names.enumerated() {
      try directory.add(
        "part\(index).safetensors", SafetensorsBytes.file([.init(name, [1, 2], floats: [Float(index + 1), 9])]))
    }
    let map = Self.names.enumerated().map { "\"\($1)\":\"part\($0).safetensors\"" }.joined(separator: ",")
    try directory.add("model.safetensors.index.json", text: "{\"weight_map\":{\(map)}}")
    let file = ModelFile(try MatrixFileOpener.open(directory.path + "/model.safetensors.index.json"))
    #expect(file.tensors.count == 2 && file.unreadable.isEmpty && file.notes == ["2 parts"])
    for (index, name) in Self.names.enumerated() {
      #expect(try file.read(name).matrix[0, 0] == Double(index + 1))
    }
  }
}
