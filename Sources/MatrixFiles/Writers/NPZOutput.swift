import LinearAlgebra

/// The factors as NumPy arrays: `left` (m × k, σ absorbed), `right` (k × n) and `singular_values`, so that
/// A_k = left·right; where means were taken away or columns scaled, also `row_offsets`, `column_offsets` and
/// `column_scales`: entry (i, j) is column_scales[j]·((left·right)[i, j] + row_offsets[i] + column_offsets[j]).
///
/// Other factorizations have no singular values. Beside `left` and `right` they may leave matrices – `sparse`, m × n, is
/// added to the product; `middle` and `rows` are U and R of C·U·R – and numbers of rows and columns from 0 as i8.
struct NPZOutput: OutputFormat {
  let fileExtension = ".npz"
  let summary = "the factors as NumPy arrays: left (m × k), right (k × n) and singular_values"

  func write(_ written: WrittenApproximation, to sink: FileSink, control: WorkControl) throws(FileError) {
    var archive = ZipWriter(sink)
    let (left, right) = (written.factors.left, written.factors.right)
    try control.advance(0)
    try add("left", left, axes: [left.shape.rows, left.shape.columns], to: &archive)
    try control.advance(0.5)
    try add("right", right, axes: [right.shape.rows, right.shape.columns], to: &archive)
    for (name, matrix) in written.matrices {
      try add(name, matrix, axes: [matrix.shape.rows, matrix.shape.columns], to: &archive)
    }
    for (name, values) in written.indices {
      let header = NPYHeader.bytes("i", scalarSize: 8, axes: [values.count], isFortranOrder: false)
      var entries: [UInt8] = []
      for value in values { entries.appendLittleEndian(value, size: 8) }
      try archive.add("\(name).npy", header, entries)
    }
    let singularValues = written.hasSingularValues ? [("singular_values", written.factors.singularValues)] : []
    for (name, values) in singularValues + written.vectors {
      let column = Matrix<Double>(Shape(values.count, 1)) { target in _ = target.update(from: values) }
      try add(name, .double(column), axes: [values.count], to: &archive)
    }
    try archive.finish()
    try control.advance(1)
  }

  /// Matrices are column-major: as arrays of Fortran order they need no copy.
  private func add(_ name: String, _ matrix: AnyMatrix, axes: [Int], to archive: inout ZipWriter) throws(FileError) {
    let header = NPYHeader.bytes(scalarSize: matrix.scalarSize, axes: axes, isFortranOrder: axes.count > 1)
    try matrix.withBytes { (entries) throws(FileError) in
      try archive.add("\(name).npy", header, entries)
    }
  }
}
