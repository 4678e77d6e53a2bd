import Explorer
import RankAnalysis

/// The scales that pictures of one state are drawn on: A and A_k alike, so that they can be compared.
struct PictureScales {
  /// What is drawn darkest and brightest.
  let low: Double, high: Double
  private let map: ColorMap
  private let channels: Int
  /// Whether the ends are means of several entries.
  private let areMeans: Bool

  /// A photograph is drawn on its own range, a table on that of its pooled means, whose noise is averaged away.
  init(_ state: ExplorerState, _ info: MatrixInfo) {
    map = state.pictureView.map
    channels = info.channels
    if !info.isPicture, let original = state.pictures?.original, let low = original.values.min(),
      let high = original.values.max(), high > low
    {
      self.low = Double(low) * original.scale
      self.high = Double(high) * original.scale
      areMeans = original.grid.rows < info.shape.rows || original.grid.columns < info.shape.columns
    } else {
      areMeans = false
      (low, high) = (info.minimum, info.maximum)
    }
  }

  /// A and A_k.
  var entries: PictureBox {
    PictureBox(channels == 3 ? .channels(low: low, high: high) : .linear(low: low, high: high, map))
  }

  /// The legend of ``entries``.
  var legend: PictureBox { PictureBox(.linear(low: low, high: high, channels == 3 ? .grey : map)) }

  /// The root mean square of the residual, on a logarithmic scale of A's range that does not move with the rank: it
  /// darkens as the error shrinks.
  var residual: PictureBox { PictureBox(.logarithmic(high: range, decades: 3)) }

  /// What 100 % of the residual's scale is.
  var range: Double { high > low ? high - low : max(abs(high), 1) }

  /// "0 … 255"; of a table "means 0.2 … 13", for a pixel is the mean of several entries.
  var text: String { (areMeans ? "means " : "") + "\(Self.entry(low)) … \(Self.entry(high))" }

  /// A whole number as it is, any other to four digits.
  static func entry(_ value: Double) -> String {
    if let whole = Int(exactly: value), abs(whole) < 10_000_000 { return "\(whole)" }
    return NumberFormat.plain(value, digits: 4)
  }

  /// The three channels of a residual as one picture: the root of their mean square.
  func merged(_ picture: PooledPicture) -> PooledPicture {
    guard channels == 3 else { return picture }
    let width = picture.grid.columns / 3
    var values: [Float] = []
    values.reserveCapacity(picture.grid.rows * width)
    for row in 0..<picture.grid.rows {
      let start = row * picture.grid.columns
      for column in 0..<width {
        let squares = (0..<3).reduce(Float(0)) { sum, channel in
          let value = picture.values[start + channel * width + column]
          return sum + value * value
        }
        values.append((squares / 3).squareRoot())
      }
    }
    return PooledPicture(
      grid: PictureGrid(rows: picture.grid.rows, columns: width), values: values, scale: picture.scale)
  }
}
