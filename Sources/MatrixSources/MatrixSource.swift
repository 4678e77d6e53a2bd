import LinearAlgebra
import MatrixFiles
import MatrixGallery

/// The one place that opens whatever the user names: a path, "-" for standard input, or `gallery:NAME,key=value`.
package enum MatrixSource {
  /// Opens `name`; entries are read later.
  ///
  /// - Throws: what the file's reader throws; ``FileError/invalid(_:reason:)`` for a gallery name that is not understood.
  package static func open(_ name: String) throws(FileError) -> any MatrixFile {
    guard GalleryCatalog.claims(name) else { return try MatrixFileOpener.open(name) }
    do {
      return GalleryFile(source: name, gallery: try GalleryCatalog.matrix(named: name))
    } catch {
      throw .invalid(name, reason: error.description)
    }
  }
}

/// A gallery matrix as a file with one unnamed tensor.
private struct GalleryFile: MatrixFile {
  let source: String
  let format = "gallery"
  let gallery: GalleryMatrix

  var tensors: [TensorEntry] {
    [TensorEntry(name: nil, type: .f64, axes: [gallery.matrix.rows, gallery.matrix.columns])]
  }

  func read(_ entry: TensorEntry, control: WorkControl) throws(FileError) -> LoadedMatrix {
    LoadedMatrix(
      matrix: DenseMatrix(gallery.matrix), entry: entry, isPicture: gallery.isPicture,
      summary: EntrySummary(gallery.matrix))
  }
}
