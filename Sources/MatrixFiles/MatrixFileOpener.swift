import LinearAlgebra

/// The way in: a path becomes an opened ``MatrixFile``.
package enum MatrixFileOpener {
  /// Opens `path` – "-" is standard input – and finds its tensors. The format is told from the content alone.
  ///
  /// `control` is asked for cancellation while a pipe is awaited or a text is counted.
  ///
  /// - Throws: ``FileError/cannotOpen(_:reason:)`` with the system's words; ``FileError/invalid(_:reason:)`` with what
  ///   the file seems to be and what to do.
  package static func open(_ path: String, control: WorkControl = WorkControl()) throws(FileError) -> any MatrixFile {
    try open(openSource(path, control: control), control: control)
  }

  /// Opens the content of a file that is in memory; errors call it `name`.
  package static func open(
    called name: String, _ bytes: [UInt8], control: WorkControl = WorkControl()
  ) throws(FileError) -> any MatrixFile {
    try open(SpooledBytes(name: name, bytes), control: control)
  }

  /// Opens bytes that are at hand already; what gzip packed is unpacked first, once.
  static func open(
    _ bytes: any ByteSource, isUnpacked: Bool = false, control: WorkControl = WorkControl()
  ) throws(FileError) -> any MatrixFile {
    let prefix = try bytes.bytes(at: 0, count: 4096)
    guard !prefix.isEmpty else { throw .invalid(bytes.name, reason: "it is empty") }
    if Gunzip.begins(prefix), !isUnpacked {
      return try open(try Gunzip.unpack(bytes, control: control), isUnpacked: true, control: control)
    }
    if let known = ForeignFormat.recognised(prefix) {
      throw .invalid(bytes.name, reason: "it is \(known.title), which is not read; \(known.advice)")
    }
    if ZipArchive.begins(prefix) { return try ZipArchive.open(bytes, control: control) }
    for format in FileFormatCatalog.formats where format.recognises(prefix) {
      return try format.open(bytes, control: control)
    }
    throw .invalid(
      bytes.name,
      reason: "its format is not known; convert it to .npy (in Python: numpy.save(\"matrix.npy\", array)) or .csv")
  }
}
