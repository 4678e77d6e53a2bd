import CPNG
import LinearAlgebra

/// A PNG picture: grey as stored, colour as its luma.
struct PNGFormat: FileFormat {
  let name = "png"
  let summary = "a picture (.png): grey intensities as stored, colour as luma .299 R + .587 G + .114 B"

  func recognises(_ prefix: [UInt8]) -> Bool { prefix.starts(with: PNGHeader.signature) }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    PNGFile(bytes: bytes, header: try PNGHeader(bytes))
  }
}

/// An opened PNG.
private struct PNGFile: MatrixFile {
  let bytes: any ByteSource
  let header: PNGHeader

  var source: String { bytes.name }
  var format: String { "png" }
  var tensors: [TensorEntry] {
    [TensorEntry(name: nil, type: isWide ? .u16 : .u8, axes: [header.height, header.width])]
  }

  /// Whether 16-bit numbers are handed out: libpng multiplies them by alpha, so with alpha 8 bits are asked for.
  private var isWide: Bool { header.depth == 16 && !hasAlpha }
  private var hasAlpha: Bool { header.colour == .greyAlpha || header.colour == .rgbAlpha }
  private var isColour: Bool { header.colour != .grey && header.colour != .greyAlpha }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    try options.view.requireUsual(for: entry, source: source)
    let chunks = try PNGChunks(bytes, control: control)
    guard header.unpackedBytes / 1032 <= chunks.dataBytes else {
      throw .invalid(source, reason: "it is a damaged PNG: its data are too few for \(header.height) × \(header.width)")
    }
    let layout = PictureLayout(
      height: header.height, width: header.width, samplesPerPixel: (isColour ? 3 : 1) + (hasAlpha ? 1 : 0),
      isColour: isColour)
    let size = layout.height * layout.rowLength * (isWide ? 2 : 1)
    try MemoryBudget.require(layout.shape(options.channel), scalarSize: 8, extra: size, source: source)
    let pixels = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { pixels.deallocate() }
    try decode(chunks, into: pixels)
    try control.advance(0.75)
    guard let base = pixels.baseAddress else { throw .invalid(source, reason: "it is a PNG without pixels") }
    let matrix =
      isWide
      ? layout.matrix(options.channel, of: base.assumingMemoryBound(to: UInt16.self))
      : layout.matrix(options.channel, of: base.assumingMemoryBound(to: UInt8.self))
    try control.advance(1)
    return try LoadedMatrix(
      resolving: matrix, entry: entry, options: options, notes: layout.notes(options.channel) + notes(chunks),
      picture: layout.kind(options.channel), source: source)
  }

  private func decode(_ chunks: PNGChunks, into pixels: UnsafeMutableRawBufferPointer) throws(FileError) {
    // libpng keeps the structure's address: it must not move.
    let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)
    image.initialize(to: png_image())
    defer {
      png_image_free(image)
      image.deallocate()
    }
    image.pointee.version = png_uint_32(PNG_IMAGE_VERSION)
    let isDecoded = chunks.bytes.withUnsafeBytes { file in
      guard png_image_begin_read_from_memory(image, file.baseAddress, file.count) != 0 else { return false }
      // Only numbers that are not linear light come as they are where 8 bits are made of 16.
      if header.depth == 16, !isWide { image.pointee.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB) }
      image.pointee.format =
        png_uint_32(isColour ? PNG_FORMAT_FLAG_COLOR : 0) | png_uint_32(hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0)
        | png_uint_32(isWide ? PNG_FORMAT_FLAG_LINEAR : 0)
      guard image.pointee.width == header.width, image.pointee.height == header.height else { return false }
      return png_image_finish_read(image, nil, pixels.baseAddress, 0, nil) != 0
    }
    guard isDecoded else {
      let message = withUnsafeBytes(of: image.pointee.message) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw .invalid(source, reason: "it is a damaged PNG (\(printable(message))); save it again")
    }
  }

  /// What is to be said beside the channel.
  private func notes(_ chunks: PNGChunks) -> [String] {
    var notes: [String] = []
    if header.colour == .grey, header.depth < 8 { notes.append("\(header.depth)-bit grey scaled to 0 … 255") }
    if header.depth == 16 { notes.append(isWide ? "16 bits, 0 … 65535" : "16 bits reduced to 8") }
    if hasAlpha || chunks.hasTransparency { notes.append("transparency ignored") }
    return notes
  }
}
