import Glibc

/// Colours for a figure between 0 and 1 that grow lighter with it, for every kind of colour vision: matplotlib's viridis
/// (van der Walt & Smith 2015, in the public domain), straight lines between nine of its colours.
enum ColorRamp {
  /// The colours that are told apart; each is a class of the page's style sheet.
  static let levels = 24

  private static let stops: [(Double, Double, Double)] = [
    (68, 1, 84), (71, 44, 122), (59, 81, 139), (44, 113, 142), (33, 144, 141), (39, 173, 129), (92, 200, 99),
    (170, 220, 50), (253, 231, 37),
  ]

  /// Which of the ``levels`` stands for `share`, 0 … 1.
  static func level(_ share: Double) -> Int {
    guard share.isFinite else { return 0 }
    return min(levels - 1, max(0, Int(share * Double(levels))))
  }

  /// Red, green and blue of a level, each 0 … 255.
  static func color(_ level: Int) -> (red: Double, green: Double, blue: Double) {
    let place = Double(level) / Double(levels - 1) * Double(stops.count - 1)
    let index = min(stops.count - 2, max(0, Int(place)))
    let (from, to, share) = (stops[index], stops[index + 1], place - Double(index))
    return (
      from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share, from.2 + (to.2 - from.2) * share
    )
  }

  /// "#1f9e89".
  static func hexadecimal(_ level: Int) -> String {
    let (red, green, blue) = color(level)
    return "#"
      + [red, green, blue].map { component in
        let digits = String(Int(component.rounded()), radix: 16)
        return digits.count < 2 ? "0" + digits : digits
      }.joined()
  }

  /// Whether black is easier to read on a level than white. The better of the two has a contrast of at least 4.58 on any
  /// colour.
  static func wantsBlack(_ level: Int) -> Bool { luminance(level) > 0.179 }

  /// Relative luminance, 0 … 1. Source: Web Content Accessibility Guidelines 2.2.
  static func luminance(_ level: Int) -> Double {
    let (red, green, blue) = color(level)
    func linear(_ component: Double) -> Double {
      let value = component.rounded() / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The style sheet's classes `q0` … : as a background with its ink, and as a fill.
  static var styleSheet: String {
    (0..<levels).map { level in
      let ink = wantsBlack(level) ? "#000" : "#fff"
      let color = hexadecimal(level)
      return ".q\(level){background:\(color);color:\(ink);fill:\(color)}"
    }.joined(separator: "\n")
  }
}
