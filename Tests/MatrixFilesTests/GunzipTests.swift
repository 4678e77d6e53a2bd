import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("gzip")
struct GunzipTests {
  @Test(
    "what gzip packed reads as what it packed, in one member or two",
    arguments: ["savetxt.csv.gz", "two-members.csv.gz"])
  func reads(name: String) throws {
    #expect(Fixture.rows(try Fixture.read(name)) == Fixture.rows(try Fixture.read("savetxt.csv")))
  }

  @Test("arrays are unpacked too")
  func arrays() throws {
    #expect(Fixture.rows(try Fixture.read("f8-C-le.npy.gz")) == Fixture.rows(try Fixture.read("f8-C-le.npy")))
  }

  @Test("every cut and every flipped byte of the checksum is noticed")
  func damage() throws {
    let bytes = try Fixture.bytes("f8-C-le.npy.gz")
    for count in 3..<bytes.count { #expect(Fixture.refusal(Array(bytes[..<count]))?.contains("gzip") == true) }
    for index in bytes.count - 8..<bytes.count {
      var changed = bytes
      changed[index] ^= 1
      #expect(Fixture.refusal(changed)?.contains("damaged") == true)
    }
  }

  @Test("a bomb stops at the stated cap")
  func bomb() throws {
    let source = try openSource(Fixture.path("zeros.gz"), control: WorkControl())
    #expect(source.count < 20_000)
    #expect { try Gunzip.unpack(source, limit: 1 << 20, control: WorkControl()) } throws: { error in
      "\(error)".contains("unpacks to more than 1.04 MB")
    }
  }

  @Test("packed twice is refused")
  func twice() throws {
    let refusal = try #require(Fixture.refusal(try Fixture.bytes("twice.gz")))
    #expect(refusal.contains("twice or more"))
  }
}
