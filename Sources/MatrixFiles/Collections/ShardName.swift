/// The name of one part of a checkpoint: `model-00002-of-00003.safetensors`.
package struct ShardName: Hashable, Sendable {
  /// What stands before the number, with its directory: "dir/model".
  package let stem: String
  /// Counted from 1.
  package let index: Int
  /// How many parts there are.
  package let total: Int
  /// How the name ends: ".safetensors".
  package let ending: String
  /// The digits that a number is padded to.
  private let width: Int

  /// More parts than this are no parts.
  private static let totalLimit = 10_000

  /// Understands `path`; nil when it is not the name of a part.
  package init?(_ path: String) {
    guard let dot = path.lastIndex(of: "."), dot > path.startIndex else { return nil }
    let pieces = path[..<dot].split(separator: "-", omittingEmptySubsequences: false)
    guard pieces.count >= 4, pieces[pieces.count - 2] == "of" else { return nil }
    let (first, second) = (pieces[pieces.count - 3], pieces[pieces.count - 1])
    guard let index = Self.number(first), let total = Self.number(second), total <= Self.totalLimit,
      (1...max(1, total)).contains(index)
    else { return nil }
    stem = pieces.dropLast(3).joined(separator: "-")
    self.index = index
    self.total = total
    ending = String(path[dot...])
    width = first.utf8.count
  }

  private static func number(_ digits: Substring) -> Int? {
    guard (1...8).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(digits)
  }

  /// The path of part `index` of the same checkpoint.
  package func path(ofPart index: Int) -> String {
    func padded(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(stem)-\(padded(index))-of-\(padded(total))\(ending)"
  }

  /// A pattern that all parts match: "dir/model-*-of-00003.safetensors".
  package var pattern: String {
    let digits = String(total)
    return "\(stem)-*-of-\(String(repeating: "0", count: max(0, width - digits.utf8.count)))\(digits)\(ending)"
  }

  /// Whether `other` is a part of the same checkpoint.
  package func isOfOne(with other: ShardName) -> Bool {
    (stem, total, ending) == (other.stem, other.total, other.ending)
  }

  /// What is to be said of a file that is opened by itself and is a part only.
  static func notes(of path: String) -> [String] {
    guard let name = ShardName(path), name.total > 1 else { return [] }
    return ["part \(name.index) of \(name.total); open its directory or its index for all"]
  }
}
