import LinearAlgebra

/// How the samples of a decoded picture lie – interleaved, row by row – and how they become a matrix.
struct PictureLayout: Hashable, Sendable {
  /// Pixels.
  let height: Int, width: Int
  /// The samples of one pixel: grey or red, green and blue, and perhaps others that are left alone.
  let samplesPerPixel: Int
  /// Whether the first three samples of a pixel are red, green and blue; otherwise the first is grey.
  let isColour: Bool

  /// More pixels than this are refused, by the header, before anything is unpacked.
  static let pixelLimit = 64_000_000

  /// Refuses pictures of more than ``pixelLimit`` pixels.
  static func requirePixels(height: Int, width: Int, source: String) throws(FileError) {
    guard let pixels = checkedProduct([height, width]), pixels <= pixelLimit else {
      throw .tooLarge(
        source, reason: "it has \(height) × \(width) pixels, more than \(pixelLimit / 1_000_000) million; scale it down"
      )
    }
  }

  /// The samples of one row.
  var rowLength: Int { width * samplesPerPixel }

  /// The matrix of `channel`: m × n, or m × 3n for the three side by side.
  func shape(_ channel: PictureChannel) -> Shape { Shape(height, isColour && channel == .colour ? 3 * width : width) }

  /// What the matrix of `channel` is to who draws it.
  func kind(_ channel: PictureChannel) -> PictureKind { isColour && channel == .colour ? .colour : .grey }

  /// What was taken.
  func notes(_ channel: PictureChannel) -> [String] {
    guard isColour else {
      return ["grey intensities as stored"] + (channel == .luma ? [] : ["a grey picture: one channel"])
    }
    switch channel {
    case .luma: return ["luma .299 R + .587 G + .114 B of the stored values"]
    case .red, .green, .blue: return ["\(channel.rawValue) channel of the stored values"]
    case .colour: return ["red, green and blue side by side"]
    }
  }

  /// Takes `channel` of one row's samples to a row of the matrix. The luma of three equal samples is exactly theirs.
  @inline(__always)
  func take<Sample: FixedWidthInteger>(
    _ channel: PictureChannel, of row: UnsafePointer<Sample>, into target: UnsafeMutablePointer<Double>
  ) {
    switch isColour ? channel : .red {
    case .luma:
      for pixel in 0..<width {
        let start = row + pixel * samplesPerPixel
        let (red, green, blue) = (start[0], start[1], start[2])
        target[pixel] =
          red == green && red == blue
          ? Double(red) : 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)
      }
    case .red: pick(0, of: row, into: target)
    case .green: pick(1, of: row, into: target)
    case .blue: pick(2, of: row, into: target)
    case .colour: for sample in 0..<3 { pick(sample, of: row, into: target + sample * width) }
    }
  }

  @inline(__always)
  private func pick<Sample: FixedWidthInteger>(
    _ sample: Int, of row: UnsafePointer<Sample>, into target: UnsafeMutablePointer<Double>
  ) {
    for pixel in 0..<width { target[pixel] = Double(row[pixel * samplesPerPixel + sample]) }
  }

  /// The matrix of `channel`, from all samples of the picture at once.
  func matrix<Sample: FixedWidthInteger>(
    _ channel: PictureChannel, of samples: UnsafePointer<Sample>
  ) -> DenseMatrix {
    // A row of the picture is a column of the transpose.
    let stored = shape(channel).transposed
    let matrix = Matrix<Double>(stored) { target in
      guard let base = target.baseAddress else { return }
      for row in 0..<height { take(channel, of: samples + row * rowLength, into: base + row * stored.rows) }
    }
    return DenseMatrix(.double(matrix), isStoredTransposed: true)
  }
}
