import LinearAlgebra

/// A_k as a NumPy array: version 1.0, C order, `<f4` or `<f8` by the working precision.
struct NPYOutput: OutputFormat {
  let fileExtension = ".npy"
  let summary = "the approximation as a NumPy array, in the working precision"

  func write(_ written: WrittenApproximation, to sink: FileSink, control: WorkControl) throws(FileError) {
    let approximation = written.restored
    let shape = approximation.shape
    try sink.write(
      NPYHeader.bytes(
        scalarSize: approximation.left.scalarSize, axes: [shape.rows, shape.columns], isFortranOrder: false))
    try approximation.forEachRowBlock(
      control: control, float: { (rows) throws(FileError) in try sink.write(UnsafeRawBufferPointer(rows)) },
      double: { (rows) throws(FileError) in try sink.write(UnsafeRawBufferPointer(rows)) })
  }
}

extension NPYHeader {
  /// The header of an array of f4 (`scalarSize` 4) or f8 – or of another `kind`, as NumPy writes it –, padded so that the
  /// entries begin at a multiple of 64.
  static func bytes(_ kind: String = "f", scalarSize: Int, axes: [Int], isFortranOrder: Bool) -> [UInt8] {
    let shape = axes.map(String.init).joined(separator: ", ") + (axes.count == 1 ? "," : "")
    let order = isFortranOrder ? "True" : "False"
    let text = "{'descr': '<\(kind)\(scalarSize)', 'fortran_order': \(order), 'shape': (\(shape)), }"
    // Magic, version and length take 10 bytes, the line end one.
    let padding = 63 - (10 + text.utf8.count) % 64
    let length = text.utf8.count + padding + 1
    var bytes = magic + [1, 0]
    bytes.appendLittleEndian(length, size: 2)
    return bytes + Array(text.utf8) + Array(repeating: 0x20, count: padding) + [0x0A]
  }
}

extension AnyMatrix {
  /// The bytes of one entry.
  var scalarSize: Int {
    switch self {
    case .float: 4
    case .double: 8
    }
  }

  /// Hands the entries, in column-major order, to `body` as bytes.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws(FileError) -> Result) throws(FileError) -> Result {
    switch self {
    case .float(let matrix):
      try matrix.withEntries { (entries) throws(FileError) in try body(UnsafeRawBufferPointer(entries)) }
    case .double(let matrix):
      try matrix.withEntries { (entries) throws(FileError) in try body(UnsafeRawBufferPointer(entries)) }
    }
  }
}
