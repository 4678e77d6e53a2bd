import Checkpoints
import MatrixFiles

/// The tensors of a file that a scan has no row for, and what is said of them at its end.
struct MissedTensors {
  private let source: String
  private let isWhole: Bool
  /// Tensors with fewer than two axes, single numbers among them: nothing is lost.
  private let skipped: Int
  /// What could not be read as a matrix, and might be one.
  private let refused: [UnreadableTensor]
  private let failures: [String]

  /// What `selection` takes of `file` and cannot be scanned; `skipped` were passed over, `failures` say what went wrong.
  init(of file: any MatrixFile, _ selection: TensorSelection, skipped: Int, failures: [String]) {
    source = printable(file.source)
    isWhole = selection.patterns.isEmpty && selection.shard == nil
    let named = file.unreadable.filter { selection.names($0.name) }
    let small = named.count { $0.isNumber || $0.axes.count == 1 }
    self.skipped = skipped + small
    refused = named.filter { !$0.isNumber && $0.axes.count != 1 }
    self.failures = failures
  }

  /// Says what has no row.
  ///
  /// - Throws: a failure with exit code 65 where a matrix could not be read, 64 where there was none to `verb`.
  func finish(matrices: Int, verb: String) throws(CommandFailure) {
    if matrices == 0, refused.isEmpty {
      throw .usage(
        isWhole
          ? "\(source) holds no matrix: nothing to \(verb)"
          : "no matrix of \(source) is selected; lowrank info lists the names")
    }
    if skipped > 0 {
      StandardError.report("\(skipped) tensor\(skipped == 1 ? "" : "s") with fewer than two axes skipped")
    }
    var sentences = failures
    if let first = refused.first {
      let count = refused.count
      sentences.append(
        "\(count) tensor\(count == 1 ? "" : "s") cannot be read as a matrix, the first: \(first.reason); "
          + "lowrank info lists \(count == 1 ? "it" : "them")")
    }
    guard let last = sentences.last else { return }
    for sentence in sentences.dropLast() { StandardError.report(sentence) }
    throw CommandFailure(status: .data, sentence: last)
  }
}
