import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

/// A file that refers to others beside it, and what must become of it.
struct HostileDirectory: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The formats that must be in the catalog.
  let formats: [String]
  /// The files, the first of which is opened.
  let files: [(name: String, bytes: [UInt8])]
  /// Symbolic links and where they lead.
  var links: [(name: String, target: String)] = []
  /// Words of the sentence for the tensor w; nil when its values are 1 and 2.
  let words: String?

  private static func index(
    _ what: String, _ text: String, _ others: [(String, [UInt8])] = [], links: [(String, String)] = [],
    says words: String?
  ) -> HostileDirectory {
    HostileDirectory(
      testDescription: "shard index: \(what)", formats: ["shard index", "safetensors"],
      files: [("model.safetensors.index.json", Array(text.utf8))] + others, links: links, words: words)
  }

  private static func map(_ entries: String) -> String { "{\"metadata\":{},\"weight_map\":{\(entries)}}" }

  private static let shard = HostileSafetensors.file(HostileSafetensors.header(HostileSafetensors.tensor()))
  private static let other = HostileSafetensors.file(HostileSafetensors.header(HostileSafetensors.tensor("v")))

  private static func model(
    _ what: String, _ entries: [(key: String, value: String)], _ others: [(String, [UInt8])] = [],
    links: [(String, String)] = [], says words: String?
  ) -> HostileDirectory {
    let external =
      Protobuf.field(14, 1)
      + entries.flatMap { Protobuf.field(13, Protobuf.field(1, $0.key) + Protobuf.field(2, $0.value)) }
    return HostileDirectory(
      testDescription: "external data: \(what)", formats: ["onnx"],
      files: [("model.onnx", Model.model(Model.initializer(Model.tensor(axes: 1, 2), external)))] + others,
      links: links,
      words: words)
  }

  private static let two = HostileSafetensors.two

  static let all = indices + models

  static let indices = [
    index("a shard", map("\"w\":\"a.st\""), [("a.st", shard)], says: nil),
    index("a path upwards", map("\"w\":\"../a.st\""), says: "no plain file name"),
    index("an absolute path", map("\"w\":\"/etc/passwd\""), says: "no plain file name"),
    index("a path of the other kind", map("\"w\":\"..\\\\a.st\""), says: "no plain file name"),
    index("a zero in a name", map("\"w\":\"a.st\\u0000b\""), says: "no plain file name"),
    index("the directory itself", map("\"w\":\".\""), says: "no plain file name"),
    index("the directory above", map("\"w\":\"..\""), says: "no plain file name"),
    index("no name", map("\"w\":\"\""), says: "no plain file name"),
    index("a name of 300 bytes", map("\"w\":\"\(String(repeating: "n", count: 300))\""), says: "no plain file name"),
    index("a number for a name", map("\"w\":7"), says: "no file name for “w”"),
    index("a command in a name", map("\"w\":\"\\u001b[2J\""), says: "\\u{1b}[2J"),
    index("a missing shard", map("\"w\":\"a.st\""), says: "No such file or directory"),
    index(
      "a missing shard beside another", map("\"v\":\"b.st\",\"w\":\"a.st\""), [("b.st", other)],
      says: "which cannot be read"),
    index("a shard without its tensor", map("\"w\":\"b.st\""), [("b.st", other)], says: "which does not hold it"),
    index("a damaged shard", map("\"w\":\"a.st\""), [("a.st", Array(shard.dropLast()))], says: "cut short"),
    index("an empty shard", map("\"w\":\"a.st\""), [("a.st", [])], says: "empty"),
    index(
      "a tensor in two shards", map("\"w\":\"a.st\",\"v\":\"b.st\""), [("a.st", shard), ("b.st", shard)],
      says: "two of its parts"),
    index(
      "a tensor twice", map("\"w\":\"a.st\",\"w\":\"b.st\""), [("a.st", shard), ("b.st", other)], says: "stands twice"),
    index("an index that names itself", map("\"w\":\"model.safetensors.index.json\""), says: "an index itself"),
    index("no map", "{\"weight_map\":[]}", says: "names no files"),
    index("an empty map", map(""), says: "is empty"),
    index("deep lists", "{\"weight_map\":" + String(repeating: "[", count: 100_000), says: "deeper than 64"),
    index("JSON cut short", "{\"weight_map\":{\"w\":", says: "not valid JSON"),
    index("a link to a shard", map("\"w\":\"a.st\""), [("b.st", shard)], links: [("a.st", "b.st")], says: nil),
    index("a link to a device", map("\"w\":\"a.st\""), links: [("a.st", "/dev/zero")], says: "not a regular file"),
    index("a link to a directory", map("\"w\":\"a.st\""), links: [("a.st", "/")], says: "not a regular file"),
    index("a link to itself", map("\"w\":\"a.st\""), links: [("a.st", "a.st")], says: "symbolic links"),
  ]

  static let models = [
    model("a file", [("location", "w.data")], [("w.data", two)], says: nil),
    model(
      "a file at an offset", [("location", "w.data"), ("offset", "4"), ("length", "8")],
      [("w.data", [9, 9, 9, 9] + two)], says: nil),
    model("a path upwards", [("location", "../w.data")], says: "no plain file name"),
    model("a path within", [("location", "./w.data")], says: "no plain file name"),
    model("an absolute path", [("location", "/etc/passwd")], says: "no plain file name"),
    model("a path of the other kind", [("location", "..\\w.data")], says: "no plain file name"),
    model("a zero in a name", [("location", "w.data\0x")], says: "no plain file name"),
    model("a missing file", [("location", "w.data")], says: "No such file or directory"),
    model(
      "a file cut short", [("location", "w.data")], [("w.data", Array(two.dropLast()))],
      says: "claims bytes 0 to 8 of w.data, which has 7"),
    model(
      "an offset beyond the end", [("location", "w.data"), ("offset", "4")], [("w.data", two)],
      says: "claims bytes 4 to 12"),
    model(
      "an offset of 2^63 − 1", [("location", "w.data"), ("offset", "9223372036854775807")], [("w.data", two)],
      says: "claims bytes"),
    model(
      "an offset of 2^64", [("location", "w.data"), ("offset", "18446744073709551616")], [("w.data", two)],
      says: "for the offset"),
    model(
      "a negative offset", [("location", "w.data"), ("offset", "-8")], [("w.data", two)], says: "“-8” for the offset"),
    model(
      "an offset with a sign", [("location", "w.data"), ("offset", "+0")], [("w.data", two)],
      says: "“+0” for the offset"),
    model(
      "an offset that is no number", [("location", "w.data"), ("offset", "\u{1B}[2J")], [("w.data", two)],
      says: "\\u{1b}[2J"),
    model(
      "another length", [("location", "w.data"), ("length", "4")], [("w.data", two)],
      says: "claims 8 bytes of entries and has 4"),
    model("a link to a file", [("location", "w.data")], [("v.data", two)], links: [("w.data", "v.data")], says: nil),
    model("a link to a device", [("location", "w.data")], links: [("w.data", "/dev/zero")], says: "not a regular file"),
    model("a link to a directory", [("location", "w.data")], links: [("w.data", "/")], says: "not a regular file"),
    model("a link to itself", [("location", "w.data")], links: [("w.data", "w.data")], says: "symbolic links"),
  ]
}

/// Files that name others never lead out of their directory, nor to what is no file.
@Suite("Hostile directories")
struct HostileDirectoryTests {
  @Test(
    "each gets its sentence or its values",
    arguments: HostileDirectory.all.indices.filter { HostileDirectory.all[$0].formats.allSatisfy(HostileModel.isRead) })
  func verdict(number: Int) throws {
    let example = HostileDirectory.all[number]
    let directory = Scratch.path("hostile-\(number)")
    try #require(mkdir(directory, 0o700) == 0)
    defer {
      for name in example.files.map(\.name) + example.links.map(\.name) { unlink(directory + "/" + name) }
      rmdir(directory)
    }
    for (name, bytes) in example.files { try AtomicFile.write(bytes, to: directory + "/" + name) }
    for (name, target) in example.links { try #require(symlink(target, directory + "/" + name) == 0) }
    do {
      let file = try MatrixFileOpener.open(directory + "/" + example.files[0].name)
      let loaded = try file.read(file.tensor(named: "w"), control: WorkControl())
      #expect(example.words == nil, "\(example): it was read")
      #expect(Fixture.rows(loaded) == [[1, 2]])
    } catch {
      let words = try #require(example.words, "\(example): \(error)")
      #expect("\(error)".contains(words), "\(example): it says: \(error)")
    }
  }

  @Test("a file beside the model that shrinks after the model was opened is an error")
  func shrinking() throws {
    let directory = Scratch.path("hostile-shrinking")
    try #require(mkdir(directory, 0o700) == 0)
    let (model, data) = (directory + "/model.onnx", directory + "/w.data")
    defer {
      unlink(model)
      unlink(data)
      rmdir(directory)
    }
    try AtomicFile.write(
      Model.model(Model.initializer(Model.tensor(axes: 1, 2), Model.external(("location", "w.data")))), to: model)
    try AtomicFile.write(HostileSafetensors.two, to: data)
    let file = try MatrixFileOpener.open(model)
    try #require(truncate(data, 4) == 0)
    #expect(throws: FileError.self) { try file.read(file.tensors[0], control: WorkControl()) }
  }
}
