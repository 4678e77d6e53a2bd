import LinearAlgebra

/// A_k as a text: commas, no header, the shortest digits that give every number back.
struct CSVOutput: OutputFormat {
  let fileExtension = ".csv"
  let summary = "the approximation as text, with the digits that give every number back"

  func write(_ written: WrittenApproximation, to sink: FileSink, control: WorkControl) throws(FileError) {
    let approximation = written.restored
    let columns = approximation.shape.columns
    try approximation.forEachRowBlock(
      control: control, float: { (rows) throws(FileError) in try write(rows, columns: columns, to: sink) },
      double: { (rows) throws(FileError) in try write(rows, columns: columns, to: sink) })
  }

  private func write<Scalar: RealScalar & CustomStringConvertible>(
    _ rows: UnsafeBufferPointer<Scalar>, columns: Int, to sink: FileSink
  ) throws(FileError) {
    for start in stride(from: 0, to: rows.count, by: columns) {
      for column in 0..<columns {
        if column > 0 { try sink.write(",") }
        try sink.write(rows[start + column].description)
      }
      try sink.write("\n")
    }
  }
}
