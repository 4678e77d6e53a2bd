@testable import Checkpoints
import Foundation
import LinearAlgebra
import MatrixFiles
import Testing

@Suite("Resuming a scan")
struct ResumedScanTests {
  private let scratch: Scratch
  private let file = MadeFile(["a": noise(3, 2), "b": noise(3, 2), "c": noise(3, 2)])

  init() throws { scratch = try Scratch() }

  private var path: String { scratch.path + "/rows.jsonl" }

  private func line(_ name: String) throws -> String {
    let findings = TensorFindings(TensorEntry(name: name, type: .f32, axes: [3, 2]), shape: Shape(3, 2))
    return String(decoding: try JSONEncoder().encode(findings), as: UTF8.self) + "\n"
  }

  @Test("a line that was cut is taken away, wherever it was cut")
  func cut() throws {
    let whole = try line("a")
    let next = try line("b")
    for kept in [0, 1, 10, next.utf8.count - 2, next.utf8.count - 1] {
      try Data((whole + next.prefix(kept)).utf8).write(to: URL(filePath: path))
      do {
        let resumed = try ResumedScan(path: path)
        let known = try resumed.findings(of: file)
        #expect(known["a"] != nil && known.all.count == 1)
        try resumed.append(next)
      }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == whole + next)
    }
  }

  @Test("a file that is not there is made; two runs do not share one")
  func lock() throws {
    let first = try ResumedScan(path: path)
    #expect(throws: FileError.cannotWrite(path, reason: "another scan is writing it")) { try ResumedScan(path: path) }
    try first.append(try line("c"))
    #expect(first.rows.isEmpty)
  }

  @Test("what is no scan, or another model's, is refused and left as it is")
  func refused() throws {
    let other = try line("z")
    try Data(other.utf8).write(to: URL(filePath: path))
    #expect(throws: FileError.self) { try ResumedScan(path: path).findings(of: file) }
    for text in ["hello\n", "{\"name\": 3}\n" + other, "[1]\n"] {
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(throws: FileError.self) { try ResumedScan(path: path) }
      let left = try String(contentsOfFile: path, encoding: .utf8)
      #expect(left == text)
    }
    #expect(throws: FileError.self) { try ResumedScan(path: scratch.path) }
  }
}
