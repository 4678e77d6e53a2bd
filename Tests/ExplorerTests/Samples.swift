import Explorer
import LinearAlgebra
import MatrixFiles

/// A table in memory of 12 rows and 3 columns: "id" counts the rows, "small" is ±1, "large" is ±1000 in another rhythm.
/// With holes one cell of "small" is missing until a reader says what becomes of it.
struct TableFile: MatrixFile {
  let source: String
  let format = "csv"
  let hasHoles: Bool

  var tensors: [TensorEntry] { [TensorEntry(name: nil, type: .f64, axes: [12, 3])] }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    var rows: [[Double]] = (0..<12).map { (i: Int) -> [Double] in
      let small: Double = i % 2 == 0 ? 1 : -1
      let large: Double = i % 4 < 2 ? 1000 : -1000
      return [Double(i), small, large]
    }
    if hasHoles {
      switch options.missing {
      case .dropRows: rows.remove(at: 5)
      case .zero, .columnMean: rows[5][1] = 0
      case nil:
        throw .missingValues(
          source, subject: "it", MissingCells(count: 1, rows: 1, allRows: 12, first: "line 7, column 2"))
      }
    }
    let matrix = Matrix<Double>(rows: rows)
    return LoadedMatrix(
      matrix: DenseMatrix(matrix), entry: entry, labels: AxisLabels(columns: ["id", "small", "large"]),
      summary: EntrySummary(matrix))
  }
}

/// A grey picture in memory of 128 × 96 pixels: a slope with a checkerboard in rows 64 … 95, columns 24 … 55.
struct PictureFile: MatrixFile {
  let source: String
  let format = "png"

  var tensors: [TensorEntry] { [TensorEntry(name: nil, type: .u8, axes: [128, 96])] }

  static func entry(_ i: Int, _ j: Int) -> Double {
    let isSharp = (64..<96).contains(i) && (24..<56).contains(j)
    return isSharp ? Double((i + j) % 2 * 255) : Double((i + j) / 2)
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    let matrix = Matrix<Double>(Shape(128, 96)) { i, j in Self.entry(i, j) }
    return LoadedMatrix(
      matrix: DenseMatrix(matrix), entry: entry, picture: .grey, summary: EntrySummary(matrix))
  }
}
