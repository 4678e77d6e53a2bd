import FoundationEssentials
import Testing

/// The heads of a fused weight, by name, wherever a tensor's name goes.
@Suite("Heads by name")
struct HeadNameTests {
  private let scratch: Scratch
  private let model: String
  private let name = "h.0.attn.c_attn.weight"

  init() throws {
    scratch = try Scratch()
    model = scratch.path("model.safetensors")
    // GPT-2 stores in × out: 8 × (q, k, v of 2 heads of width 4).
    let values = (0..<8 * 24).map { (index: Int) -> Float in Float((index * 7919) % 101) / 50 - 1 }
    try scratch.write(ModelBytes.safetensors(name, axes: [8, 24], values: values), to: "model.safetensors")
    try scratch.write(Array(#"{"model_type":"gpt2","n_embd":8,"n_head":2}"#.utf8), to: "config.json")
  }

  @Test("info lists the names, and spectrum takes them")
  func info() throws {
    let info = try Program.run("info", model)
    #expect(
      info.output.hasSuffix(
        """
        parts, by name (scan takes them with --match and a / in it):
          “\(name)/q”
          “\(name)/q/head.0” to “/head.1”
          “\(name)/k”
          “\(name)/k/head.0” to “/head.1”
          “\(name)/v”
          “\(name)/v/head.0” to “/head.1”
          “h.0.attn/qk.head.0” to “/qk.head.1”

        """), "\(info.output)")
    let head = try Program.run("spectrum", model, "\(name)/q/head.1", "--json").json()
    #expect(head["rows"] == .number(8) && head["columns"] == .number(4))
    let unknown = try Program.run("spectrum", model, "\(name)/q/head.2")
    #expect(unknown.status == 64 && unknown.errors.contains("\(name)/q/head.0, \(name)/q/head.1"))
  }

  private func scanned(_ patterns: String..., more: [String] = []) throws -> [Substring] {
    let arguments = ["scan", model, "--no-cache", "--format", "csv", "--columns", "name"] + more
    let outcome = try Program.run(arguments + patterns.flatMap { ["--match", $0] })
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").dropFirst().map { $0 }
  }

  @Test("a pattern with a slash takes what follows from tensors, and no other does")
  func match() throws {
    #expect(try scanned() == [name[...]])
    #expect(try scanned("*/q/head.*") == ["\(name)/q/head.0", "\(name)/q/head.1"])
    // What is below a part that is taken is not taken again.
    #expect(try scanned("c_attn.weight/k") == ["\(name)/k"])
    #expect(
      try scanned("c_attn", "*/head.1") == [name[...], "\(name)/q/head.1", "\(name)/k/head.1", "\(name)/v/head.1"])
    #expect(try scanned("qk.", "attn/qk") == ["h.0.attn/qk.head.0", "h.0.attn/qk.head.1"])
  }

  @Test("rows of heads are resumed, whatever is selected now")
  func resume() throws {
    let rows = scratch.path("rows.jsonl")
    for pattern in ["*/q/head.0", "*/q/head.*", "c_attn"] {
      let outcome = try Program.run("scan", model, "--no-cache", "--resume", rows, "--match", pattern)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    // The first row stays, the second pattern adds one, and the third another.
    let lines = scratch.text(of: "rows.jsonl").split(separator: "\n")
    let names = try lines.map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8))["name"] }
    #expect(names == [.text("\(name)/q/head.0"), .text("\(name)/q/head.1"), .text(name)])
  }
}
