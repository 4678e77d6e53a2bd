import Glibc

/// The directory that cache files lie in.
enum CacheDirectory {
  /// Makes the directory of `path`, and the one above it, for this user alone; failing is met when the file is opened.
  static func make(for path: String) {
    let directory = parent(path)
    mkdir(parent(directory), 0o700)
    mkdir(directory, 0o700)
  }

  /// Removes the scans' files that were written to longest ago until the rest take less than `limit` bytes; `path` itself
  /// stays. What a run left behind half made goes after a day.
  static func prune(around path: String, limit: Int) {
    let directory = parent(path)
    guard let listing = opendir(directory) else { return }
    defer { closedir(listing) }
    var files: [(path: String, size: Int, time: Int)] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var status = stat()
      let file = directory + "/" + name
      guard name.hasPrefix("scan-"), lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      if name.hasSuffix(".jsonl") {
        files.append((file, Int(status.st_size), Int(status.st_mtim.tv_sec)))
      } else if name.hasSuffix(".new"), Int(status.st_mtim.tv_sec) < time(nil) - 86_400 {
        unlink(file)
      }
    }
    var total = files.reduce(0) { $0 + $1.size }
    for file in files.sorted(by: { $0.time < $1.time }) where file.path != path && total > limit {
      if unlink(file.path) == 0 { total -= file.size }
    }
  }

  private static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
