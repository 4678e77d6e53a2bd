import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("JPEG pictures")
struct JPEGTests {
  @Test("grey is what Pillow reads, to the bit")
  func grey() throws {
    let loaded = try Fixture.read("grey.jpg")
    #expect(Fixture.rows(loaded) == Fixture.rows(try Fixture.read("grey.jpg.npy")))
    #expect(loaded.matrix.shape == Shape(21, 27) && loaded.picture == .grey && loaded.entry.type == .u8)
    #expect(loaded.notes == ["grey intensities as stored"])
  }

  @Test(
    "each channel is what Pillow reads, to the bit, whatever the subsampling",
    arguments: ["rgb444", "rgb422", "rgb420", "rgb-progressive", "rgb-stored", "rgb-turned"])
  func channels(name: String) throws {
    let samples = try Fixture.read("\(name).jpg.npy").matrix
    for (offset, channel) in [PictureChannel.red, .green, .blue].enumerated() {
      let loaded = try Fixture.read("\(name).jpg", options: ReadOptions(channel: channel))
      #expect(loaded.matrix.shape == Shape(21, 27))
      #expect(
        Fixture.rows(loaded) == (0..<21).map { i in (0..<27).map { j in samples[i, 3 * j + offset] } }, "\(channel)")
    }
  }

  @Test("the usual reading is the luma of the stored values")
  func luma() throws {
    let samples = try Fixture.read("rgb420.jpg.npy").matrix
    let loaded = try Fixture.read("rgb420.jpg")
    #expect(
      Fixture.rows(loaded)
        == (0..<21).map { i in (0..<27).map { j in PNGTests.luma { samples[i, 3 * j + $0] } } })
    #expect(loaded.notes == ["luma .299 R + .587 G + .114 B of the stored values"])
  }

  @Test("an orientation is told, and not applied")
  func orientation() throws {
    #expect(
      try Fixture.read("rgb-turned.jpg").notes.last == "shown as stored: its Exif orientation 6 is not applied")
    #expect(
      Fixture.rows(try Fixture.read("rgb-turned.jpg")) == Fixture.rows(try Fixture.read("rgb420.jpg")))
  }

  @Test("CMYK is refused by name")
  func cmyk() throws {
    #expect(Fixture.refusal(try Fixture.bytes("cmyk.jpg"))?.contains("CMYK") == true)
  }

  @Test("data that end early are refused, however late")
  func truncation() throws {
    let bytes = try Fixture.bytes("grey.jpg")
    for count in [bytes.count / 2, bytes.count - 40, bytes.count - 8] {
      let refusal = Fixture.refusal(Array(bytes[..<count]) + [0xFF, 0xD9])
      #expect(refusal?.hasPrefix("test: it is a damaged JPEG (") == true, "\(refusal ?? "it was read")")
    }
  }

  /// A header of one frame, and nothing after it.
  static func header(
    height: Int = 8, width: Int = 8, components: Int = 1, precision: UInt8 = 8, process: UInt8 = 0xC0
  ) -> [UInt8] {
    var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, process, 0, UInt8(8 + 3 * components), precision]
    for side in [height, width] { bytes += [UInt8(side >> 8), UInt8(side & 255)] }
    bytes.append(UInt8(components))
    for component in 0..<components { bytes += [UInt8(component), 0x11, 0] }
    return bytes
  }

  static let hostileHeaders: [([UInt8], String)] = [
    (header(height: 65535, width: 65535), "more than 64 million"), (header(height: 0), "without pixels"),
    (header(width: 0), "without pixels"), (header(components: 4), "CMYK"), (header(components: 2), "2 components"),
    (header(components: 0), "0 components"), (header(precision: 12), "12 bits"), (header(process: 0xC3), "lossless"),
    (header(), "damaged JPEG"), (header(components: 3), "damaged JPEG"),
    (header(height: 8000, width: 8000), "damaged JPEG"), ([0xFF, 0xD8, 0xFF], "header is damaged"),
    ([0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0, 0], "header is damaged"), ([0xFF, 0xD8, 0xFF, 0xD9], "header is damaged"),
    ([0xFF, 0xD8, 0xFF, 0xE0, 0, 2, 1, 2, 3, 4], "header is damaged"),
    ([0xFF, 0xD8] + Array(repeating: 0xFF, count: 5000), "header is damaged"),
    ([0xFF, 0xD8, 0xFF, 0xE1, 0, 10] + Array("%PDF-1.7".utf8), "header is damaged"),
  ]

  @Test("hostile headers", arguments: hostileHeaders)
  func hostile(bytes: [UInt8], reason: String) throws {
    let refusal = try #require(Fixture.refusal(bytes))
    #expect(refusal.contains(reason), "\(refusal)")
  }

  @Test("damaged Exif is no orientation, and no error")
  func exif() throws {
    let bytes = try Fixture.bytes("grey.jpg")
    let broken: [[UInt8]] = [
      Array("Exif\0\0".utf8), Array("Exif\0\0MM\0*\u{7f}\0\0\0".utf8),
      Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 255, 255],
      Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 9, 0, 0, 0],
    ]
    for exif in broken {
      let file = Array(bytes[..<2]) + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + bytes[2...]
      #expect(try Fixture.read(file).notes == ["grey intensities as stored"])
    }
  }
}
