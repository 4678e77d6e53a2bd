import LinearAlgebra
import MatrixFiles
import MatrixGallery

/// The one place that opens whatever a user names: a path, "-" for standard input, or `gallery:NAME,key=value,…`.
package enum MatrixSource {
  /// Opens `name` and finds its tensors; their entries are read later, one tensor at a time.
  ///
  /// A gallery matrix appears as a file of format "gallery" with a single unnamed f64 tensor. A file whose name begins
  /// with "gallery:" is reached as "./gallery:…".
  ///
  /// - Throws: what ``MatrixFileOpener`` throws; ``FileError/unknownMatrix(_:)`` for a gallery name that is not
  ///   understood.
  package static func open(_ name: String, control: WorkControl = WorkControl()) throws(FileError) -> any MatrixFile {
    guard GalleryCatalog.claims(name) else { return try MatrixFileOpener.open(name, control: control) }
    do throws(GalleryError) {
      return GalleryFile(source: name, selection: try GalleryCatalog.selection(named: name))
    } catch {
      throw .unknownMatrix(error.description)
    }
  }
}

/// A gallery matrix in the guise of a file; it is made when it is read.
private struct GalleryFile: MatrixFile {
  let source: String
  let selection: GallerySelection

  var format: String { "gallery" }

  var tensors: [TensorEntry] {
    [TensorEntry(name: nil, type: .f64, axes: [selection.shape.rows, selection.shape.columns])]
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    do throws(Cancelled) {
      try control.step(0)
      let made = selection.matrix()
      try control.step(1)
      return LoadedMatrix(
        matrix: DenseMatrix(made.matrix), entry: entry, notes: made.name == source ? [] : [made.name],
        picture: made.isPicture ? .grey : nil, summary: EntrySummary(made.matrix))
    } catch {
      throw .cancelled
    }
  }
}
