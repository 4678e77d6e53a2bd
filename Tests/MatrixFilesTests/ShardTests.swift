import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Checkpoints in several files")
struct ShardTests {
  private func shard(_ names: String..., value: Float = 1) -> [UInt8] {
    SafetensorsBytes.file(names.map { .init($0, [1, 2], floats: [value, 2]) })
  }

  private func index(_ map: (String, String)...) -> String {
    let entries = map.map { "\"\($0.0)\": \"\($0.1)\"" }.joined(separator: ", ")
    return "{\"metadata\": {\"total_size\": 32}, \"weight_map\": {\(entries)}}"
  }

  private let opener: MatrixCollection.Opener = { (name, control) throws(FileError) in
    try MatrixFileOpener.open(name, control: control)
  }

  @Test("an index opens its files as one, in their order")
  func whole() throws {
    let directory = try ScratchDirectory("sharded")
    try directory.add("m-1-of-2.safetensors", shard("b", "a", value: 3))
    try directory.add("m-2-of-2.safetensors", shard("c", value: 5))
    try directory.add(
      "m.safetensors.index.json",
      text: index(("a", "m-1-of-2.safetensors"), ("c", "m-2-of-2.safetensors"), ("b", "m-1-of-2.safetensors")))
    let file = try MatrixFileOpener.open(directory.path + "/m.safetensors.index.json")
    #expect(file.format == "safetensors" && file.source == directory.path + "/m.safetensors.index.json")
    #expect(file.tensors.map(\.name) == ["b", "a", "c"] && file.unreadable.isEmpty)
    #expect(file.metadata == ["total_size": "32"] && file.notes == ["2 parts"])
    #expect(Fixture.rows(try file.read(file.tensor(named: "c"), control: WorkControl())) == [[5, 2]])
    #expect(Fixture.rows(try file.read(file.tensor(named: "a"), control: WorkControl())) == [[3, 2]])
  }

  @Test("a file that is missing, damaged, foreign or not what the index says costs its tensors")
  func partial() throws {
    let directory = try ScratchDirectory("partial")
    try directory.add("good.safetensors", shard("a", "extra", "more"))
    try directory.add("damaged.safetensors", Array(shard("b").dropLast()))
    try #require(symlink("good.safetensors", directory.path + "/link.safetensors") == 0)
    try #require(mkfifo(directory.path + "/pipe.safetensors", 0o600) == 0)
    let name = "model.safetensors.index.json"
    try directory.add(
      name,
      text: index(
        ("a", "good.safetensors"), ("lost", "good.safetensors"), ("b", "damaged.safetensors"),
        ("c", "missing.safetensors"), ("d", "../outside.safetensors"), ("e", "pipe.safetensors"), ("f", name),
        ("g", "/etc/passwd")))
    let file = try MatrixFileOpener.open(directory.path + "/" + name)
    #expect(file.tensors.map(\.name) == ["a", "extra", "more"])
    #expect(file.notes == ["1 of 7 parts", "“extra” and 1 more not in the index"])
    func reason(_ name: String) throws -> String { try #require(file.unreadable.first { $0.name == name }).reason }
    #expect(try reason("lost").contains("should be in good.safetensors, which does not hold it"))
    #expect(try reason("b").hasPrefix("“b” is in damaged.safetensors, which cannot be read: it is cut short"))
    #expect(try reason("c") == "“c” is in missing.safetensors, which cannot be read: No such file or directory")
    #expect(try reason("d").contains("no plain file name") && reason("g").contains("no plain file name"))
    #expect(try reason("e").contains("not a regular file"))
    #expect(try reason("f").contains("it is an index itself"))
    #expect(file.unreadable.count == 7)
  }

  @Test("a link to a file is followed: model hubs keep their caches so")
  func links() throws {
    let blobs = try ScratchDirectory("blobs")
    let directory = try ScratchDirectory("snapshot")
    try blobs.add("0123", shard("a"))
    try #require(symlink(blobs.path + "/0123", directory.path + "/model-1-of-1.safetensors") == 0)
    try directory.add("model.safetensors.index.json", text: index(("a", "model-1-of-1.safetensors")))
    let file = try MatrixFileOpener.open(directory.path + "/model.safetensors.index.json")
    #expect(file.tensors.map(\.name) == ["a"])
  }

  @Test(
    "an index that is none is refused",
    arguments: [
      (#"{"weight_map": {}}"#, "is empty"), (#"{"weight_map": []}"#, "names no files"),
      (#"{"weight_map": {"a": 1}}"#, "no file name for “a”"),
      (#"{"weight_map": {"a": "x", "a": "y"}}"#, "“a” stands twice"),
      (#"{"weight_map": {"a": "nowhere.safetensors"}}"#, "none of its files can be read"),
      (#"{"weight_map": {"a": "nowhere"}"#, "not valid JSON"),
    ])
  func refused(text: String, words: String) throws {
    let sentence = try #require(Fixture.refusal(Array(text.utf8)))
    #expect(sentence.hasPrefix("test: ") && sentence.contains(words), "\(sentence)")
  }

  @Test("the same tensor in two files is refused")
  func twice() throws {
    let directory = try ScratchDirectory("twice")
    try directory.add("m-1-of-2.safetensors", shard("a"))
    try directory.add("m-2-of-2.safetensors", shard("a"))
    let set = try #require(ShardSet((1...2).map { directory.path + "/m-\($0)-of-2.safetensors" }))
    #expect {
      try set.open(control: WorkControl(), opener: opener)
    } throws: {
      "\($0)".contains("“a” is in two of its parts")
    }
  }

  @Test("parts are told by their names")
  func names() throws {
    let name = try #require(ShardName("dir/model-x-00002-of-00003.safetensors"))
    #expect(name.stem == "dir/model-x" && name.index == 2 && name.total == 3 && name.ending == ".safetensors")
    #expect(name.path(ofPart: 3) == "dir/model-x-00003-of-00003.safetensors")
    #expect(name.pattern == "dir/model-x-*-of-00003.safetensors")
    for other in [
      "model.safetensors", "model-0-of-3.gguf", "model-4-of-3.gguf", "m-1-of-x.gguf", "1-of-2.gguf", "m-1-of-2",
      "m-1-of-99999.bin", "m-+1-of-2.bin", "m--of-2.bin", "m-1-of-123456789.bin", "",
    ] { #expect(ShardName(other) == nil, "\(other)") }
    #expect(ShardSet(["a-1-of-2.x", "a-2-of-2.x"])?.paths == ["a-1-of-2.x", "a-2-of-2.x"])
    for others in [
      ["a-1-of-2.x", "b-2-of-2.x"], ["a-1-of-2.x", "a-2-of-3.x"], ["a-1-of-2.x", "a-1-of-2.x"], ["a-1-of-2.x", "c.x"],
      ["d/a-1-of-2.x", "e/a-2-of-2.x"], ["a-1-of-2.x", "a-2-of-2.y"], [],
    ] { #expect(ShardSet(others) == nil, "\(others)") }
  }

  @Test("parts without an index join in the order of their numbers, and what is missing is named")
  func set() throws {
    let directory = try ScratchDirectory("set")
    try directory.add("m-00010-of-00010.safetensors", shard("z"))
    try directory.add("m-00002-of-00010.safetensors", shard("b"))
    try directory.add("m-00003-of-00010.safetensors", text: "nothing of the kind")
    let paths = [10, 2, 3].map { directory.path + "/m-000\($0 < 10 ? "0" : "")\($0)-of-00010.safetensors" }
    let file = try #require(ShardSet(paths)).open(control: WorkControl(), opener: opener)
    #expect(file.source == directory.path + "/m-*-of-00010.safetensors" && file.notes == ["2 of 10 parts"])
    #expect(file.tensors.map(\.name) == ["b", "z"] && file.unreadable.count == 8)
    #expect(
      file.unreadable.first?.reason
        == "“m-00001-of-00010.safetensors”: it is missing, and its tensors with it; copy or download it again")
    // Alone, a part says that it is one.
    #expect(try MatrixFileOpener.open(paths[1]).notes == ["part 2 of 10; open its directory or its index for all"])
  }

  @Test("scales in another file tell that a weight is packed")
  func packedAcross() throws {
    let directory = try ScratchDirectory("packed")
    try directory.add(
      "m-1-of-2.safetensors",
      SafetensorsBytes.file([.init(zeros: "x.weight", "F8_E4M3", [2, 2], size: 1), .init("n", [1], floats: [1])]))
    try directory.add(
      "m-2-of-2.safetensors", SafetensorsBytes.file([.init("x.weight_scale_inv", [1, 1], floats: [2])]))
    let paths = (1...2).map { directory.path + "/m-\($0)-of-2.safetensors" }
    let file = try #require(ShardSet(paths)).open(control: WorkControl(), opener: opener)
    #expect(file.tensors.map(\.name) == ["n"])
    #expect(Set(file.unreadable.map(\.name)) == ["x.weight", "x.weight_scale_inv"])
  }

  @Test(
    "a model's directory is told by its names, and its weights are what libraries would load",
    arguments: [
      ("config.json model.safetensors pytorch_model.bin", ["model.safetensors"]),
      ("config.json pytorch_model.bin tf_model.h5", ["pytorch_model.bin"]),
      (
        "model-1-of-2.safetensors model-2-of-2.safetensors model.safetensors.index.json",
        ["model.safetensors.index.json"]
      ),
      (
        "config.json model-1-of-2.safetensors model-2-of-2.safetensors x.png",
        ["model-1-of-2.safetensors", "model-2-of-2.safetensors"]
      ),
      (
        "config.json pytorch_model-1-of-2.bin pytorch_model-2-of-2.bin pytorch_model.bin.index.json",
        ["pytorch_model.bin.index.json"]
      ),
      ("adapter_config.json adapter_model.safetensors", ["adapter_model.safetensors"]),
      ("adapter_config.json adapter_model.bin", ["adapter_model.bin"]),
      ("README.md adapter_model.safetensors optimizer.pt training_args.bin", ["adapter_model.safetensors"]),
      ("adapter_model.bin", ["adapter_model.bin"]), ("adapter_model.bin pytorch_model.bin", []),
      ("adapter_model.safetensors model.safetensors", []),
      ("config.json diffusion_pytorch_model.safetensors", ["diffusion_pytorch_model.safetensors"]),
      ("diffusion_pytorch_model.safetensors.index.json", ["diffusion_pytorch_model.safetensors.index.json"]),
      ("consolidated.safetensors model-1-of-1.safetensors", ["model-1-of-1.safetensors"]),
      ("a-1-of-2.safetensors a-2-of-2.safetensors b-1-of-1.safetensors", []),
      ("model.safetensors x.csv", []), ("a.png b.csv config.json", []), ("", []),
      ("config.json a.safetensors b.safetensors", []),
    ])
  func directories(names: String, expected: [String]) throws {
    switch ModelDirectory.weights(among: names.split(separator: " ").map(String.init)) {
    case .file(let name): #expect([name] == expected)
    case .parts(let names): #expect(names == expected)
    case nil: #expect(expected.isEmpty)
    }
  }
}
