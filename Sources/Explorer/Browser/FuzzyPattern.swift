/// Finds names by a few of their letters: "l3query" finds "encoder.layer.3.attention.self.query.weight".
///
/// The letters and digits must occur in their order; everything else in the pattern – dots, blanks, "…" – stands for
/// whatever lies between. What matches best has whole words and numbers, little between them, and a short rest.
package struct FuzzyPattern: Hashable, Sendable {
  /// The letters and digits to be found, small.
  private let wanted: [UInt8]
  /// Whether each begins a word of the pattern.
  private let beginsWord: [Bool]

  /// The pattern that `text` spells.
  package init(_ text: String) {
    var wanted: [UInt8] = []
    var beginsWord: [Bool] = []
    var isBehindGap = true
    var kind = Kind.other
    for byte in Self.folded(text) {
      let next = Kind(byte)
      guard next != .other else {
        (isBehindGap, kind) = (true, .other)
        continue
      }
      wanted.append(byte)
      beginsWord.append(isBehindGap || next != kind)
      (isBehindGap, kind) = (false, next)
    }
    self.wanted = wanted
    self.beginsWord = beginsWord
  }

  /// Whether it asks for nothing.
  package var isEmpty: Bool { wanted.isEmpty }

  /// `text` as it is compared: bytes, with small letters for the capitals of ASCII.
  package static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
  }

  /// How well `name`, folded, matches; nil if it does not. Larger is better.
  package func score(_ name: [UInt8]) -> Int? {
    guard isSubsequence(of: name) else { return nil }
    return best(name, tracing: false).score - name.count / 8
  }

  /// The bytes of `name`, folded, that match best, increasing; empty if it does not match.
  package func places(in name: [UInt8]) -> [Int] { isSubsequence(of: name) ? best(name, tracing: true).places : [] }

  /// Whether `name`, folded, matches.
  package func matches(_ name: [UInt8]) -> Bool { isSubsequence(of: name) }

  private func isSubsequence(of name: [UInt8]) -> Bool {
    guard let first = wanted.first else { return true }
    var (next, letter) = (0, first)
    for byte in name where byte == letter {
      next += 1
      guard next < wanted.count else { return true }
      letter = wanted[next]
    }
    return false
  }

  /// The best way to place every wanted letter: O(pattern × name), as fzf's second algorithm does it.
  ///
  /// Source: https://github.com/junegunn/fzf, src/algo/algo.go, whose bonuses are taken over in kind.
  private func best(_ name: [UInt8], tracing: Bool) -> (score: Int, places: [Int]) {
    guard !wanted.isEmpty, !name.isEmpty else { return (0, []) }
    let impossible = Int.min / 2
    // Of the last wanted letter: the best score that ends with it at a place, and at or before a place.
    var ending = [Int](repeating: impossible, count: name.count)
    var reached = [Int](repeating: 0, count: name.count)
    var origins: [[Int]] = []
    for (index, letter) in wanted.enumerated() {
      var nextEnding = [Int](repeating: impossible, count: name.count)
      var nextReached = [Int](repeating: impossible, count: name.count)
      var origin = [Int](repeating: -1, count: tracing ? name.count : 0)
      var behind = (score: index == 0 ? 0 : impossible, place: -1)
      for place in name.indices {
        // What lies between two letters costs a little a byte, so that near ones win.
        if index > 0, place > 0 {
          behind.score -= 1
          if ending[place - 1] > behind.score { behind = (ending[place - 1], place - 1) }
        }
        if name[place] == letter {
          let bonus = self.bonus(name, place, index)
          var (score, from) = (behind.score + bonus, behind.place)
          if index > 0, place > 0, ending[place - 1] > impossible / 2, !beginsWord[index] {
            let adjacent = ending[place - 1] + bonus + 12
            if adjacent >= score { (score, from) = (adjacent, place - 1) }
          }
          if score > impossible / 2 {
            nextEnding[place] = score
            if tracing { origin[place] = from }
          }
        }
        nextReached[place] = max(place > 0 ? nextReached[place - 1] : impossible, nextEnding[place])
      }
      (ending, reached) = (nextEnding, nextReached)
      if tracing { origins.append(origin) }
    }
    let score = reached[name.count - 1]
    guard tracing, score > impossible / 2 else { return (score, []) }
    var places: [Int] = []
    var place = ending.lastIndex(of: score) ?? -1
    for origin in origins.reversed() where place >= 0 {
      places.append(place)
      place = origin[place]
    }
    return (score, places.reversed())
  }

  /// What a letter of the pattern is worth at a place of the name.
  private func bonus(_ name: [UInt8], _ place: Int, _ index: Int) -> Int {
    let kind = Kind(name[place])
    let before = place > 0 ? Kind(name[place - 1]) : .other
    var bonus = 16
    if before == .other { bonus += 10 } else if before != kind { bonus += 6 }
    guard kind == .digit else { return bonus }
    // A number counts as a whole: 3 is neither 13 nor 30.
    if beginsWord[index], before == .digit { bonus -= 24 }
    let endsNumber = index + 1 == wanted.count || Kind(wanted[index + 1]) != .digit || beginsWord[index + 1]
    if endsNumber, place + 1 < name.count, Kind(name[place + 1]) == .digit { bonus -= 24 }
    return bonus
  }

  private enum Kind {
    case letter, digit, other

    init(_ byte: UInt8) {
      self =
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
        ? .letter : (0x30...0x39).contains(byte) ? .digit : .other
    }
  }
}
