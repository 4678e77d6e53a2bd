import Explorer
import Glibc
import MatrixFiles
import RankAnalysis
import TerminalUI

/// What a saved screen is called, for those who hear it.
func screenTitle(_ state: ExplorerState) -> String {
  guard let info = state.info, state.showsMatrix else { return "lowrank" }
  return "lowrank: \(printable(info.source)), \(info.shape), rank \(state.rank)"
}

/// Saves `frame` as SVG and as text in the working directory, under a name that was free.
///
/// - Returns: the two names, or why they could not be written.
func saveScreen(_ frame: Frame, _ state: ExplorerState) -> Result<String, FileError> {
  let stem = freeName(stem: fileStem(state), endings: [".svg", ".txt"])
  do throws(FileError) {
    try AtomicFile.write(frame.svg(title: screenTitle(state), display: state.display), to: stem + ".svg")
    try AtomicFile.write(frame.text, to: stem + ".txt")
    return .success("\(stem).svg and \(stem).txt")
  } catch {
    return .failure(error)
  }
}

/// What files made from the state are called, without an ending: "lowrank-camera-png-k40".
func fileStem(_ state: ExplorerState) -> String {
  let source = (state.info?.source ?? "gallery").split(separator: "/").last.map(String.init) ?? "matrix"
  let letters = source.prefix { $0 != "," }.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "-" }
  let name = source == "-" ? "stdin" : String(letters.prefix(60))
  return "lowrank-" + name + (state.spectrum == nil ? "" : "-k\(state.rank)")
}

/// `stem`, numbered where a file of that name and one of the `endings` is there already.
func freeName(stem: String, endings: [String]) -> String {
  var candidate = stem
  var number = 2
  while endings.contains(where: { access(candidate + $0, F_OK) == 0 }) {
    candidate = "\(stem)-\(number)"
    number += 1
  }
  return candidate
}
