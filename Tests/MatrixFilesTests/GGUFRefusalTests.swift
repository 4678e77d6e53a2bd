import Testing

@testable import MatrixFiles

@Suite("GGUF files that are refused")
struct GGUFRefusalTests {
  /// A file and words of the sentence that refuses it.
  struct Case: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let words: String
    var testDescription: String { words }

    init(_ builder: GGUFBuilder, _ words: String) { (bytes, self.words) = (builder.bytes, words) }
  }

  private static func tensors(_ tensors: GGUFBuilder.Tensor...) -> GGUFBuilder { GGUFBuilder(tensors: tensors) }

  private static func changed(_ change: (inout GGUFBuilder) -> Void) -> GGUFBuilder {
    var builder = GGUFBuilder.small()
    change(&builder)
    return builder
  }

  private static func array(_ type: Int, _ count: Int, _ items: [UInt8] = []) -> GGUFBuilder {
    .small(("a", 9, HostileBytes.little(type, 4) + HostileBytes.little(count, 8) + items))
  }

  static let cases: [Case] = [
    Case(changed { $0.version = 1 }, "GGUF version 1 of 2023"),
    Case(changed { $0.version = 4 }, "GGUF version 4, and versions 2 and 3 are read"),
    Case(changed { $0.version = 0 }, "GGUF version 0"),
    Case(changed { $0.tensors = [] }, "it holds no tensors"),
    Case(changed { $0.tensorCount = 1 << 40 }, "it claims 1099511627776 tensors, and"),
    Case(changed { $0.tensorCount = -1 }, "it claims 18446744073709551615 tensors"),
    Case(changed { $0.valueCount = 1 << 40 }, "it claims 1099511627776 keys, and"),
    Case(changed { $0.tensorCount = 2 }, "header is damaged"),
    Case(.small(("", 0, [1])), "a key is empty"),
    Case(.small(("a", 0, [1]), ("a", 4, [1, 0, 0, 0])), "the key “a” stands there twice"),
    Case(.small((String(repeating: "k", count: 70_000), 0, [1])), "a key has 70000 bytes"),
    Case(.small(("a", 13, [1])), "the value of “a” has type 13, which does not exist"),
    Case(.small(("a\u{1B}[2J", 13, [1])), "“a\\u{1b}[2J”"),
    Case(.small(("a", 8, HostileBytes.little(1 << 50, 8))), "bytes of “a”, and"),
    Case(array(9, 1), "an array of arrays"),
    Case(array(13, 1), "has type 13, which does not exist"),
    Case(array(12, 1 << 61), "items of “a”, and"),
    Case(array(8, 1 << 20), "items of “a”, and"),
    Case(array(8, 1, HostileBytes.little(1 << 62, 8)), "bytes of a string, and"),
    Case(.small(("general.alignment", 4, [0, 0, 0, 0])), "alignment “0” is no power of two"),
    Case(.small(("general.alignment", 4, [48, 0, 0, 0])), "alignment “48” is no power of two"),
    Case(.small(("general.alignment", 10, HostileBytes.little(32, 8))), "alignment “32” is no power of two"),
    Case(.small(("general.alignment", 4, [0, 0, 0, 0x80])), "“w” ends beyond the"),
    Case(tensors(.init("w", [1], [1]), .init("w", [1], [2])), "two tensors are called “w”"),
    Case(tensors(.init(String(repeating: "n", count: 128), [1], [1])), "name has 128 bytes, more than 127"),
    Case(tensors(.init("w", [1, 1, 1, 1, 1], [1])), "“w” has 5 axes, more than 4"),
    Case(tensors(.init("w", [-1], [1])), "an axis of “w” is beyond 2⁶³"),
    Case(tensors(.init("w", [1 << 32, 1 << 31], [1])), "elements of “w” cannot be counted"),
    Case(tensors(.init("w", [1 << 60], [1])), "“w” ends beyond"),
    Case(tensors(.init("w", [1 << 62], [1])), "bytes of “w” cannot be counted"),
    Case(
      tensors(.init("w", [33], type: 2, data: [UInt8](repeating: 0, count: 36))), "33 elements, no multiple of the 32"),
    Case(
      tensors(.init("w", [128], type: 10, data: [UInt8](repeating: 0, count: 84))), "no multiple of the 256 of a Q2_K"),
    Case(tensors(.init("w", [1], [1], offset: 32)), "begin at 32 and should begin at 0"),
    Case(tensors(.init("a", [1], [1]), .init("b", [1], [1], offset: 0)), "“b” begin at 0 and should begin at 32"),
    Case(tensors(.init("a", [1], [1]), .init("b", [1], [1], offset: 64)), "“b” begin at 64 and should begin at 32"),
    Case(tensors(.init("a", [1], [1]), .init("b", [1], [1], offset: -32)), "begin at 18446744073709551584"),
    Case(
      tensors(.init("a", [32], type: 99, data: [1]), .init("b", [1], [1], offset: 31)), "should begin at 0 or later"),
    Case(tensors(.init("a", [32], type: 99, data: [1], offset: 1 << 62), .init("b", [1], [1])), "should begin at 0"),
    Case(tensors(.init("w", [100, 100], [1, 2, 3])), "“w” ends beyond the"),
  ]

  @Test("each with its sentence", arguments: cases)
  func refusals(_ example: Case) throws {
    let refusal = try #require(Fixture.refusal(example.bytes))
    #expect(refusal.contains(example.words))
    #expect(!refusal.contains("\n") && !refusal.contains("\u{1B}"))
  }

  @Test("a name of 127 bytes is read")
  func longName() throws {
    #expect(Fixture.refusal(Self.tensors(.init(String(repeating: "n", count: 127), [1], [1])).bytes) == nil)
  }
}
