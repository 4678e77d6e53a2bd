import Foundation
import LinearAlgebra

/// Runs the solvers by lines on standard input, one JSON object a line on standard output, so that a harness can let ours
/// and others take turns on the same matrix.
///
/// A matrix is loaded once and solved as often as asked; see ``Server/help`` for the lines. What fails answers
/// `{"error": …}`, and the next line is served as if nothing had been.
@main
struct SolverBench {
  static func main() {
    BLASKernels.restartIfUnrecognised()
    var server = Server()
    while let line = readLine() {
      var words = Words(line)
      guard let command = try? words.next("command") else { continue }
      if command == "quit" { return }
      do { print(try server.answer(command, &words)) } catch { print(json(Failure(error: "\(error)"))) }
      fflush(nil)
    }
  }
}

/// An answer that is none.
private struct Failure: Encodable {
  let error: String
}

/// One line of JSON. JSON has no infinities: they are written as words.
func json(_ answer: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  do { return String(decoding: try encoder.encode(answer), as: UTF8.self) } catch { return #"{"error":"no JSON"}"# }
}
