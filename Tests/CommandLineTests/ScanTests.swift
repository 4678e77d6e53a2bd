import Checkpoints
import Foundation
import Testing

@Suite("scan")
struct ScanTests {
  private static let keys: Set<String> = [
    "name", "rows", "columns", "dtype", "parameters", "ranks", "thresholds", "measures", "break_even_rank", "nonfinite",
    "zero_rows", "seconds", "profile",
  ]
  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "lowrank-scan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    // A directory is a checkpoint of its files: three matrices and a vector.
    for (index, name) in ["a,1.npy", "layer.2.npy", "layer.10.npy"].enumerated() {
      try write(name, rows: 60 - 10 * index, columns: 50)
    }
    try write("layer.2.bias.npy", rows: 7, columns: nil)
  }

  private var model: String { directory.path() }
  private var environment: [String: String] { ["XDG_CACHE_HOME": directory.appending(path: ".cache").path()] }

  /// Writes entries that look random but are the same every time.
  private func write(_ name: String, rows: Int, columns: Int?, first: Float? = nil) throws {
    let shape = columns.map { "(\(rows), \($0))" } ?? "(\(rows),)"
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var bytes = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0]) + Data(header.utf8)
    for index in 0..<rows * (columns ?? 1) {
      let value = index == 0 ? first ?? 0 : Float((index * 7919) % 1009) / 500 - 1
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    try bytes.write(to: directory.appending(path: name))
  }

  private func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["scan", model] + arguments, environment: environment)
  }

  private func rows(_ text: String) throws -> [JSONValue] {
    #expect(text.isEmpty || text.hasSuffix("\n"))
    return try text.split(separator: "\n").map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
  }

  private func names(_ text: String) throws -> [String] {
    try rows(text).map { if case .text(let name)? = $0["name"] { name } else { "" } }
  }

  private func removeAll() { try? FileManager.default.removeItem(at: directory) }

  @Test("JSON Lines: every field, in the file's order; the same from the cache; skipped vectors are counted")
  func jsonLines() throws {
    defer { removeAll() }
    let first = try run("--format", "jsonl")
    #expect(
      first.status == 0
        && first.errors
          == "lowrank: 1 tensor that is no matrix (fewer than two axes, or a single row or column) skipped\n"
    )
    let rows = try rows(first.output)
    #expect(rows.count == 3)
    for row in rows {
      #expect(row.keys == Self.keys)
      #expect(
        row["measures"]?.keys == [
          "spectral_norm", "frobenius_norm", "stable_rank", "effective_rank", "participation_ratio",
          "error_at_break_even", "error_floor",
        ] || row["measures"]?["alpha_tail"]?.number != nil)
      #expect(
        row["ranks"]?.keys == [
          "numerical", "energy_90", "energy_95", "energy_99", "error_10", "error_5", "error_1", "gavish_donoho",
          "marchenko_pastur", "knee", "shuffled",
        ])
      #expect(row["thresholds"]?.keys == ["numerical", "gavish_donoho", "marchenko_pastur", "shuffled"])
      #expect(row["profile"]?.elements.first == .number(1))
    }
    let names = try names(first.output)
    let listed = try Program.run("info", model, "--json").json()["tensors"]?.elements.compactMap { tensor in
      if case .text(let name)? = tensor["name"], tensor["shape"]?.elements.count == 2 { name } else { nil }
    }
    #expect(names == listed)
    // Seconds and all: nothing was computed again.
    #expect(try run("--format", "jsonl").output == first.output)
  }

  @Test("the figures are those of spectrum")
  func agrees() throws {
    defer { removeAll() }
    let row = try #require(try rows(run("--format", "jsonl", "--match", "a,1", "--no-cache").output).first)
    let spectrum = try Program.run("spectrum", directory.appending(path: "a,1.npy").path(), "--json").json()
    for id in ["energy_90", "error_10", "gavish_donoho", "numerical", "knee"] {
      #expect(row["ranks"]?[id] == spectrum["ranks"]?[id], "\(id)")
    }
    #expect(row["measures"]?["stable_rank"] == spectrum["measures"]?["stable_rank"])
    #expect(row["measures"]?["frobenius_norm"] == spectrum["frobenius_norm"])
    #expect(row["measures"]?["spectral_norm"] == spectrum["singular_values"]?.elements.first)
  }

  @Test("tables, CSV and Markdown hold the columns that were chosen")
  func formats() throws {
    defer { removeAll() }
    let columns = ["--columns", "name,shape,zero_rows,stable_rank"]
    let csv = try Program.run(["scan", model, "--format", "csv"] + columns, environment: environment).output
    let lines = csv.split(separator: "\n")
    #expect(lines.count == 4 && lines[0] == "name,shape,zero_rows,stable_rank")
    #expect(lines[1].hasPrefix("\"a,1") && lines[1].split(separator: ",").count == 5)
    let markdown = try Program.run(["scan", model, "--format", "markdown"] + columns, environment: environment).output
    #expect(markdown.hasPrefix("| name | shape | zero rows | stable |\n| :-- | --: | --: | --: |\n| a,1"))
    let table = try Program.run(["scan", model] + columns, environment: environment).output
    #expect(table.contains("60×50") && table.split(separator: "\n").count == 4)
    let plain = try Program.run(["scan", model], environment: ["LC_ALL": "C"]).output
    #expect(plain.utf8.allSatisfy { $0 < 0x80 } && plain.contains("60x50"))
  }

  @Test("all means all columns")
  func allColumns() throws {
    defer { removeAll() }
    let csv = try Program.run(
      ["scan", model, "--match", "a,1", "--format", "csv", "--columns", "all"], environment: environment)
    #expect(csv.status == 0, "\(csv.errors)")
    let header = csv.output.prefix { $0 != "\n" }
    #expect(header == ScanColumnCatalog.all.map(\.id).joined(separator: ",") && header.contains("sparkline"))
  }

  @Test("shards are all rows together, each once")
  func shards() throws {
    defer { removeAll() }
    let whole = try names(run("--format", "jsonl").output)
    let parts = try (1...2).map { try names(run("--format", "jsonl", "--shard", "\($0)/2").output) }
    #expect(parts.map(\.count) == [2, 1])
    #expect(Set(parts.joined()) == Set(whole))
  }

  @Test("--resume keeps rows, drops a line that was cut, and adds what is missing")
  func resume() throws {
    defer { removeAll() }
    let whole = try run("--format", "jsonl").output
    let lines = whole.split(separator: "\n").map { $0 + "\n" }
    // Outside the directory, which is the model.
    let file = FileManager.default.temporaryDirectory.appending(path: "lowrank-rows-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((lines[1] + lines[0].prefix(100)).utf8).write(to: file)
    let outcome = try run("--resume", file.path())
    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
    #expect(try String(contentsOf: file, encoding: .utf8) == lines[1] + lines[0] + lines[2])
    try Data("no scan\n".utf8).write(to: file)
    let refused = try run("--resume", file.path())
    #expect(refused.status == 65 && refused.isOneErrorLine && refused.errors.contains("line 1 is no row"))
  }

  @Test("--resume goes on with the experts of a stack, each a matrix of its own")
  func resumeExperts() throws {
    defer { removeAll() }
    let model = directory.appending(path: "moe.safetensors")
    let values = (0..<90).map { (index: Int) -> Float in Float((index * 7919) % 101) / 50 - 1 }
    let name = "model.layers.0.mlp.experts.down_proj"
    try Data(ModelBytes.safetensors(name, axes: [3, 6, 5], values: values)).write(to: model)
    let whole = try Program.run("scan", model.path(), "--format", "jsonl", "--no-cache")
    #expect(try names(whole.output) == (0..<3).map { "\(name)/expert.\($0)" }, "\(whole.errors)")
    let rows = directory.appending(path: "rows.jsonl")
    try Data((whole.output.split(separator: "\n")[0] + "\n").utf8).write(to: rows)
    // What is selected now does not decide what may be there already.
    for arguments in [["--match", "expert.2"], []] {
      let outcome = try Program.run(["scan", model.path(), "--no-cache", "--resume", rows.path()] + arguments)
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
    }
    let found = try names(String(contentsOf: rows, encoding: .utf8))
    #expect(found == [0, 2, 1].map { "\(name)/expert.\($0)" })
  }

  @Test("entries that are not finite have a row; what cannot be read is named, and leaves with 65 after the rest")
  func damage() throws {
    defer { removeAll() }
    try write("nan.npy", rows: 4, columns: 3, first: .nan)
    let counted = try run("--format", "jsonl", "--match", "nan")
    #expect(counted.status == 0)
    let row = try #require(try rows(counted.output).first)
    #expect(row["nonfinite"] == .number(1) && row["ranks"] == .object([:]) && row["profile"] == .array([]))
    let path = directory.appending(path: "layer.10.npy")
    try Data(contentsOf: path).dropLast(100).write(to: path)
    let outcome = try run("--format", "jsonl", "--no-cache")
    #expect(outcome.status == 65 && outcome.errors.contains("layer.10"))
    #expect(try names(outcome.output).count == 3)
  }

  @Test(
    "what is not understood leaves with 64 and one line",
    arguments: [
      (["scan"], "missing expected argument"), (["scan", "gallery:hilbert", "--shard", "3/2"], "2/4"),
      (["scan", "gallery:hilbert", "--jobs", "0"], "--jobs 0"),
      (["scan", "gallery:hilbert", "--jobs", "-1"], "--jobs"),
      (["scan", "gallery:hilbert", "--jobs", "99999"], "core"),
      (["scan", "gallery:hilbert", "--format", "xml"], "xml"),
      (["scan", "gallery:hilbert", "--columns", "name,sigma"], "there is no column “sigma”"),
      (["scan", "gallery:hilbert", "--columns", ""], "there is no column"),
      (
        ["scan", "gallery:hilbert", "--format", "jsonl", "--columns", "name"],
        "lowrank: with JSON Lines, which hold everything, leave --columns out"
      ),
      (["scan", "gallery:hilbert", "--format", "csv", "--resume", "x"], "leave --format csv out"),
      (["scan", "gallery:hilbert", "--match", "nothing"], "no matrix"),
    ])
  func usage(arguments: [String], says: String) throws {
    defer { removeAll() }
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64 && outcome.isOneErrorLine && outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("a gallery matrix is a model of one")
  func gallery() throws {
    defer { removeAll() }
    let outcome = try Program.run("scan", "gallery:planted,rows=60,columns=50,rank=3,noise=0.1", "--format", "jsonl")
    let row = try #require(try rows(outcome.output).first)
    #expect(outcome.status == 0 && row["ranks"]?["shuffled"] == .number(3))
  }
}
