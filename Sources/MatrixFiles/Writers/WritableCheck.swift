import Glibc

extension AtomicFile {
  /// Refuses a path that plainly cannot be written: its directory is missing or closed to us, or it is a directory. Ask
  /// before a long computation; writing may still fail later.
  ///
  /// - Throws: ``FileError/cannotWrite(_:reason:)`` with the system's words.
  package static func checkWritable(_ path: String) throws(FileError) {
    var status = stat()
    if stat(path, &status) == 0 {
      let kind = status.st_mode & S_IFMT
      if kind == S_IFDIR { throw .cannotWrite(path, reason: systemMessage(EISDIR)) }
      // A device or a FIFO is written to directly.
      if kind != S_IFREG {
        if access(path, W_OK) != 0 { throw .cannotWrite(path, reason: systemMessage()) }
        return
      }
    }
    let slash = path.lastIndex(of: "/")
    let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    if access(directory, W_OK | X_OK) != 0 { throw .cannotWrite(path, reason: systemMessage()) }
  }
}
