import CSampleMatrices
import LinearAlgebra
import MatrixFiles

/// The matrices that are built in as files: `sample:camera`, `sample:iris`, ….
package enum SampleCatalog {
  /// Their names, without "sample:".
  package static let names: [String] = (0..<sample_count()).map { String(cString: sample_name($0)) }

  /// Whether `text` names one, or tries to.
  package static func claims(_ text: String) -> Bool { text.hasPrefix("sample:") }

  /// Opens the one that `text` names.
  ///
  /// - Throws: ``FileError/unknownMatrix(_:)`` with the names that there are.
  package static func open(_ text: String, control: WorkControl) throws(FileError) -> any MatrixFile {
    let name = String(text.dropFirst("sample:".count))
    guard let index = names.firstIndex(of: name) else {
      throw .unknownMatrix(
        "there is no sample “\(printable(name, limit: 40))”; there are \(names.joined(separator: ", "))")
    }
    var length = 0
    let start = sample_bytes(index, &length)
    return try MatrixFileOpener.open(
      called: text, Array(UnsafeBufferPointer(start: start, count: length)), control: control)
  }
}
