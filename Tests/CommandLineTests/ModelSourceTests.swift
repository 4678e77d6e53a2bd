import LinearAlgebra
import MatrixFiles
import MatrixSources
import Testing

/// What a name that stands for several files is opened as.
@Suite("Models of several files")
struct ModelSourceTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The first entry of every tensor, by name.
  private func firsts(_ file: any MatrixFile) throws -> [String: Double] {
    var firsts: [String: Double] = [:]
    for entry in file.tensors {
      firsts[entry.name ?? ""] = try file.read(entry, control: WorkControl()).matrix[0, 0]
    }
    return firsts
  }

  private func part(_ number: Int) -> String { "model-0000\(number)-of-00002.safetensors" }

  private func writeParts() throws {
    try scratch.write(ModelBytes.safetensors(("a", [1, 2]), ("b", [3, 4])), to: part(1))
    try scratch.write(ModelBytes.safetensors(("c", [5, 6])), to: part(2))
  }

  @Test("a pattern of parts is the checkpoint that they are of; one of other files is a list")
  func pattern() throws {
    try writeParts()
    let whole = try SourceOpener.open(scratch.path("model-*.safetensors"))
    #expect(whole.format == "safetensors" && whole.source == scratch.path("model-*-of-00002.safetensors"))
    #expect(try firsts(whole) == ["a": 1, "b": 3, "c": 5])

    try scratch.write(Array("7,8\n".utf8), to: "x.csv")
    try scratch.write(Array("9,8\n".utf8), to: "y.csv")
    let list = try SourceOpener.open(scratch.path("[xy].csv"))
    #expect(list.format == "list")
    #expect(try firsts(list) == [scratch.path("x.csv"): 7, scratch.path("y.csv"): 9])
    #expect(throws: FileError.self) { try SourceOpener.open(scratch.path("z*.csv")) }
  }

  @Test("several parts by name are one checkpoint, in the order of their numbers")
  func names() throws {
    try writeParts()
    let whole = try SourceOpener.open(names: [scratch.path(part(2)), scratch.path(part(1))])
    #expect(whole.tensors.map(\.name) == ["a", "b", "c"] && whole.notes == ["2 parts"])
    let half = try SourceOpener.open(names: [scratch.path(part(1))])
    #expect(half.tensors.map(\.name) == ["a", "b"] && half.notes.count == 1)
  }

  @Test("a model's directory is its weights: by the index, by the parts alone, or by the usual name")
  func directories() throws {
    try writeParts()
    try scratch.write(Array("{}".utf8), to: "config.json")
    let parts = try SourceOpener.open(scratch.path(""))
    #expect(try firsts(parts) == ["a": 1, "b": 3, "c": 5])
    try scratch.write(
      ModelBytes.index(["c": part(2), "b": part(1), "a": part(1)]), to: "model.safetensors.index.json")
    let indexed = try SourceOpener.open(scratch.path(""))
    #expect(indexed.source.hasSuffix("model.safetensors.index.json") && indexed.tensors.count == 3)

    try scratch.makeDirectory("single")
    try scratch.write(ModelBytes.safetensors(("w", [2])), to: "single/model.safetensors")
    try scratch.write(ModelBytes.safetensors(("other", [2])), to: "single/training.safetensors")
    #expect(try SourceOpener.open(scratch.path("single")).format == "directory")
    try scratch.write(Array("{}".utf8), to: "single/config.json")
    #expect(try SourceOpener.open(scratch.path("single")).tensors.map(\.name) == ["w"])
  }

  @Test("a directory of a split GGUF model is the model, by whichever part comes first")
  func splitGGUF() throws {
    for number in 1...3 {
      let bytes = ModelBytes.gguf(("blk.\(number).weight", [Float(number), 0]), part: number - 1, of: 3)
      try scratch.write(bytes, to: "llama-0000\(number)-of-00003.gguf")
    }
    let file = try SourceOpener.open(scratch.path(""))
    #expect(file.format == "gguf" && file.unreadable.isEmpty)
    #expect(try firsts(file) == ["blk.1.weight": 1, "blk.2.weight": 2, "blk.3.weight": 3])
    // Another model beside it: a directory of files.
    try scratch.write(ModelBytes.gguf(("w", [1]), part: 0, of: 1), to: "other.gguf")
    #expect(try SourceOpener.open(scratch.path("")).format == "directory")
  }

  @Test("several directories are one list: each what it is alone, its tensors under its name")
  func severalDirectories() throws {
    try scratch.makeDirectory("one")
    try scratch.write(ModelBytes.safetensors(("w", [2, 1]), ("v", [3, 1])), to: "one/model.safetensors")
    try scratch.write(Array("{}".utf8), to: "one/config.json")
    try scratch.makeDirectory("two")
    try scratch.write(Array("4,5\n6,7\n".utf8), to: "two/x.csv")
    try scratch.write(Array("8,5\n6,7\n".utf8), to: "two/y.csv")
    let (one, two) = (scratch.path("one"), scratch.path("two"))
    let list = try SourceOpener.open(names: [one + "/", two])
    #expect(list.format == "list" && list.unreadable.isEmpty)
    #expect(try firsts(list) == ["\(one):w": 2, "\(one):v": 3, "\(two):x.csv": 4, "\(two):y.csv": 8])
    let scan = try Program.run("scan", one, two, "--no-cache", "--format", "csv", "--columns", "name")
    #expect(scan.status == 0 && scan.output == "name\n\(two):x.csv\n\(two):y.csv\n", "\(scan.errors)")
    try scratch.makeDirectory("none")
    let empty = try SourceOpener.open(names: [two, scratch.path("none")])
    #expect(empty.unreadable.map(\.reason) == ["“\(scratch.path("none"))”: it holds no files"])
  }

  @Test("an adapter without its configuration is one, and a scan says once what its scale stands for")
  func bareAdapter() throws {
    try scratch.makeDirectory("adapter")
    let module = "base_model.model.layers.0.q_proj"
    try scratch.write(
      ModelBytes.counting(["\(module).lora_A.weight": [2, 3], "\(module).lora_B.weight": [4, 2]]),
      to: "adapter/adapter_model.safetensors")
    let directory = scratch.path("adapter")
    #expect(try SourceOpener.open(directory).tensors.map(\.name) == ["layers.0.q_proj"])
    let warning =
      "no adapter_config.json beside it: the scale s of its adapters is taken as 1; copy it there for their norms"
    let info = try Program.run("info", directory)
    #expect(info.output.contains("\n  \(warning)\n"))
    let scan = try Program.run("scan", directory, "--no-cache", "--format", "csv", "--columns", "name,rows,columns")
    #expect(scan.status == 0 && scan.output == "name,rows,columns\nlayers.0.q_proj,4,3\n")
    #expect(scan.errors == "lowrank: \(directory)/adapter_model.safetensors: \(warning)\n")
  }

  @Test("info tells what a missing part costs in one line, and JSON every tensor")
  func missing() throws {
    try writeParts()
    var files: [String] = []
    for layer in 0..<30 { files.append("layers.\(layer).weight") }
    let map = [("a", part(1)), ("b", part(1))] + files.map { ($0, part(2)) }
    let text = map.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
    try scratch.write(Array("{\"weight_map\":{\(text)}}".utf8), to: "model.safetensors.index.json")
    try scratch.remove(scratch.path(part(2)))

    let plain = try Program.run("info", scratch.path(""))
    #expect(plain.status == 0 && plain.errors.isEmpty, "\(plain.errors)")
    #expect(plain.output.contains("\n  1 of 2 parts\n"))
    let lines = plain.output.split(separator: "\n")
    let refused = try #require(lines.firstIndex(of: "not read:"))
    #expect(lines.count == refused + 2)
    #expect(lines[refused + 1].hasPrefix("  “layers.0.weight” is in \(part(2)), which cannot be read: "))
    #expect(lines[refused + 1].hasSuffix("(and 29 more, to “layers.29.weight”)"))

    let json = try Program.run("info", scratch.path(""), "--json").json()
    #expect(json["notes"] == .array([.text("1 of 2 parts")]))
    #expect(json["unreadable"]?.elements.map { $0["name"] } == files.map { .text($0) })
    let first = try #require(json["unreadable"]?.elements.first)
    #expect(first.keys == ["name", "reason", "dtype", "shape", "bytes"])
    #expect(first["dtype"] == .null && first["bytes"] == .null && first["shape"] == .array([]))
  }
}
