/// Why a text names no view: a sentence.
package struct TensorViewError: Error, Hashable, CustomStringConvertible {
  package let description: String
}

extension TensorView: CustomStringConvertible {
  /// Reads "usual", "fold=0,1" – these axes form the rows, in that order – or "slice=:,:,7", NumPy's a[:, :, 7].
  ///
  /// - Throws: ``TensorViewError`` with what is wrong and how a view is written. Whether a tensor has such axes is only
  ///   known when it is read.
  package init(parsing text: String) throws(TensorViewError) {
    if text == "usual" {
      self = .usual
      return
    }
    let words = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count == 2, words[0] == "fold" || words[0] == "slice" else {
      throw TensorViewError(
        description: "“\(printable(text, limit: 60))” is no view of a tensor: write usual, fold=0,1 or slice=:,:,7")
    }
    let isSlice = words[0] == "slice"
    var places: [Int?] = []
    for word in words[1].split(separator: ",", omittingEmptySubsequences: false) {
      if isSlice, word == ":" {
        places.append(nil)
      } else if let number = Int(word), word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        places.append(number)
      } else {
        throw TensorViewError(
          description: isSlice
            ? "slice= takes an index or “:” for each axis, as in slice=:,:,7, and not “\(printable(String(word), limit: 40))”"
            : "fold= takes axes that count from 0, as in fold=0,1, and not “\(printable(String(word), limit: 40))”")
      }
    }
    self = isSlice ? .slice(places) : .fold(places.compactMap { $0 })
  }

  /// What ``init(parsing:)`` reads.
  package var description: String {
    switch self {
    case .usual: "usual"
    case .fold(let axes): "fold=" + axes.map(String.init).joined(separator: ",")
    case .slice(let places): "slice=" + Self.text(places, separator: ",")
    }
  }

  /// The view of a tensor of `axes` in a few words: "usual", "fold 0 | 1 2" – rows before the bar –, "slice 3 of 200"
  /// for an index of the first axis, counted from 0, and "slice [:, :, 7]".
  package func title(of axes: [Int]) -> String {
    switch self {
    case .usual: return "usual"
    case .fold(let rows):
      let columns = axes.indices.filter { !rows.contains($0) }
      return (["fold"] + rows.map(String.init) + (columns.isEmpty ? [] : ["|"]) + columns.map(String.init))
        .joined(separator: " ")
    case .slice(let places):
      if places.count == 1, let index = places[0], let count = axes.first { return "slice \(index) of \(count)" }
      return "slice [\(Self.text(places, separator: ", "))]"
    }
  }

  private static func text(_ places: [Int?], separator: String) -> String {
    places.map { $0.map(String.init) ?? ":" }.joined(separator: separator)
  }
}
