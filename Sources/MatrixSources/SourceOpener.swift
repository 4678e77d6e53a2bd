import Glibc
import LinearAlgebra
import MatrixFiles
import MatrixGallery
import ModelTensors

/// The one place that opens whatever a user names: a path, a directory, "-" for standard input, or
/// `gallery:NAME,key=value,…`.
package enum SourceOpener {
  /// Opens `name` and finds its tensors; their entries are read later, one tensor at a time.
  ///
  /// A gallery matrix appears as a file of format "gallery" with a single unnamed f64 tensor. A file whose name begins
  /// with "gallery:" is reached as "./gallery:…".
  ///
  /// A model's directory appears as its weights, however many files they are in; see ``ModelDirectory``. Any other one
  /// appears as one file whose tensors are those of its files; see ``MatrixCollection``.
  ///
  /// A file of several tensors knows what they are to each other; see ``ModelFile``.
  ///
  /// `sample:NAME` is a file that is built in. After any of these, " | " and a change – `shuffle rows`, `noise 0.1`, … – make
  /// another matrix of it; see ``MatrixChange``.
  ///
  /// A pattern – `*`, `?`, `[…]` – that is no file's own name stands for the files that match it.
  ///
  /// - Throws: what ``MatrixFileOpener`` and ``MatrixCollection`` throw; ``FileError/unknownMatrix(_:)`` for a gallery
  ///   name that is not understood.
  package static func open(_ name: String, control: WorkControl = WorkControl()) throws(FileError) -> any MatrixFile {
    ModelFile.wrapping(try openSource(name, control: control))
  }

  /// What `name` stands for, as its format sees it.
  private static func openSource(_ name: String, control: WorkControl) throws(FileError) -> any MatrixFile {
    if ChangedFile.claims(name) { return try openChanged(name, control: control) }
    if SampleCatalog.claims(name), access(name, F_OK) != 0 { return try SampleCatalog.open(name, control: control) }
    guard GalleryCatalog.claims(name) else {
      if isDirectory(name) { return try openDirectory(name, control: control) }
      let matches = FilePattern.matches(name)
      return try matches.isEmpty
        ? MatrixFileOpener.open(name, control: control) : openSources(matches, control: control)
    }
    do throws(GalleryError) {
      return GalleryFile(source: name, selection: try GalleryCatalog.selection(named: name))
    } catch {
      throw .unknownMatrix(error.description)
    }
  }

  private static func openChanged(_ name: String, control: WorkControl) throws(FileError) -> any MatrixFile {
    let parts: (source: String, changes: [MatrixChange])
    do throws(ChangeError) { parts = try ChangedFile.parts(of: name) } catch {
      throw .unknownMatrix("\(printable(name)): \(error.sentence)")
    }
    return ChangedFile(source: name, original: try openSource(parts.source, control: control), changes: parts.changes)
  }

  private static func openDirectory(_ name: String, control: WorkControl) throws(FileError) -> any MatrixFile {
    switch try ModelDirectory.weights(in: name) {
    case .file(let path): return try MatrixFileOpener.open(path, control: control)
    case .parts(let paths): if let set = ShardSet(paths) { return try set.open(control: control, opener: openFile) }
    case nil: break
    }
    return try MatrixCollection(directory: name, control: control, opener: openFile)
  }

  /// Opens what `names` list as one: a single name as itself, the parts of one checkpoint as that checkpoint, all else as
  /// a ``MatrixCollection``, directories among them by the names of theirs.
  package static func open(
    names: [String], control: WorkControl = WorkControl()
  ) throws(FileError) -> any MatrixFile {
    ModelFile.wrapping(try openSources(names, control: control))
  }

  private static func openSources(_ names: [String], control: WorkControl) throws(FileError) -> any MatrixFile {
    if names.count == 1 { return try openSource(names[0], control: control) }
    if let set = ShardSet(names) { return try set.open(control: control, opener: openFile) }
    return try MatrixCollection(names: names, control: control, opener: openListed)
  }

  /// One of several that were named: a directory among them is what it is alone.
  private static func openListed(_ name: String, control: WorkControl) throws(FileError) -> any MatrixFile {
    isDirectory(name) ? try open(name, control: control) : try openFile(name, control: control)
  }

  /// Anything but a directory: those do not nest.
  private static func openFile(_ name: String, control: WorkControl) throws(FileError) -> any MatrixFile {
    if isDirectory(name) { throw .cannotOpen(name, reason: String(cString: strerror(EISDIR))) }
    return try openSource(name, control: control)
  }

  /// Whether `name` names something that is no file: a gallery matrix, a sample, or changes of a source.
  package static func isMade(_ name: String) -> Bool {
    GalleryCatalog.claims(name) || SampleCatalog.claims(name) && access(name, F_OK) != 0 || ChangedFile.claims(name)
  }

  /// Whether `name` leads to a directory.
  package static func isDirectory(_ name: String) -> Bool {
    var status = stat()
    return stat(name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
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
    try options.view.requireUsual(for: entry, source: source)
    do throws(Cancelled) {
      try control.step(0)
      let made = selection.matrix()
      try control.step(1)
      var loaded = LoadedMatrix(
        matrix: DenseMatrix(made.matrix), entry: entry, notes: made.name == source ? [] : [made.name],
        picture: made.isPicture ? .grey : nil, summary: EntrySummary(made.matrix))
      loaded.planted = made.planted
      return loaded
    } catch {
      throw .cancelled
    }
  }
}
