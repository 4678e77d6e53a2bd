import LinearAlgebra

/// A few outer products that can be seen: rectangles, each one column pattern times one row pattern, added up.
struct OuterProducts: GalleryEntry {
  let name = "outer"
  let title = "Outer products added up"
  let teaches = "Each rectangle is one column times one row; so many of them add up to that rank, overlapping or not."
  let parameters = [
    Common.rows(96), Common.columns(128),
    GalleryParameter("terms", 3, in: 0...8, "how many outer products are added"),
  ]
  let isPicture = false

  /// Where the rectangles lie, in hundredths of the sides: top, bottom, left, right. No edge is shared, so that none is a
  /// sum of others.
  private static let places = [
    (8, 44, 6, 58), (30, 92, 34, 90), (58, 84, 12, 46), (16, 70, 66, 80), (4, 26, 40, 96), (76, 96, 54, 72),
    (36, 54, 2, 26), (62, 98, 76, 94),
  ]

  func objection(_ value: (String) -> Double) -> String? {
    let (rows, columns) = (value("rows"), value("columns"))
    return min(rows, columns) >= 50 ? nil : "rows=\(Int(rows)), columns=\(Int(columns)): both must be at least 50"
  }

  func make(_ value: (String) -> Double) -> Matrix<Double> {
    let shape = Common.shape(value)
    let terms = Self.places.prefix(Int(value("terms")))
    return Matrix(shape) { i, j in
      let (down, across) = (100 * i / shape.rows, 100 * j / shape.columns)
      return Double(terms.count { ($0.0..<$0.1).contains(down) && ($0.2..<$0.3).contains(across) })
    }
  }
}
