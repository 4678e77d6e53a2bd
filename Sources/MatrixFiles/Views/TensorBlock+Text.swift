extension TensorBlock: CustomStringConvertible {
  /// Reads the places of "block=:/12.1/3.:/64,0:64": one for each axis, between commas. A place is ":", an index or a
  /// range like 0:64; of a split axis one for each factor between full stops, its length after a slash.
  ///
  /// - Throws: ``TensorViewError`` with what is wrong and how a block is written.
  init(parsing text: Substring, keyword: String) throws(TensorViewError) {
    var axes: [[Factor]] = []
    for place in text.split(separator: ",", omittingEmptySubsequences: false) {
      let words = place.split(separator: ".", omittingEmptySubsequences: false)
      var factors: [Factor] = []
      for word in words {
        guard let factor = Factor(parsing: word), (factor.length != nil) == (words.count > 1) else {
          throw TensorViewError(
            description: "\(keyword)= takes ranges like 0:64, one for each axis, or :/12.1/3.:/64 for an axis that is "
              + "split into 12, 3 and 64, and not “\(printable(String(place), limit: 40))”")
        }
        factors.append(factor)
      }
      axes.append(factors)
    }
    self.init(axes)
  }

  /// What ``init(parsing:keyword:)`` reads after "block=".
  package var description: String { text(separator: ",") }

  /// The places between `separator`.
  func text(separator: String) -> String {
    axes.map { $0.map(\.description).joined(separator: ".") }.joined(separator: separator)
  }
}

extension TensorBlock.Factor: CustomStringConvertible {
  /// Reads ":", "7", "0:64", and any of these with the length of its factor, as in "1/3".
  fileprivate init?(parsing text: Substring) {
    let words = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = words.first, words.count <= 2 else { return nil }
    var length: Int?
    if words.count == 2 {
      guard let number = Self.number(words[1]) else { return nil }
      length = number
    }
    if first == ":" {
      self.init(.all, of: length)
      return
    }
    let ends = first.split(separator: ":", omittingEmptySubsequences: false)
    guard let lower = ends.first.flatMap(Self.number), ends.count <= 2 else { return nil }
    if ends.count == 1 {
      self.init(.index(lower), of: length)
    } else if let upper = Self.number(ends[1]), lower <= upper {
      self.init(.range(lower..<upper), of: length)
    } else {
      return nil
    }
  }

  private static func number(_ word: Substring) -> Int? {
    word.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(word) : nil
  }

  package var description: String {
    let taken =
      switch selection {
      case .all: ":"
      case .index(let index): "\(index)"
      case .range(let range): "\(range.lowerBound):\(range.upperBound)"
      }
    return length.map { "\(taken)/\($0)" } ?? taken
  }
}
