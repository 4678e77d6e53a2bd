/// Why a text names no view: a sentence.
package struct TensorViewError: Error, Hashable, CustomStringConvertible {
  package let description: String
}

extension TensorView: CustomStringConvertible {
  /// Reads "usual", "fold=0,1" – these axes form the rows, in that order –, "slice=:,:,7", NumPy's a[:, :, 7], or
  /// "block=0:64,:", NumPy's a[0:64, :], of which "rows=0:64" and "columns=0:64" are short forms.
  ///
  /// - Throws: ``TensorViewError`` with what is wrong and how a view is written. Whether a tensor has such axes is only
  ///   known when it is read.
  package init(parsing text: String) throws(TensorViewError) {
    if text == "usual" {
      self = .usual
      return
    }
    let words = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if words.count == 2, let block = try Self.block(words[0], words[1]) {
      self = .block(block)
      return
    }
    guard words.count == 2, words[0] == "fold" || words[0] == "slice" else {
      throw TensorViewError(
        description: "“\(printable(text, limit: 60))” is no view of a tensor: write usual, fold=0,1, slice=:,:,7, "
          + "rows=0:64 or block=0:64,:")
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

  /// The block that `text` means after `keyword`; nil for other keywords.
  private static func block(_ keyword: Substring, _ text: Substring) throws(TensorViewError) -> TensorBlock? {
    let isRows = keyword == "rows"
    guard keyword == "block" || isRows || keyword == "columns" else { return nil }
    let block = try TensorBlock(parsing: text, keyword: String(keyword))
    if keyword == "block" { return block }
    guard block.axes.count == 1 else {
      throw TensorViewError(
        description: "\(keyword)= takes one range, as in \(keyword)=0:64; write block=0:64,0:64 for several axes")
    }
    return isRows ? block : TensorBlock([[TensorBlock.Factor(.all)]] + block.axes)
  }

  /// What ``init(parsing:)`` reads.
  package var description: String {
    switch self {
    case .usual: "usual"
    case .fold(let axes): "fold=" + axes.map(String.init).joined(separator: ",")
    case .slice(let places): "slice=" + Self.text(places, separator: ",")
    case .block(let block) where block.axes.count == 1: "rows=\(block)"
    case .block(let block) where block.axes.count == 2 && block.axes[0] == [TensorBlock.Factor(.all)]:
      "columns=\(TensorBlock(Array(block.axes.suffix(1))))"
    case .block(let block): "block=\(block)"
    }
  }

  /// The view of a tensor of `axes` in a few words: "usual", "fold 0 | 1 2" – rows before the bar –, "slice 3 of 200"
  /// for an index of the first axis, counted from 0, "slice [:, :, 7]" and "block [0:64, :]".
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
    case .block(let block): return "block [\(block.text(separator: ", "))]"
    }
  }

  private static func text(_ places: [Int?], separator: String) -> String {
    places.map { $0.map(String.init) ?? ":" }.joined(separator: separator)
  }
}
