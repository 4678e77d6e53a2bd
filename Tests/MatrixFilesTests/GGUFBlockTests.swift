import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Blocks of GGUF")
struct GGUFBlockTests {
  static let types: [ElementType] = [
    .q4_0, .q4_1, .q5_0, .q5_1, .q8_0, .q2_k, .q3_k, .q4_k, .q5_k, .q6_k, .iq4_nl, .iq4_xs, .mxfp4,
  ]

  @Test("every type has its decoder, and no other type one of these")
  func catalog() {
    for type in Self.types { #expect(ElementDecoderCatalog.decoder(for: type)?.type == type) }
  }

  @Test("the values are those of gguf's own dequantisation, to the last bit of f32", arguments: types)
  func values(type: ElementType) throws {
    let loaded = try Fixture.read("blocks.gguf", tensor: type.rawValue)
    let expected = try Fixture.read("blocks.npz", tensor: type.rawValue)
    #expect(loaded.entry.type == type)
    #expect(loaded.matrix.shape == expected.matrix.shape)
    #expect(Fixture.rows(loaded) == Fixture.rows(expected))
    #expect(Fixture.rows(loaded).joined().contains { $0 != 0 })
    #expect(loaded.notes == ["\(type.rawValue.uppercased()) rounds the entries, which leaves a flat tail of σ"])
  }

  @Test("a slice of blocks that are not all wanted", arguments: types)
  func slices(type: ElementType) throws {
    let whole = Fixture.rows(try Fixture.read("blocks.gguf", tensor: type.rawValue))
    let options = ReadOptions(view: .slice([nil, 37]))
    let column = Fixture.rows(try Fixture.read("blocks.gguf", tensor: type.rawValue, options: options))
    #expect(column == whole.map { [$0[37]] })
    let turned = try Fixture.read("blocks.gguf", tensor: type.rawValue, options: ReadOptions(view: .fold([1])))
    #expect(Fixture.rows(turned) == whole[0].indices.map { column in whole.map { $0[column] } })
  }

  @Test("the shared power of two of MXFP4, down to the subnormal ones")
  func powers() {
    for exponent in 0...254 {
      let block: [UInt8] = [UInt8(exponent), 0x12] + [UInt8](repeating: 0, count: 15)
      var entries = [Float](repeating: .nan, count: 32)
      block.withUnsafeBytes { bytes in
        entries.withUnsafeMutableBufferPointer { MXFP4Blocks().decode(bytes, into: $0) }
      }
      let scale = Float(sign: .plus, exponent: exponent - 128, significand: 1)
      #expect(entries[0] == 2 * scale && entries[16] == scale && entries[1] == 0)
    }
  }
}
