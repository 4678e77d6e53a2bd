import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("PNG pictures")
struct PNGTests {
  /// What `make.py` draws.
  static func pixel(_ row: Int, _ column: Int, _ channel: Int, levels: Int) -> Double {
    Double((37 * row + 11 * column + 5 * channel) % levels)
  }

  static func luma(_ channel: (Int) -> Double) -> Double {
    if channel(0) == channel(1), channel(1) == channel(2) { return channel(0) }
    return 0.299 * channel(0) + 0.587 * channel(1) + 0.114 * channel(2)
  }

  private func expect(_ loaded: LoadedMatrix, _ expected: (Int, Int) -> Double) {
    #expect(loaded.matrix.shape == Shape(7, 9))
    #expect(loaded.isPicture)
    #expect(Fixture.rows(loaded) == (0..<7).map { r in (0..<9).map { c in expected(r, c) } })
  }

  @Test("grey of every depth, as stored", arguments: [1, 2, 4, 8, 16])
  func grey(depth: Int) throws {
    let loaded = try Fixture.read("grey\(depth).png")
    let scale = depth < 8 ? 255 / Double(1 << depth - 1) : 1
    expect(loaded) { Self.pixel($0, $1, 0, levels: 1 << depth) * scale }
    #expect(loaded.notes.first == "grey intensities as stored")
  }

  @Test("8 and 16 bits as Pillow writes them")
  func pillow() throws {
    expect(try Fixture.read("pillow-grey8.png")) { Self.pixel($0, $1, 0, levels: 256) }
    expect(try Fixture.read("pillow-grey16.png")) { Self.pixel($0, $1, 0, levels: 65536) }
  }

  @Test(
    "colour is the luma of the stored values, alpha or not",
    arguments: [("rgb8.png", 256), ("rgba8.png", 256), ("interlaced-rgb.png", 256), ("rgb16.png", 65536)])
  func colour(name: String, levels: Int) throws {
    let loaded = try Fixture.read(name)
    expect(loaded) { row, column in Self.luma { Self.pixel(row, column, $0, levels: levels) } }
    #expect(loaded.notes.first == "luma .299 R + .587 G + .114 B of the stored values")
    #expect(loaded.notes.contains("transparency ignored") == (name == "rgba8.png"))
  }

  @Test("a palette of greys keeps them exactly")
  func palette() throws {
    // Twenty-four bytes 31 i mod 256 make eight colours.
    expect(try Fixture.read("palette.png")) { row, column in
      let index = Int(Self.pixel(row, column, 0, levels: 8))
      return Self.luma { Double(31 * (3 * index + $0) % 256) }
    }
  }

  @Test("grey with alpha, transparency, gamma and interlacing change no number")
  func ancillary() throws {
    for name in ["greyalpha8.png", "gamma.png", "transparent.png", "interlaced.png"] {
      expect(try Fixture.read(name)) { Self.pixel($0, $1, 0, levels: 256) }
    }
    expect(try Fixture.read("gamma16.png")) { Self.pixel($0, $1, 0, levels: 65536) }
  }

  @Test("16 bits with alpha are reduced to 8, and that is said")
  func wideAlpha() throws {
    let loaded = try Fixture.read("rgba16.png")
    #expect(loaded.notes.contains("16 bits reduced to 8"))
    expect(loaded) { row, column in Self.luma { (Self.pixel(row, column, $0, levels: 65536) / 257).rounded() } }
  }

  @Test("pictures too large, or too large for their data, are refused before they are unpacked")
  func bombs() throws {
    #expect(Fixture.refusal(try Fixture.bytes("bomb.png"))?.contains("64 million") == true)
    #expect(Fixture.refusal(try Fixture.bytes("hollow.png"))?.contains("too few") == true)
  }
}
