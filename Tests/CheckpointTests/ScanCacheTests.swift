@testable import Checkpoints
import Foundation
import LinearAlgebra
import MatrixFiles
import Testing

@Suite("Scan cache")
struct ScanCacheTests {
  private let scratch: Scratch
  private let model: String

  init() throws {
    scratch = try Scratch()
    model = try scratch.write("model.npy", rows: [[1, 2]])
  }

  private var directory: String { scratch.path + "/cache/lowrank" }
  private func cache() throws -> ScanCache { try #require(ScanCache(sources: [model], directory: directory)) }

  /// The tensors that are known.
  private func names() throws -> [String] { try cache().load().keys.map(\.name.text).sorted() }

  private func entry(_ name: String) -> TensorEntry { TensorEntry(name: name, type: .f32, axes: [3, 2]) }

  private func findings(_ name: String) -> TensorFindings {
    var findings = TensorFindings(entry(name), shape: Shape(3, 2))
    findings.ranks = ["energy_90": 1]
    findings.measures.spectralNorm = 1 / 3
    findings.profile = [1, 0.25]
    return findings
  }

  private func cacheFile() throws -> URL {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
    return URL(filePath: directory + "/" + (try #require(names.first { $0.hasSuffix(".jsonl") })))
  }

  @Test("what is kept is found again, to the last bit, under its own key")
  func round() throws {
    let cache = try cache()
    for name in ["a", "b\n\u{1b}", "ü"] { cache.keep(findings(name), of: entry(name), seed: 0) }
    let known = try self.cache().load()
    #expect(known.count == 3)
    #expect(known[ScanCache.Key(entry("b\n\u{1b}"), seed: 0)] == findings("b\n\u{1b}"))
    #expect(known[ScanCache.Key(entry("a"), seed: 1)] == nil)
    #expect(known[ScanCache.Key(TensorEntry(name: "a", type: .f16, axes: [3, 2]), seed: 0)] == nil)
    #expect(known[ScanCache.Key(TensorEntry(name: "a", type: .f32, axes: [2, 3]), seed: 0)] == nil)
  }

  @Test("a model that changed has no findings, and gets new ones")
  func stale() throws {
    try cache().keep(findings("a"), of: entry("a"), seed: 0)
    _ = try scratch.write("model.npy", rows: [[1, 2, 3]])
    #expect(try names().isEmpty)
    try cache().keep(findings("b"), of: entry("b"), seed: 0)
    #expect(try names() == ["b"])
  }

  @Test(
    "a description beside the model that changed, came or went makes it another",
    arguments: ["adapter_config.json", "config.json"])
  func described(name: String) throws {
    let description = URL(filePath: scratch.path + "/" + name)
    func change(_ text: String) throws { try Data(text.utf8).write(to: description) }
    func identity() throws -> CheckpointIdentity { try #require(CheckpointIdentity([model])) }
    let bare = try identity()
    #expect(try identity() == bare)
    try change(#"{"lora_alpha": 8}"#)
    let first = try identity()
    try cache().keep(findings("a"), of: entry("a"), seed: 0)
    #expect(try names() == ["a"])
    try change(#"{"lora_alpha": 16}"#)
    #expect(try identity() != first && first != bare)
    #expect(try names().isEmpty)
    // What nobody reads changes nothing.
    let second = try identity()
    try Data("text".utf8).write(to: URL(filePath: scratch.path + "/README.md"))
    #expect(try identity() == second)
    try FileManager.default.removeItem(at: description)
    #expect(try identity() == bare)
  }

  @Test("the description counts that lies beside the link to a model")
  func linked() throws {
    let directory = scratch.path + "/snapshot"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let link = directory + "/adapter_model.safetensors"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: model)
    let bare = try #require(CheckpointIdentity([link]))
    try Data("{}".utf8).write(to: URL(filePath: directory + "/adapter_config.json"))
    #expect(CheckpointIdentity([link]) != bare)
  }

  @Test("damaged lines are passed over, whole ones stay")
  func damage() throws {
    for name in ["a", "b", "c", "d"] { try cache().keep(findings(name), of: entry(name), seed: 0) }
    var text = try String(contentsOf: cacheFile(), encoding: .utf8)
    text.replace("\"b\"", with: "\"x\"")
    // The last line loses its end, as if the machine had stopped.
    try Data(text.utf8.dropLast(20)).write(to: cacheFile())
    #expect(try names() == ["a", "c"])
    try cache().keep(findings("e"), of: entry("e"), seed: 0)
    #expect(try names() == ["a", "c", "e"])
    for junk in [Data(), Data([0, 255, 10]), Data(repeating: 10, count: 100)] {
      try junk.write(to: cacheFile())
      #expect(try names().isEmpty)
    }
  }

  @Test("many writers at once lose nothing")
  func concurrent() throws {
    try cache().keep(findings("first"), of: entry("first"), seed: 0)
    let caches = try (0..<4).map { _ in try cache() }
    let (rows, entries) = ((0..<200).map { findings("t\($0)") }, (0..<200).map { entry("t\($0)") })
    DispatchQueue.concurrentPerform(iterations: 200) { caches[$0 % 4].keep(rows[$0], of: entries[$0], seed: 0) }
    #expect(try names().count == 201)
  }

  @Test("where nothing can be written nothing is kept, and nothing is said")
  func unwritable() throws {
    let cache = try #require(ScanCache(sources: [model], directory: "/proc/none/lowrank"))
    cache.keep(findings("a"), of: entry("a"), seed: 0)
    #expect(cache.load().isEmpty)
  }

  @Test("what is no file that stays has no cache", arguments: ["-", "gallery:hilbert", "/no/such/file", "/dev/null"])
  func none(source: String) {
    #expect(ScanCache(sources: [source], directory: directory) == nil)
  }

  @Test("the oldest go when all together grow too large")
  func prune() throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let names = (0..<4).map { "scan-\($0).jsonl" } + ["other.txt"]
    for (age, name) in names.enumerated() {
      let path = directory + "/" + name
      try Data(count: 1000).write(to: URL(filePath: path))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -1000 * Double(age + 1))], ofItemAtPath: path)
    }
    CacheDirectory.prune(around: directory + "/scan-3.jsonl", limit: 2500)
    let left = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    #expect(left == ["other.txt", "scan-0.jsonl", "scan-3.jsonl"])
  }
}
