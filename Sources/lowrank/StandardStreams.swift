import Glibc
import MatrixFiles
import Reports

/// The process's own output.
enum StandardOutput {
  /// Writes `text`, all of it. A reader that closed the pipe has what it wanted: the process ends, quietly and well.
  ///
  /// - Throws: ``FileError/cannotWrite(_:reason:)`` with the system's words.
  static func write(_ text: String) throws(FileError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if sent >= 0 {
        bytes = bytes.dropFirst(sent)
      } else if errno == EPIPE {
        exit(ExitStatus.success.rawValue)
      } else if errno != EINTR {
        throw .cannotWrite("standard output", reason: String(cString: strerror(errno)))
      }
    }
  }

  /// How reports may be drawn here: the locale's characters, and the terminal's width or 80 columns.
  static var style: TextStyle {
    TextStyle(isUnicode: TextStyle.isUnicode(environment: environmentValue), width: width)
  }

  private static var width: Int {
    if let columns = environmentValue("COLUMNS").flatMap({ Int($0) }), columns > 0 { return min(max(columns, 40), 500) }
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return min(max(Int(size.ws_col), 40), 500)
  }
}

/// Where errors go: each is one line.
enum StandardError {
  /// With which characters messages are written.
  static var style: TextStyle { TextStyle(isUnicode: TextStyle.isUnicode(environment: environmentValue), width: 80) }

  /// Writes `lowrank: sentence`, squeezed to one line.
  static func report(_ sentence: String) {
    let line = style.spelled(sentence).split { $0.isNewline }.joined(separator: " ")
    write("lowrank: \(line)\n")
  }

  /// Writes `text`; nothing can be done if that fails.
  static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard sent > 0 || (sent < 0 && errno == EINTR) else { return }
      bytes = bytes.dropFirst(max(0, sent))
    }
  }
}

/// What the environment says of `name`; nil where it says nothing.
func environmentValue(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}
