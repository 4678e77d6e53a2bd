/// How `length` entries along one side of a matrix fall into `cells` pixels.
///
/// With length ≥ cells, pixel i covers the entries ⌊i·length/cells⌋ ..< ⌊(i+1)·length/cells⌋. With fewer entries than
/// pixels, pixel i shows the nearest one, ⌊(i+½)·length/cells⌋. Either way entries form *groups*, and a pixel shows one
/// group: pooling sums into groups, and the last step copies groups to pixels.
struct PoolingAxis: Sendable {
  /// Group g holds the entries boundaries[g] ..< boundaries[g + 1].
  let boundaries: [Int]
  /// The group that each pixel shows.
  let groupOfCell: [Int]

  init(length: Int, cells: Int) {
    precondition(length >= 0 && cells >= 0, "a side cannot be negative")
    let groups = min(length, cells)
    if length >= cells {
      boundaries = cells == 0 ? [0] : (0...cells).map { partition(length, $0, cells) }
      groupOfCell = Array(0..<cells)
    } else {
      boundaries = Array(0...groups)
      groupOfCell = length == 0 ? [] : (0..<cells).map { partition(length, 2 * $0 + 1, 2 * cells) }
    }
  }

  /// The number of groups, min(length, cells).
  var groups: Int { boundaries.count - 1 }

  /// The number of entries in group `g`.
  func size(_ g: Int) -> Int { boundaries[g + 1] - boundaries[g] }

  /// The parts of `range` that fall into one group each, in order.
  func segments(of range: Range<Int>) -> [PoolingSegment] {
    (0..<groups).compactMap { group in
      let part = range.clamped(to: boundaries[group]..<boundaries[group + 1])
      return part.isEmpty ? nil : PoolingSegment(group: group, range: part)
    }
  }
}

/// Neighbouring entries of one group.
struct PoolingSegment: Sendable {
  let group: Int
  let range: Range<Int>
}

/// ⌊i·length/cells⌋ in full width.
private func partition(_ length: Int, _ i: Int, _ cells: Int) -> Int {
  let product = i.multipliedFullWidth(by: length)
  return cells.dividingFullWidth(product).quotient
}

/// Copies group values to the pixels of `grid`, row by row; an empty matrix is all zeros.
///
/// - Parameter value: the value of a (row group, column group).
func expand(
  _ grid: PictureGrid, rows: PoolingAxis, columns: PoolingAxis, value: (Int, Int) -> Float
) -> [Float] {
  guard rows.groups > 0, columns.groups > 0 else { return [Float](repeating: 0, count: grid.count) }
  var pixels: [Float] = []
  pixels.reserveCapacity(grid.count)
  for i in rows.groupOfCell {
    for j in columns.groupOfCell { pixels.append(value(i, j)) }
  }
  return pixels
}
