import CPNG
import CZlib
import LinearAlgebra

/// A_k as a picture of 8 bits: entries rounded, those outside 0 … 255 cut to it. Three channels side by side become
/// colours again.
struct PNGOutput: OutputFormat {
  let fileExtension = ".png"
  let summary = "the approximation as a picture of 8 bits, entries cut to 0 … 255"

  func write(_ written: WrittenApproximation, to sink: FileSink, control: WorkControl) throws(FileError) {
    let approximation = written.restored
    let shape = approximation.shape
    guard shape.count > 0 else { throw .invalid("", reason: "a picture needs at least one row and one column") }
    guard shape.longSide <= 1_000_000, shape.count <= PictureLayout.pixelLimit else {
      throw .invalid("", reason: "\(shape) is too large for a picture; write .npy or .npz")
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(shape.count)
    try approximation.forEachRowBlock(
      control: control, float: { (rows) in pixels.append(contentsOf: rows.lazy.map { intensity(Double($0)) }) },
      double: { (rows) in pixels.append(contentsOf: rows.lazy.map { intensity($0) }) })
    guard written.picture == .colour, shape.columns % 3 == 0 else {
      try sink.write(try encode(pixels, shape, channels: 1))
      return
    }
    let size = Shape(shape.rows, shape.columns / 3)
    try sink.write(try encode(interleaved(pixels, size), size, channels: 3))
  }

  /// Red, green and blue rows side by side as triples.
  private func interleaved(_ pixels: [UInt8], _ shape: Shape) -> [UInt8] {
    var triples: [UInt8] = []
    triples.reserveCapacity(pixels.count)
    for row in 0..<shape.rows {
      for column in 0..<shape.columns {
        for channel in 0..<3 { triples.append(pixels[(row * 3 + channel) * shape.columns + column]) }
      }
    }
    return triples
  }

  private func encode(_ pixels: [UInt8], _ shape: Shape, channels: Int) throws(FileError) -> [UInt8] {
    // libpng keeps the structure's address: it must not move.
    let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)
    image.initialize(to: png_image())
    defer {
      png_image_free(image)
      image.deallocate()
    }
    image.pointee.version = png_uint_32(PNG_IMAGE_VERSION)
    image.pointee.width = png_uint_32(shape.columns)
    image.pointee.height = png_uint_32(shape.rows)
    if channels == 3 { image.pointee.format = png_uint_32(PNG_FORMAT_RGB) }
    // What deflate needs at worst, and twelve bytes for each chunk of 8 KiB.
    let unpacked = shape.count * channels + shape.rows
    let packed = Int(compressBound(uLong(unpacked)))
    var size = png_alloc_size_t(packed + packed / 256 + 4096)
    var isEncoded = false
    let file = [UInt8](unsafeUninitializedCapacity: Int(size)) { target, count in
      isEncoded = png_image_write_to_memory(image, target.baseAddress, &size, 0, pixels, 0, nil) != 0
      count = isEncoded ? Int(size) : 0
    }
    guard isEncoded else {
      let message = withUnsafeBytes(of: image.pointee.message) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw .invalid("", reason: "the picture cannot be made (\(printable(message)))")
    }
    return file
  }
}

/// The nearest whole number of 0 … 255.
private func intensity(_ value: Double) -> UInt8 { UInt8(max(0, min(255, value.rounded()))) }
