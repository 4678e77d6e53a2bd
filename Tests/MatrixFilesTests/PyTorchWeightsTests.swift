import LinearAlgebra
import ModelTensors
import Testing

@testable import MatrixFiles

@Suite("Weights in PyTorch checkpoints and NumPy archives")
struct PyTorchWeightsTests {
  private typealias Make = PickleScript

  private static let adapter = Make.dictionary(
    ("lora_unet_a.alpha", Make.tensor(Make.storage(key: "1", count: 2), offset: 1, [], [])),
    ("lora_unet_a.lora_down.weight", Make.two),
    ("lora_unet_a.lora_up.weight", Make.tensor(Make.storage(count: 2), [2, 1], [1, 1]))
  )

  @Test("the alpha of an adapter is a tensor without axes, in either form")
  func adapters() throws {
    let numbers = Make.floats([7, 3])
    for bytes in [
      Make.checkpoint(Self.adapter, storages: [("0", Make.bytes), ("1", numbers)]),
      Make.checkpoint(Self.adapter, storages: [("0", Make.bytes), ("1", numbers)], isDeflated: true),
      Make.legacy(
        Self.adapter, keys: ["0", "1"],
        storages: HostileBytes.little(2, 8) + Make.bytes + HostileBytes.little(2, 8) + numbers),
    ] {
      let model = ModelFile(try MatrixFileOpener.open(SpooledBytes(name: "test", bytes)))
      #expect(model.tensors.map(\.name) == ["lora_unet_a"] && model.unreadable.isEmpty)
      // s·B·A with s = 3 and B = (4, 5)ᵀ, A = (4, 5).
      #expect(Fixture.rows(try model.read("lora_unet_a")) == [[48, 60], [60, 75]])
    }
  }

  @Test("a single number is read by its name, and nothing else is one")
  func numbers() throws {
    let file = try MatrixFileOpener.open(Fixture.path("torch-odd.pt"))
    #expect(try file.number(named: "scalar", control: WorkControl()) == 7.5)
    for name in ["plain", "complex", "meta", "none"] {
      #expect(try file.number(named: name, control: WorkControl()) == nil)
    }
    let broken = Make.dictionary(("s", Make.tensor(Make.storage(key: "9", count: 1), [], [])), ("w", Make.two))
    let other = try MatrixFileOpener.open(SpooledBytes(name: "test", Make.checkpoint(broken)))
    #expect(try other.number(named: "s", control: WorkControl()) == nil)
    #expect(other.tensors.map(\.name) == ["w"])
  }

  @Test("integers beside their scales are no matrix of the weight, and the file is listed all the same")
  func packed() throws {
    let body = Make.dictionary(
      ("up.weight", Make.tensor(Make.storage("CharStorage", key: "1", count: 1), [8, 8], [0, 0])),
      ("up.SCB", Make.tensor(Make.storage(count: 2), [8], [0])))
    let file = try MatrixFileOpener.open(
      SpooledBytes(name: "test", Make.checkpoint(body, storages: [("0", Make.bytes), ("1", [7])])))
    #expect(file.tensors.isEmpty && file.unreadable.map(\.name) == ["up.weight", "up.SCB"])
    #expect(file.unreadable[0].type == "i8" && file.unreadable[0].reason.contains("bitsandbytes"))
    let sentence = "test: none of its 2 tensors can be read as a matrix; the first: \(file.unreadable[0].reason)"
    #expect(Fixture.refusal(Make.checkpoint(body, storages: [("0", Make.bytes), ("1", [7])])) == sentence)
  }

  @Test("so in an archive of NumPy arrays")
  func archives() throws {
    func array(_ description: String, _ axes: String, _ data: [UInt8]) -> [UInt8] {
      let header = Array("{'descr': '\(description)', 'fortran_order': False, 'shape': (\(axes)), }\n".utf8)
      return [0x93] + Array("NUMPY".utf8) + [1, 0] + HostileBytes.little(header.count, 2) + header + data
    }
    let bytes = HostileBytes.zip([
      .init(name: "x.weight.npy", data: array("|i1", "2,2", [1, 2, 3, 4])),
      .init(name: "x.weight_scale.npy", data: array("<f4", "1,", Make.floats([4]))),
      .init(name: "y.npy", data: array("<f4", "1,2", Make.bytes)),
    ])
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", bytes))
    #expect(file.tensors.map(\.name) == ["y"])
    #expect(Fixture.rows(try Fixture.read(bytes)) == [[4, 5]])
    #expect(file.unreadable.map(\.name) == ["x.weight", "x.weight_scale"])
    #expect(file.unreadable[0].reason.contains("quantised to integers"))
  }

  @Test(
    "floats of eight bits",
    arguments: [
      ("float8_e4m3fn", ElementType.f8_e4m3), ("float8_e5m2", .f8_e5m2), ("float8_e4m3fnuz", .f8_e4m3fnuz),
      ("float8_e5m2fnuz", .f8_e5m2fnuz),
    ])
  func eightBits(name: String, type: ElementType) throws {
    let loaded = try Fixture.read("torch-eight-bits.pt", tensor: name)
    #expect(loaded.entry.type == type && Fixture.rows(loaded) == Fixture.formula(5, 3, "f"))
  }
}
