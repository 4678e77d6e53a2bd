import Glibc
import MatrixFiles

/// Which files a checkpoint consists of, as the file system knows them: equal as long as none of them changed.
struct CheckpointIdentity: Hashable {
  /// The absolute paths of what was named.
  let paths: [String]
  /// Device, inode, size and time of change of every file, in one line.
  let text: String

  /// The identity of what `sources` name; nil where that is no file that stays: standard input, a pipe, a gallery matrix.
  ///
  /// Of a file that is one part of several – an index, a shard, one with its data beside it – every file of its directory
  /// counts: a change of any of them is a change of the checkpoint. Of any other the descriptions count that are read
  /// beside it: the scale of an adapter and the sizes of heads stand there. What lies beside a link is what counts, not
  /// what lies beside the file that it leads to.
  init?(_ sources: [String]) {
    guard !sources.isEmpty else { return nil }
    var (paths, parts): ([String], [String]) = ([], [])
    for source in sources {
      guard let path = Self.absolute(source), let kind = Self.status(path) else { return nil }
      paths.append(path)
      switch kind.st_mode & S_IFMT {
      case S_IFREG:
        parts.append(Self.line(kind))
        let directory = Self.parent(source)
        parts +=
          Self.hasParts(source) || Self.hasParts(path)
          ? Self.files(of: directory)
          : Self.descriptions.map { name in Self.status(directory + name).map { Self.line($0) } ?? "-" }
      case S_IFDIR: parts += Self.files(of: path)
      default: return nil
      }
    }
    self.paths = paths
    text = CacheLine.hash(paths.joined(separator: "\0")) + " " + CacheLine.hash(parts.joined(separator: "\n"))
  }

  /// Files that say what the tensors beside them mean.
  private static let descriptions = ["config.json", "adapter_config.json"]

  private static func absolute(_ source: String) -> String? {
    guard source != "-", let resolved = realpath(source, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  private static func line(_ status: stat) -> String {
    "\(status.st_dev):\(status.st_ino):\(status.st_size):\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec):"
      + "\(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec)"
  }

  private static func hasParts(_ path: String) -> Bool {
    path.hasSuffix(".json") || path.hasSuffix(".onnx") || path.contains("-of-")
  }

  private static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }

  /// The files of a directory by their names; one that cannot be listed counts as empty.
  private static func files(of directory: String) -> [String] {
    guard let listing = opendir(directory) else { return [] }
    defer { closedir(listing) }
    var lines: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard !name.hasPrefix("."), let status = status(directory + "/" + name), status.st_mode & S_IFMT == S_IFREG else {
        continue
      }
      lines.append(name + "\0" + line(status))
    }
    return lines.sorted()
  }
}
