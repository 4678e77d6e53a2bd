import Glibc

/// Files that another file names: shards of a checkpoint, external data. None may lead elsewhere.
enum SiblingFile {
  /// The path of the file called `name` in the directory of `source`.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when `name`, which stands in `source`, is more than a plain name: a path
  ///   could lead anywhere.
  static func path(_ name: String, beside source: String) throws(FileError) -> String {
    guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 255,
      !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 == 0 })
    else {
      throw .invalid(
        source, reason: "it refers to “\(printable(name))”, which is no plain file name: only files beside it are read")
    }
    return directory(of: source) + name
  }

  /// The directory of `path` with its slash, or nothing for the current one.
  static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Opens the file called `name` beside `source`, which must be a regular one: a link to one will do, since model hubs
  /// keep their caches that way; a pipe or a device will not.
  ///
  /// - Throws: ``FileError/cannotOpen(_:reason:)`` with the system's words.
  static func open(_ name: String, beside source: String) throws(FileError) -> any ByteSource {
    let path = try path(name, beside: source)
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannotOpen(path, reason: systemMessage()) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .cannotOpen(path, reason: "it is not a regular file")
    }
    return FileBytes(name: path, descriptor: descriptor, count: Int(status.st_size))
  }
}
