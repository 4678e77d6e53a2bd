import Checkpoints
import MatrixFiles
import ModelTensors

/// The tensors of a file that a scan has no row for, and what is said of them at its end.
struct MissedTensors {
  private let source: String
  private let isWhole: Bool
  /// Tensors with fewer than two axes, single numbers among them, and single rows and columns: nothing is lost.
  private let skipped: Int
  /// What could not be read as a matrix, and might be one.
  private let refused: [UnreadableTensor]
  private let failures: [String]
  /// What is missing beside the file, once for all of its tensors.
  private let warnings: [String]

  /// What `selection` takes of `file` and cannot be scanned; `skipped` were passed over, `failures` say what went wrong.
  init(of file: any MatrixFile, _ selection: TensorSelection, skipped: Int, failures: [String]) {
    source = printable(file.source)
    isWhole = selection.patterns.isEmpty && selection.shard == nil
    let named = file.unreadable.filter { selection.names($0.name) }
    refused = named.filter { !Self.isNoMatrix($0) }
    self.skipped = skipped + named.count - refused.count
    self.failures = failures
    warnings = (file as? ModelFile)?.warnings ?? []
  }

  /// Whether `tensor` would be no matrix if it could be read; one of which no axes are known may be one.
  private static func isNoMatrix(_ tensor: UnreadableTensor) -> Bool {
    tensor.isNumber || (!tensor.axes.isEmpty && tensor.axes.count { $0 > 1 } < 2)
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
    for warning in warnings { StandardError.report("\(source): \(warning)") }
    if skipped > 0 {
      StandardError.report(
        "\(skipped) \(skipped == 1 ? "tensor that is" : "tensors that are") no matrix "
          + "(fewer than two axes, or a single row or column) skipped")
    }
    var sentences = failures
    if let first = refused.first {
      let count = refused.count
      sentences.append(
        "\(count) tensor\(count == 1 ? "" : "s") cannot be read as a matrix, the first: \(clause(first.reason)); "
          + "lowrank info lists \(count == 1 ? "it" : "them")")
    }
    guard let last = sentences.last else { return }
    for sentence in sentences.dropLast() { StandardError.report(sentence) }
    throw CommandFailure(status: .data, sentence: last)
  }
}
