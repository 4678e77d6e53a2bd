import Glibc

/// A file that appears whole or not at all.
///
/// The bytes go to a new file beside the target, are brought to the disk and renamed over it. On any error the new file
/// is removed and what the target held before stays. A target that is no regular file – a terminal, a FIFO,
/// `/dev/null` – is written to directly, since renaming would replace the device.
package enum AtomicFile {
  /// Replaces the file at `path` with what `body` writes; the permissions of an existing file are kept.
  ///
  /// - Throws: ``FileError/cannotWrite(_:reason:)`` with the system's words, or what `body` throws.
  package static func write(
    to path: String, _ body: (FileSink) throws(FileError) -> Void
  ) throws(FileError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .cannotWrite(path, reason: systemMessage(EISDIR)) }
    if exists, kind != S_IFREG {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .cannotWrite(path, reason: systemMessage()) }
      let sink = FileSink(path: path, descriptor: descriptor)
      defer { sink.close() }
      try body(sink)
      try sink.flush()
      return
    }
    // Behind a symbolic link the file itself is replaced, not the link.
    let target = exists ? resolved(path) : path
    try replace(target, mode: exists ? status.st_mode & 0o7777 : nil, calling: path, body)
  }

  /// Replaces the file at `path` with `bytes`.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try write(to: path) { (sink) throws(FileError) in try sink.write(bytes) }
  }

  /// Replaces the file at `path` with `text` in UTF-8.
  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  private static func replace(
    _ target: String, mode: mode_t?, calling path: String, _ body: (FileSink) throws(FileError) -> Void
  ) throws(FileError) {
    let (descriptor, temporary) = try createBeside(target, calling: path)
    let sink = FileSink(path: path, descriptor: descriptor)
    do throws(FileError) {
      defer { sink.close() }
      if let mode { fchmod(descriptor, mode) }
      try body(sink)
      try sink.flush()
      guard fsync(descriptor) == 0 else { throw FileError.cannotWrite(path, reason: systemMessage()) }
      guard rename(temporary, target) == 0 else { throw FileError.cannotWrite(path, reason: systemMessage()) }
    } catch {
      unlink(temporary)
      throw error
    }
    synchronizeDirectory(of: target)
  }

  /// A new file that nobody else has, in the target's directory: only there can it be renamed over the target.
  private static func createBeside(
    _ target: String, calling path: String
  ) throws(FileError) -> (descriptor: Int32, path: String) {
    let (directory, name) = split(target)
    for attempt in 0..<100 {
      // Names have at most 255 bytes.
      let short = String(decoding: name.utf8.prefix(200), as: UTF8.self)
      let temporary = "\(directory).\(short).\(getpid()).\(attempt).tmp"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      if errno != EEXIST { break }
    }
    throw .cannotWrite(path, reason: systemMessage())
  }

  /// The name lives in the directory: bring that to the disk too. Some file systems cannot; the file is whole anyway.
  private static func synchronizeDirectory(of target: String) {
    let directory = split(target).directory
    let descriptor = open(directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
