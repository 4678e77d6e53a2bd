import Glibc

/// Names with `*`, `?` and `[…]`, as shells expand them: for those who quoted them, and for places without a shell.
package enum FilePattern {
  /// The files that match `pattern`, in the order of their names; none where a file is called just that, or nothing
  /// matches.
  package static func matches(_ pattern: String) -> [String] {
    guard
      pattern.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }),
      access(pattern, F_OK) != 0
    else { return [] }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].flatMap { String(validatingCString: $0) }
    }
  }
}
