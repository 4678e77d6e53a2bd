import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Pickles")
struct PickleTests {
  private typealias Make = PickleScript

  private func read(_ bytes: [UInt8]) throws -> Pickle {
    try PickleInterpreter.read(
      PickleBytes(SpooledBytes(name: "test", bytes), in: 0..<bytes.count, title: "its pickle", origin: 0),
      control: WorkControl())
  }

  /// A value in words.
  private func words(_ pickle: Pickle, _ reference: PickleReference) -> String {
    let value = pickle.arena[reference]
    let elements = value.elements.map { words(pickle, $0) }.joined(separator: " ")
    return switch value.kind {
    case .none: "None"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .wideInteger: "wide"
    case .real(let value): "\(value)"
    case .text(let value): "'\(value)'"
    case .bytes: "bytes"
    case .tuple: "(\(elements))"
    case .list: "[\(elements)]"
    case .set, .dictionary: "{\(elements)\(value.pairs.map { words(pickle, $0) }.joined(separator: " "))}"
    case .global(let name): name
    case .call(let function, let arguments): "\(words(pickle, function))\(words(pickle, arguments))"
    case .object(let function, let arguments): "new \(words(pickle, function))\(words(pickle, arguments))"
    case .persistent(let identifier): "@\(words(pickle, identifier))"
    }
  }

  private func words(_ code: [UInt8]) throws -> String {
    let pickle = try read(code)
    return words(pickle, pickle.root)
  }

  @Test(
    "numbers, texts and containers of protocols 2 to 5",
    arguments: [
      ([0x4E], "None"), ([0x88], "true"), ([0x89], "false"), ([0x4A, 0xFE, 0xFF, 0xFF, 0xFF], "-2"),
      ([0x4B, 200], "200"),
      ([0x4D, 1, 2], "513"), ([0x8A, 0], "0"), ([0x8A, 1, 0xFF], "-1"), ([0x8A, 2, 0xFF, 0], "255"),
      ([0x8A, 8, 0, 0, 0, 0, 0, 0, 0, 0x80], "\(Int.min)"), ([0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1], "wide"),
      ([0x8B, 1, 0, 0, 0, 5], "5"), ([0x47, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0], "1.5"),
      ([0x58, 2, 0, 0, 0, 0xC3, 0xA4], "'ä'"), ([0x55, 1, 0xE4], "'ä'"), ([0x54, 1, 0, 0, 0, 0x61], "'a'"),
      ([0x95, 4, 0, 0, 0, 0, 0, 0, 0, 0x8C, 1, 0x61], "'a'"), ([0x8D, 1, 0, 0, 0, 0, 0, 0, 0, 0x61], "'a'"),
      ([0x42, 1, 0, 0, 0, 7], "bytes"), ([0x43, 1, 7], "bytes"), ([0x8E, 1, 0, 0, 0, 0, 0, 0, 0, 7], "bytes"),
      ([0x29], "()"), ([0x4B, 1, 0x85], "(1)"), ([0x4B, 1, 0x4B, 2, 0x86], "(1 2)"),
      ([0x4B, 1, 0x4B, 2, 0x4B, 3, 0x87], "(1 2 3)"), ([0x28, 0x4B, 1, 0x4B, 2, 0x74], "(1 2)"),
      ([0x5D, 0x4B, 1, 0x61, 0x28, 0x4B, 2, 0x4B, 3, 0x65], "[1 2 3]"), ([0x8F, 0x28, 0x4B, 2, 0x90], "{2}"),
      ([0x28, 0x4B, 2, 0x91], "{2}"), ([0x7D, 0x4B, 1, 0x4B, 2, 0x73], "{1 2}"),
      ([0x4B, 1, 0x71, 0, 0x68, 0, 0x86], "(1 1)"), ([0x4B, 1, 0x94, 0x6A, 0, 0, 0, 0, 0x86], "(1 1)"),
      ([0x4B, 1, 0x4B, 2, 0x30], "1"), ([0x4B, 1, 0x28, 0x4B, 2, 0x31], "1"),
      (Array("cos\nsystem\n".utf8) + [0x55, 2, 0x69, 0x64, 0x85, 0x52], "os.system('id')"),
      ([0x8C, 1, 0x61, 0x8C, 1, 0x62, 0x93, 0x29, 0x81], "new a.b()"),
      ([0x8C, 1, 0x61, 0x8C, 1, 0x62, 0x93, 0x29, 0x7D, 0x92], "new a.b()"), ([0x4B, 7, 0x51], "@7"),
    ] as [([UInt8], String)])
  func values(code: [UInt8], expected: String) throws {
    #expect(try words([0x80, 4] + code + [0x2E]) == expected)
  }

  @Test(
    "what is wrong is told with its place",
    arguments: [
      ([0x80, 9], "pickle protocol 9 at byte 2"), ([0x80, 2, 0x00], "the unknown instruction 0x00 at byte 2"),
      ([0x80, 2, 0x49, 0x31, 0x0A], "the unknown instruction 0x49 at byte 2"),
      ([0x80, 2, 0x69], "the unknown instruction 0x69 at byte 2"),
      ([0x2E], "a value is missing on its stack at byte 1"),
      ([0x4E, 0x28, 0x2E], "a value is missing on its stack at byte 3"),
      ([0x65], "a mark is missing on its stack at byte 1"),
      ([0x68, 9], "nothing was kept under the number 9 at byte 2"),
      ([0x4E, 0x4E, 0x61], "an element is appended to what is no list at byte 3"),
      ([0x4E, 0x4E, 0x4E, 0x73], "an item is set in what is no dictionary at byte 4"),
      ([0x7D, 0x28, 0x4E, 0x75], "a key without a value at byte 4"),
      ([0x4E, 0x4E, 0x52], "a call whose arguments are no tuple at byte 3"),
      ([0x4E, 0x4E, 0x93], "a global whose name is no text at byte 3"),
      ([0x58, 0xFF, 0xFF, 0xFF, 0xFF, 0x61], "it is cut short at byte 5"),
      ([0x54, 0xFF, 0xFF, 0xFF, 0xFF], "it is cut short at byte 5"),
      ([0x8D, 0, 0, 0, 0, 0, 0, 0, 0x80], "a length beyond 63 bits at byte 1"),
      ([0x63] + [UInt8](repeating: 0x61, count: 2000), "a name of more than 1024 bytes at byte 1026"),
    ] as [([UInt8], String)])
  func refusals(code: [UInt8], reason: String) {
    let sentence = "its pickle is damaged or no checkpoint: \(reason)"
    #expect(throws: FileError.invalid("test", reason: sentence)) { try read(code) }
  }

  @Test("a stack of more than half a million values is refused", arguments: [0x28, 0x4E] as [UInt8])
  func stack(opcode: UInt8) {
    let reason = "more than 500000 values wait on its stack at byte 500001"
    #expect(throws: FileError.invalid("test", reason: "its pickle is damaged or no checkpoint: \(reason)")) {
      try read([UInt8](repeating: opcode, count: 500_001))
    }
  }

  @Test("more than a million values are refused")
  func values() {
    // Each list is appended to the one before.
    let code: [UInt8] = [0x5D] + (0..<1_000_000).flatMap { _ in [0x5D, 0x61] as [UInt8] } + [0x2E]
    let sentence = "its pickle is damaged or no checkpoint: more than 1000000 values at byte 2000000"
    #expect(throws: FileError.invalid("test", reason: sentence)) { try read(code) }
  }

  @Test("every cut of a pickle is refused")
  func cuts() {
    let whole = Make.pickle(Make.dictionary(("w", Make.two), ("x", Make.kept(1, Make.text("y")))))
    for length in 0..<whole.count {
      #expect(throws: FileError.self) { try read(Array(whole[..<length])) }
    }
  }

  @Test("no flipped byte of a checkpoint leads anywhere but to a sentence or a tensor")
  func flips() throws {
    let body = Make.dictionary(("w", Make.two), ("v", Make.tensor(Make.storage(count: 2), offset: 1, [1], [1])))
    let whole = Make.pickle(body)
    for index in whole.indices {
      for change in [1, 4, 0x80, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[index] ^= change
        guard let file = try? MatrixFileOpener.open(SpooledBytes(name: "test", Make.archive(bytes))) else { continue }
        for entry in file.tensors {
          let loaded = try? file.read(entry, control: WorkControl())
          #expect(loaded == nil || loaded?.matrix.shape == entry.matrixShape)
        }
      }
    }
  }
}
