import Glibc
import LinearAlgebra
import MatrixFiles

/// A file whose matrices are changed when they are read: `sample:camera | shuffle rows | noise 20`.
struct ChangedFile: MatrixFile {
  let source: String
  let original: any MatrixFile
  let changes: [MatrixChange]

  var format: String { original.format }
  var tensors: [TensorEntry] { original.tensors }
  var unreadable: [UnreadableTensor] { original.unreadable }
  var notes: [String] { original.notes }

  /// Whether `text` names a source and changes, and is no file's own name.
  static func claims(_ text: String) -> Bool { text.contains(" | ") && access(text, F_OK) != 0 }

  /// The source and the changes that `text` names.
  static func parts(of text: String) throws(ChangeError) -> (source: String, changes: [MatrixChange]) {
    let parts = text.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
    guard let source = parts.first, !source.isEmpty, parts.count > 1 else {
      throw ChangeError("write a source, then its changes, as in “sample:camera | shuffle rows”")
    }
    var changes: [MatrixChange] = []
    for part in parts.dropFirst() { changes.append(try MatrixChange(parsing: part)) }
    return (source, changes)
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    let loaded = try original.read(entry, options: options, control: control)
    try loaded.requireEntries(source: source)
    let entries = loaded.matrix
    var matrix = Matrix<Double>(loaded.shape) { i, j in entries[i, j] }
    var labels = loaded.labels
    for change in changes {
      do throws(ChangeError) { try change.apply(to: &matrix, &labels) } catch {
        throw .invalid(source, reason: error.sentence)
      }
    }
    let type: ElementType = changes.allSatisfy(\.keepsEntries) ? entry.type : .f64
    return LoadedMatrix(
      matrix: DenseMatrix(matrix),
      entry: TensorEntry(name: entry.name, type: type, axes: [matrix.rows, matrix.columns]),
      notes: loaded.notes + changes.map(\.note), picture: loaded.picture, labels: labels, summary: EntrySummary(matrix))
  }
}

extension MatrixChange {
  /// Whether every entry of the result is one of the original's, so that it could be stored as that was.
  fileprivate var keepsEntries: Bool {
    switch self {
    case .shuffle, .shift, .crop, .transpose: true
    default: false
    }
  }
}
