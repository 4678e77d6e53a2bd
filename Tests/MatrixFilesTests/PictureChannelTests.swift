import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Channels of a picture")
struct PictureChannelTests {
  static let colours = [
    "rgb8.png", "rgba8.png", "interlaced-rgb.png", "rgb16.png", "palette.png", "rgba16.png", "colour.ppm",
    "colour-plain.ppm", "rgb420.jpg",
  ]

  @Test("colour is red, green and blue side by side, and its luma is the usual reading", arguments: colours)
  func sideBySide(name: String) throws {
    let parts = try [PictureChannel.red, .green, .blue].map {
      Fixture.rows(try Fixture.read(name, options: ReadOptions(channel: $0)))
    }
    let colour = try Fixture.read(name, options: ReadOptions(channel: .colour))
    #expect(colour.picture == .colour && colour.notes.first == "red, green and blue side by side")
    #expect(Fixture.rows(colour) == parts[0].indices.map { parts[0][$0] + parts[1][$0] + parts[2][$0] })
    let luma = Fixture.rows(try Fixture.read(name))
    for (i, row) in luma.enumerated() {
      #expect(row == row.indices.map { j in PNGTests.luma { parts[$0][i][j] } })
    }
  }

  @Test("PNG keeps the stored channel", arguments: [PictureChannel.red, .green, .blue])
  func png(channel: PictureChannel) throws {
    let offset = try #require([PictureChannel.red, .green, .blue].firstIndex(of: channel))
    let loaded = try Fixture.read("rgb16.png", options: ReadOptions(channel: channel))
    #expect(loaded.notes == ["\(channel) channel of the stored values", "16 bits, 0 … 65535"])
    #expect(loaded.picture == .grey)
    #expect(
      Fixture.rows(loaded)
        == (0..<7).map { r in (0..<9).map { c in PNGTests.pixel(r, c, offset, levels: 65536) } })
  }

  @Test(
    "grey has nothing to choose, and says so",
    arguments: ["grey8.png", "grey16.png", "greyalpha8.png", "grey.pgm", "grey.jpg"],
    [PictureChannel.red, .colour])
  func grey(name: String, channel: PictureChannel) throws {
    let loaded = try Fixture.read(name, options: ReadOptions(channel: channel))
    let usual = try Fixture.read(name)
    #expect(Fixture.rows(loaded) == Fixture.rows(usual))
    #expect(loaded.picture == .grey)
    #expect(loaded.notes.prefix(2) == ["grey intensities as stored", "a grey picture: one channel"])
    #expect(!usual.notes.contains("a grey picture: one channel"))
  }

  @Test("a picture has no views of its axes", arguments: ["grey8.png", "colour.ppm", "rgb420.jpg"])
  func views(name: String) throws {
    #expect {
      try Fixture.read(name, options: ReadOptions(view: .fold([1])))
    } throws: {
      "\($0)".hasSuffix("fold=1 is for the arrays of NumPy files; a table or picture has rows and columns")
    }
    #expect(try Fixture.read(name, options: ReadOptions(view: .fold([0]))).isPicture)
  }
}
