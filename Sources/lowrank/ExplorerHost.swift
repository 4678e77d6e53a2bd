import Explorer
import Glibc
import Lessons
import MatrixFiles
import TerminalUI

/// Runs the effects of a session that need the file system but no terminal; the same on a screen and in a recording.
enum ExplorerHost {
  /// Runs `effect`, if it is one of these; `frame` is what is on the screen.
  static func run(_ effect: Effect, in session: ExplorerSession, frame: @autoclosure () -> Frame?) {
    switch effect {
    case .saveScreen:
      if let frame = frame() { session.send(.saved(saveScreen(frame, session.state))) }
    case .write(let id, let rank, nil, _):
      session.write(
        id, rank: rank, path: freeName(stem: fileStem(session.state), endings: [".npz"]) + ".npz", overwrites: false)
    case .keepProgress(let progress): ProgressStore(environmentValue).keep(progress)
    case .complete(let path): session.send(.completions(of: path, completions(of: path)))
    default: break
    }
  }

  /// The files whose paths begin with `path`, sorted; directories end in a slash, hidden ones are left out.
  private static func completions(of path: String) -> [String] {
    let slash = path.lastIndex(of: "/")
    let directory = slash.map { String(path[...$0]) } ?? ""
    let start = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard let stream = opendir(directory.isEmpty ? "." : directory) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream), found.count < 1000 {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name.hasPrefix(start), !name.hasPrefix(".") || start.hasPrefix(".") && name != "." && name != ".." else {
        continue
      }
      var status = stat()
      let isDirectory = stat(directory + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      found.append(directory + name + (isDirectory ? "/" : ""))
    }
    return found.sorted()
  }
}
