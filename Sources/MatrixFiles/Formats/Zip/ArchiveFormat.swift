import LinearAlgebra

/// A format whose files are ZIP archives; which one it is, is told by what the archive holds.
protocol ArchiveFormat: FileFormat {
  /// Whether an archive with these entries is of this format.
  func recognises(_ archive: ZipArchive) -> Bool
  /// Finds the tensors in the archive that `bytes` are.
  func open(_ archive: ZipArchive, of bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile
}

extension ArchiveFormat {
  package func recognises(_ prefix: [UInt8]) -> Bool { ZipArchive.begins(prefix) }

  package func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    try open(ZipArchive(bytes), of: bytes, control: control)
  }
}

extension ZipArchive {
  /// Whether a file that begins with `prefix` is an archive.
  static func begins(_ prefix: [UInt8]) -> Bool {
    prefix.starts(with: [0x50, 0x4B, 0x03, 0x04]) || prefix.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// Opens the archive that `bytes` are by the first format that recognises what it holds.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` with what it is instead, and what to do with it.
  static func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    let archive = try ZipArchive(bytes)
    for case let format as any ArchiveFormat in FileFormatCatalog.formats where format.recognises(archive) {
      return try format.open(archive, of: bytes, control: control)
    }
    throw .invalid(bytes.name, reason: archive.foreignTitle)
  }

  /// What an archive that is not read is, and what to do with it.
  private var foreignTitle: String {
    let names = entries.map(\.name)
    if names.contains(where: { $0.hasSuffix("model.weights.h5") }) {
      return "it is a Keras model, which is not read; convert it to .npy: in Python, numpy.save(\"matrix.npy\", array)"
    }
    if names.contains("[Content_Types].xml") { return "it is an Office document; export the table as .csv" }
    return names.isEmpty
      ? "it is an empty ZIP archive" : "it is a ZIP archive without arrays or a checkpoint; unpack it first"
  }
}
