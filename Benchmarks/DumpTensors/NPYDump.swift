import LinearAlgebra
import MatrixFiles

/// A matrix as NumPy's array file, version 1.0, bit for bit as it is held: C order where Aᵀ is stored, else Fortran's.
enum NPYDump {
  /// Writes header and entries.
  static func write(_ matrix: DenseMatrix, to sink: FileSink) throws(FileError) {
    switch matrix.storage {
    case .float(let stored):
      try sink.write(header(matrix, scalarSize: 4))
      try stored.withEntries { (entries) throws(FileError) in try sink.write(UnsafeRawBufferPointer(entries)) }
    case .double(let stored):
      try sink.write(header(matrix, scalarSize: 8))
      try stored.withEntries { (entries) throws(FileError) in try sink.write(UnsafeRawBufferPointer(entries)) }
    }
  }

  private static func header(_ matrix: DenseMatrix, scalarSize: Int) -> [UInt8] {
    let order = matrix.isStoredTransposed ? "False" : "True"
    let shape = "(\(matrix.shape.rows), \(matrix.shape.columns))"
    let text = "{'descr': '<f\(scalarSize)', 'fortran_order': \(order), 'shape': \(shape), }"
    // The magic, two digits of a version, two bytes of length and the line's end go before a multiple of 64.
    let padded = text + String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
    let length = padded.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(padded.utf8)
  }
}
