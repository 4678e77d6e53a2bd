/// What is added back to a pooled picture of a centred matrix: a value a pixel row and one a pixel column. Pooling is
/// linear, so the mean of what is added back is the pooled offset.
package struct PooledOffsets: Sendable {
  private let rows: [Float]
  private let columns: [Float]

  /// Pools `rows` (m values) and `columns` (n values) to the pixels of `grid`.
  package init(rows: [Double], columns: [Double], grid: PictureGrid) {
    self.rows = pooledMeans(rows, cells: grid.rows)
    self.columns = pooledMeans(columns, cells: grid.columns)
  }

  /// `picture` with the offsets added.
  package func added(to picture: PooledPicture) -> PooledPicture {
    let width = picture.grid.columns
    let inverse = Float(1 / picture.scale)
    var values = picture.values
    for row in 0..<picture.grid.rows {
      for column in 0..<width { values[row * width + column] += (rows[row] + columns[column]) * inverse }
    }
    return PooledPicture(grid: picture.grid, values: values, scale: picture.scale)
  }
}

/// The mean of the values under each of `cells` pixels, or the nearest value where pixels outnumber them.
private func pooledMeans(_ values: [Double], cells: Int) -> [Float] {
  let axis = PoolingAxis(length: values.count, cells: cells)
  let means = (0..<axis.groups).map { group in
    Float(values[axis.boundaries[group]..<axis.boundaries[group + 1]].reduce(0, +) / Double(axis.size(group)))
  }
  return means.isEmpty ? Array(repeating: 0, count: cells) : axis.groupOfCell.map { means[$0] }
}
