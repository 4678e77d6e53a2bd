/// Which of many names somebody may have meant.
package enum NameLikeness {
  /// The names most like `asked`, the best first, at most `count`; none where none is much like it.
  ///
  /// Likeness is Dice's: twice the runs of three letters that two names share, of all they have.
  package static func nearest(to asked: String, among names: [String], count: Int) -> [String] {
    let wanted = trigrams(asked)
    guard !wanted.isEmpty else { return [] }
    let scored = names.enumerated().map { index, name in
      let own = trigrams(name)
      let shared = wanted.intersection(own).count
      return (score: 2 * Double(shared) / Double(max(1, wanted.count + own.count)), index: index, name: name)
    }
    return scored.filter { $0.score > 0.5 }.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.prefix(count).map(
      \.name)
  }

  /// Each run of three bytes as a number.
  private static func trigrams(_ text: String) -> Set<Int> {
    let bytes = text.lowercased().utf8.map { Int($0) }
    return Set(zip(bytes, zip(bytes.dropFirst(), bytes.dropFirst(2))).map { $0 << 16 | $1.0 << 8 | $1.1 })
  }
}
