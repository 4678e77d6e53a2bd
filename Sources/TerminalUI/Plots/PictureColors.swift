import Explorer
import Glibc

/// The colours that a picture's values are drawn in: each map increases in lightness, so that it reads without hue.
enum PictureColors {
  /// Black, the palette's 24 greys, white.
  static let grey: [UInt8] = [16] + (232...255).map { UInt8($0) } + [231]
  /// matplotlib's viridis and cividis in the xterm palette, only entries that grow lighter.
  static let viridis: [UInt8] = [53, 54, 60, 30, 36, 72, 77, 113, 149, 184, 220]
  static let cividis: [UInt8] = [17, 23, 240, 59, 241, 242, 243, 244, 102, 245, 138, 144, 179, 185, 221]
  /// Dark violet through red and orange to pale yellow.
  static let heat: [UInt8] = [16, 17, 54, 91, 127, 162, 198, 203, 209, 215, 221, 228, 230]
  /// Blue below zero, orange above it, on a dark and on a light ground: told apart by those who see no red or green.
  static let divergingDark: [UInt8] = [159, 117, 75, 32, 25, 234, 94, 130, 172, 214, 222]
  static let divergingLight: [UInt8] = [19, 26, 32, 75, 153, 255, 223, 215, 208, 166, 130]

  /// The colours of `map`.
  static func colors(_ map: ColorMap) -> [UInt8] {
    switch map {
    case .grey: grey
    case .viridis: viridis
    case .cividis: cividis
    }
  }

  /// The palette's entry nearest to a colour whose components are 0 … 1: of the cube and of the greys.
  static func nearest(red: Double, green: Double, blue: Double) -> UInt8 {
    func step(_ value: Double) -> Int {
      let level = max(0, min(1, value)) * 255
      return level < 47.5 ? 0 : level < 115 ? 1 : min(5, Int((level - 35) / 40))
    }
    func level(_ step: Int) -> Double { step == 0 ? 0 : Double(55 + 40 * step) / 255 }
    func distance(_ r: Double, _ g: Double, _ b: Double) -> Double {
      2 * (r - red) * (r - red) + 4 * (g - green) * (g - green) + 3 * (b - blue) * (b - blue)
    }
    let cube = (step(red), step(green), step(blue))
    let mean = (red + green + blue) / 3
    let greyStep = max(0, min(23, Int(((mean * 255 - 8) / 10).rounded())))
    let greyLevel = Double(8 + 10 * greyStep) / 255
    return distance(level(cube.0), level(cube.1), level(cube.2)) <= distance(greyLevel, greyLevel, greyLevel)
      ? UInt8(16 + 36 * cube.0 + 6 * cube.1 + cube.2) : UInt8(232 + greyStep)
  }
}
