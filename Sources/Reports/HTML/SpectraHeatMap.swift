import Checkpoints

/// The spectra of several matrices under each other, one row each: σ_i/σ₁ as colour, i/p to the right, and where the pair
/// of factors stops saving.
struct SpectraHeatMap {
  private let title: String
  private let rows: [(label: String, matrix: ModelReport.Matrix)]

  /// A heat map of `rows` headed by `title`.
  init(_ title: String, _ rows: [(label: String, matrix: ModelReport.Matrix)]) {
    self.title = title
    self.rows = rows
  }

  /// The figure; its size grows with the rows.
  var markup: String {
    let margin = 36
    let height = rows.count > 40 ? 7 : 14
    // Labels need room: where rows are thin, every second or third has one.
    let step = height < 12 ? 2 : 1
    var content = ""
    for (index, row) in rows.enumerated() {
      let top = index * height
      if index % step == 0 {
        content +=
          "<text x=\"\(margin - 5)\" y=\"\(top + height / 2 + 4)\" text-anchor=\"end\">\(HTMLText.escaped(row.label))</text>"
      }
      content += ProfileDrawing(row.matrix.findings).row(top: top, left: margin, height: height - 1)
      content += "\n"
    }
    let foot = rows.count * height
    for (share, label) in [(0.0, "0"), (0.25, "¼"), (0.5, "½"), (0.75, "¾"), (1.0, "1")] {
      let x = margin + Int(share * Double(ProfileDrawing.width))
      content +=
        "<path class=\"g\" d=\"M\(x) \(foot)v4\"/><text x=\"\(x)\" y=\"\(foot + 15)\" text-anchor=\"middle\">\(label)</text>"
    }
    let (width, full) = (margin + ProfileDrawing.width + 8, foot + 18)
    return """
      <figure><figcaption>\(HTMLText.breakable(title))</figcaption>
      <svg class="heat" viewBox="0 0 \(width) \(full)" width="\(width)" height="\(full)" role="img" \
      aria-label="spectra of \(HTMLText.escaped(title))">
      \(content)</svg></figure>
      """
  }
}
