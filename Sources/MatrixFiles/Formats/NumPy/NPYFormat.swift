import LinearAlgebra

/// NumPy's array file, versions 1 to 3.
struct NPYFormat: FileFormat {
  let name = "npy"
  let summary = "a NumPy array (.npy): real numbers, integers or booleans of any width, order and byte order"

  func recognises(_ prefix: [UInt8]) -> Bool { prefix.starts(with: NPYHeader.magic) }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    let stream = RangeStream(bytes, count: bytes.count)
    let header = try NPYHeader(from: stream, name: nil, available: bytes.count, source: bytes.name)
    if header.layout.entry.axes.isEmpty {
      throw .invalid(bytes.name, reason: "it is a single number, not a matrix; save an array with two axes")
    }
    return NPYFile(bytes: bytes, header: header)
  }
}

/// An opened `.npy`.
private struct NPYFile: MatrixFile {
  let bytes: any ByteSource
  let header: NPYHeader

  var source: String { bytes.name }
  var format: String { "npy" }
  var tensors: [TensorEntry] { [header.layout.entry] }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    let stream = RangeStream(bytes, from: header.byteCount, count: bytes.count - header.byteCount)
    return try header.layout.read(from: stream, options: options, source: source, control: control)
  }
}
