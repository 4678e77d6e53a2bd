import Checkpoints

/// σ_i/σ₁ over i/p, both axes from 0 to 1, the first logarithmic: what the page's curves and heat maps draw.
struct ProfileDrawing {
  /// The widths of a drawing and heights of a curve, in units of the view box.
  static let width = 320, height = 72

  private let profile: [Float]
  /// Where along i/p the factors stop saving parameters, and where the error is 10 %; nil where there is no such rank.
  let breakEven: Double?
  let tenPercent: Double?

  init(_ findings: TensorFindings) {
    profile = findings.profile
    let limit = Double(min(findings.rows, findings.columns))
    let isDrawn = !findings.profile.isEmpty && limit > 0
    breakEven = isDrawn ? Double(findings.breakEvenRank) / limit : nil
    tenPercent = isDrawn ? findings.ranks["error_10"].map { Double($0) / limit } : nil
  }

  /// How far down the axis a value lies: 0 for σ₁, 1 for 10⁻²·σ₁ and less.
  private func depth(_ value: Float) -> Double { 1 - ProfileScale.height(value) }

  /// The curve with its marks as an SVG element.
  var curve: String {
    guard profile.count > 0 else { return "" }
    let (width, height) = (Self.width, Self.height)
    // A step for each value; where there are many, a line through every second place.
    let count = min(64, profile.count)
    var (x, y) = (0, Int((depth(profile[0]) * Double(height)).rounded()))
    var path = "M0 \(y)"
    for place in 1...count {
      let nextX = place * width / count
      let nextY = Int(
        (depth(profile[min(profile.count - 1, place * profile.count / count)]) * Double(height)).rounded())
      path += "l\(nextX - x) \(nextY - y)"
      (x, y) = (nextX, nextY)
    }
    var marks = ""
    if let breakEven { marks += mark("b", breakEven) }
    if let tenPercent { marks += mark("e", tenPercent) }
    return "<svg class=\"s\" viewBox=\"0 0 \(width) \(height)\" preserveAspectRatio=\"none\">"
      + "<path class=\"f\" d=\"\(path)V\(height)H0z\"/><path class=\"c\" d=\"\(path)\"/>\(marks)</svg>"
  }

  private func mark(_ name: String, _ share: Double) -> String {
    "<path class=\"\(name)\" d=\"M\(Int((share * Double(Self.width)).rounded())) 0v\(Self.height)\"/>"
  }

  /// One row of a heat map at `top`: a stretch for each colour, since the values never grow.
  func row(top: Int, left: Int, height: Int) -> String {
    guard !profile.isEmpty else { return "" }
    var out = ""
    var start = 0
    for place in 1...profile.count {
      let level = ColorRamp.level(1 - depth(profile[start]))
      if place < profile.count, ColorRamp.level(1 - depth(profile[place])) == level { continue }
      let (from, to) = (start * Self.width / profile.count, place * Self.width / profile.count)
      out += "<path class=\"q\(level)\" d=\"M\(left + from) \(top)h\(to - from)v\(height)h-\(to - from)z\"/>"
      start = place
    }
    if let breakEven {
      // Dark in light, so that it shows on every colour.
      let mark = "M\(left + Int((breakEven * Double(Self.width)).rounded())) \(top)v\(height)"
      out += "<path class=\"u\" d=\"\(mark)\"/><path class=\"t\" d=\"\(mark)\"/>"
    }
    return out
  }
}
