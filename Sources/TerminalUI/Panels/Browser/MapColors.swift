import Checkpoints
import Explorer

/// The colours of a number in the map: the more, the farther from the screen's ground; lighter or darker all along, so
/// that they read without hue.
struct MapColors {
  /// The least and the largest number.
  let range: ClosedRange<Double>

  /// Colours for `values`; nil without any.
  init?(_ values: [Double]) {
    guard let least = values.min(), let most = values.max() else { return nil }
    range = least...most
  }

  /// From blue through grey to sand, as cividis does, each lighter than the one before.
  static let ramp: [UInt8] = [24, 60, 66, 102, 144, 180, 222]

  /// The same in finer steps, from nearly black to nearly white: for heat maps, which have no digits.
  static let fineRamp: [UInt8] = [17, 18, 24, 60, 66, 102, 109, 144, 180, 222, 229]

  /// The colour of a level from 0 to 1 in a heat map; on a light ground what is largest is darkest.
  static func heat(level: Double, _ theme: ThemeName) -> UInt8 {
    let index = Int((level * Double(fineRamp.count - 1)).rounded())
    return fineRamp[theme == .light ? fineRamp.count - 1 - index : index]
  }

  /// Where `value` stands, 0 … 1.
  func level(_ value: Double) -> Double {
    range.upperBound > range.lowerBound
      ? min(1, max(0, (value - range.lowerBound) / (range.upperBound - range.lowerBound))) : 0.5
  }

  /// How a cell with `value` is drawn: by a ground where there are colours enough, by ink where there are a few.
  func style(_ value: Double, _ canvas: Canvas) -> Style { Self.style(level: level(value), canvas) }

  /// The same for a level from 0 to 1.
  static func style(level: Double, _ canvas: Canvas) -> Style {
    let theme = canvas.theme
    guard theme.display.colors == .palette else {
      return theme[level < 1.0 / 3 ? .kept : level < 2.0 / 3 ? .text : .limit]
    }
    let index = Int((level * Double(ramp.count - 1)).rounded())
    let ground = ramp[theme.display.theme == .light ? ramp.count - 1 - index : index]
    return Style(foreground: RGB(palette: ground).isLight ? 16 : 231, background: ground)
  }
}

extension ScanValue {
  /// The number, where it is one.
  var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .text, .none: nil
    }
  }
}
