import LinearAlgebra

/// Writes whole matrices as NumPy arrays, as they are: `.npy` holds the first, `.npz` all of them by name.
package enum ArrayWriter {
  /// The extensions that it writes.
  package static let extensions = [".npy", ".npz"]

  /// Refuses a path that is of neither format. Ask before a long computation.
  ///
  /// - Throws: ``FileError/unknownOutputFormat(_:extensions:)``.
  package static func checkFormat(of path: String) throws(FileError) {
    let name = path.lowercased()
    guard extensions.contains(where: { name.hasSuffix($0) }) else {
      throw .unknownOutputFormat(path, extensions: extensions)
    }
  }

  /// Writes `matrices`, of which there is at least one, to `path`, which appears whole or not at all.
  ///
  /// Matrices are column-major: as arrays of Fortran order they need no copy.
  package static func write(
    _ matrices: [(name: String, matrix: Matrix<Double>)], to path: String, control: WorkControl = WorkControl()
  ) throws(FileError) {
    try checkFormat(of: path)
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      if path.lowercased().hasSuffix(".npz") {
        var archive = ZipWriter(sink)
        for (index, (name, matrix)) in matrices.enumerated() {
          try control.advance(Double(index) / Double(matrices.count))
          try AnyMatrix.double(matrix).withBytes { (entries) throws(FileError) in
            try archive.add("\(name).npy", header(matrix), entries)
          }
        }
        try archive.finish()
      } else if let first = matrices.first {
        try control.advance(0)
        try sink.write(header(first.matrix))
        try AnyMatrix.double(first.matrix).withBytes { (entries) throws(FileError) in try sink.write(entries) }
      }
      try control.advance(1)
    }
  }

  private static func header(_ matrix: Matrix<Double>) -> [UInt8] {
    NPYHeader.bytes(scalarSize: 8, axes: [matrix.rows, matrix.columns], isFortranOrder: true)
  }
}
