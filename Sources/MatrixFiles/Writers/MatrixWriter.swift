import LinearAlgebra

/// A format that approximations are written in: one file under `Writers/`, registered in ``MatrixWriter/formats``.
package protocol OutputFormat: Sendable {
  /// The extension that chooses it, with its point: ".npy".
  var fileExtension: String { get }
  /// What is written, in one line for the help.
  var summary: String { get }
  /// Writes what is `written`, asking between blocks whether that is still wanted.
  func write(_ written: WrittenApproximation, to sink: FileSink, control: WorkControl) throws(FileError)
}

/// Writes approximations; the extension of the path chooses the format.
package enum MatrixWriter {
  /// The formats that are written.
  package static let formats: [any OutputFormat] = [
    NPZOutput(),
    NPYOutput(),
    CSVOutput(),
    PNGOutput(),
  ]

  /// The format that the extension of `path` chooses. Ask before a long computation.
  ///
  /// - Throws: ``FileError/unknownOutputFormat(_:extensions:)``.
  package static func format(of path: String) throws(FileError) -> any OutputFormat {
    let name = path.lowercased()
    if let format = formats.first(where: { name.hasSuffix($0.fileExtension) }) { return format }
    throw .unknownOutputFormat(path, extensions: formats.map(\.fileExtension))
  }

  /// Writes what is `written` to `path`, which appears whole or not at all.
  ///
  /// `.npz` holds the factors `left` (m × k) and `right` (k × n) and `singular_values`; the other formats hold
  /// A_k = left·right, made in blocks of rows and never held whole except as a picture.
  package static func write(
    _ written: WrittenApproximation, to path: String, control: WorkControl = WorkControl()
  ) throws(FileError) {
    let format = try format(of: path)
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      do throws(FileError) {
        try format.write(written, to: sink, control: control)
      } catch .invalid(_, let reason) {
        // A writer does not know the path.
        throw FileError.cannotWrite(path, reason: reason)
      }
    }
  }
}
