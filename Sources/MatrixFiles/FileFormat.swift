import LinearAlgebra

/// A file format: one file under `Formats/`, registered in ``FileFormatCatalog``.
package protocol FileFormat: Sendable {
  /// Its short name: "npy".
  var name: String { get }
  /// What of it is read, in one line for the help.
  var summary: String { get }
  /// Whether a file that begins with `prefix` (up to 4 KiB) is of this format. Names and extensions have no say.
  func recognises(_ prefix: [UInt8]) -> Bool
  /// Finds the tensors in `bytes` without reading their entries.
  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile
}

/// The formats that are read, in the order they are tried: one line each.
package enum FileFormatCatalog {
  /// Every format.
  package static let formats: [any FileFormat] = [
    SafetensorsFormat(),
    ShardIndexFormat(),
    NPYFormat(),
    PyTorchFormat(),
    PyTorchLegacyFormat(),
    NPZFormat(),
    GGUFFormat(),
    PNGFormat(),
    JPEGFormat(),
    NetpbmFormat(),
    MatrixMarketFormat(),
    ONNXFormat(),
    DelimitedTextFormat(),
  ]
}
