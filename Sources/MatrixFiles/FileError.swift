/// Why a matrix could not be read or written: one sentence that says what is wrong, where, and what to do.
///
/// Text that came from the file is escaped with ``printable(_:limit:)`` before it enters a message.
package enum FileError: Error, Hashable, CustomStringConvertible {
  /// The path cannot be opened or read (exit code 66).
  case cannotOpen(String, reason: String)
  /// The bytes are not what they claim to be, or not what this program reads (exit code 65).
  case invalid(String, reason: String)
  /// Cells of the matrix hold no finite number, and nobody said what becomes of them (exit code 65).
  case missingValues(String, subject: String, MissingCells)
  /// The matrix does not fit this machine's memory (exit code 65).
  case tooLarge(String, reason: String)
  /// The file holds several tensors and none, or an unknown one, was named (exit code 64).
  case chooseTensor(String, names: [String], asked: String?)
  /// The output cannot be written (exit code 73).
  case cannotWrite(String, reason: String)
  /// The extension of an output path names no format that is written (exit code 64).
  case unknownOutputFormat(String, extensions: [String])
  /// The name of a built-in matrix is not understood; the sentence says what exists (exit code 64).
  case unknownMatrix(String)
  /// A column that was named is not there; the sentence says what is (exit code 64).
  case unknownColumn(String)
  /// Reading was cancelled.
  case cancelled

  package var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open \(printable(path)): \(reason)"
    case .invalid(let source, let reason): "\(printable(source)): \(reason)"
    case .missingValues(let source, let subject, let cells):
      "\(printable(source)): \(subject) has \(cells.count) \(cells.count == 1 ? "cell" : "cells") that "
        + "\(cells.count == 1 ? "is" : "are") missing, NaN or infinite, in \(cells.rows) of \(cells.allRows) rows, "
        + "the first at \(cells.first); choose --missing drop-rows, column-mean or zero"
    case .tooLarge(let source, let reason): "\(printable(source)): \(reason)"
    case .chooseTensor(let source, let names, let asked?) where names == [unnamedTensor]:
      "\(printable(source)) holds one matrix without a name; leave “\(printable(asked))” out"
    case .chooseTensor(let source, [], let asked):
      asked.map { "\(printable(source)) has no tensor “\(printable($0))”, and none that can be read as a matrix" }
        ?? "\(printable(source)): it holds no tensors"
    case .chooseTensor(let source, let names, let asked?) where names.count > 20 && !likely(names, asked).isEmpty:
      "\(printable(source)) has no tensor “\(printable(asked))”; the nearest of its \(names.count) names: "
        + likely(names, asked).map { printable($0) }.joined(separator: ", ")
    case .chooseTensor(let source, let names, let asked):
      (asked.map { "\(printable(source)) has no tensor “\(printable($0))”" }
        ?? "\(printable(source)) holds \(names.count) tensors")
        + "; name one of: " + names.prefix(20).map { printable($0) }.joined(separator: ", ")
        + (names.count > 20 ? ", … (\(names.count) in all)" : "")
    case .cannotWrite(let path, let reason): "cannot write \(printable(path)): \(reason)"
    case .unknownOutputFormat(let path, let extensions):
      "\(printable(path)): the extension chooses the format; end the name in "
        + extensions.dropLast().joined(separator: ", ") + " or " + (extensions.last ?? "")
    case .unknownMatrix(let sentence), .unknownColumn(let sentence): sentence
    case .cancelled: "cancelled"
    }
  }
}

/// The few names that `asked` may have meant.
private func likely(_ names: [String], _ asked: String) -> [String] {
  NameLikeness.nearest(to: asked, among: names, count: 5)
}

/// `sentence` without its full stop, to be gone on with after a semicolon.
package func clause(_ sentence: String) -> String {
  sentence.hasSuffix(".") && !sentence.hasSuffix("..") ? String(sentence.dropLast()) : sentence
}

/// What a tensor without a name is called in messages.
let unnamedTensor = "(unnamed)"

/// `text` with every control, escape, bidirectional and unassigned scalar shown as `\u{…}`, and the middle left out
/// beyond `limit` scalars: safe to send to a terminal whatever file it came from.
package func printable(_ text: String, limit: Int = 200) -> String {
  // Nearly every name is plain ASCII.
  let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
  if isPlain, text.utf8.count <= limit { return text }
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isPlain {
      out.append(scalar)
      continue
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      out.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    default: out.append(scalar)
    }
  }
  guard out.count > limit else { return String(out) }
  return String(String.UnicodeScalarView(out.prefix(limit / 2))) + "…"
    + String(String.UnicodeScalarView(out.suffix(limit / 2)))
}
