import MatrixFiles

/// A choice of columns as a user writes it: `1-3,7,alcohol`; numbers count from 1, anything else is a name.
package struct ColumnList: Hashable, Sendable, CustomStringConvertible {
  private enum Item: Hashable {
    case range(ClosedRange<Int>)
    case name(String)
  }

  private let items: [Item]
  /// As it was written.
  package let description: String

  /// Reads `text`; nil when nothing is named, or a range runs backwards or begins before 1.
  package init?(_ text: String) {
    var items: [Item] = []
    for part in text.split(separator: ",") {
      let word = part.trimmingBlanks
      guard !word.isEmpty else { return nil }
      let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      if ends.count == 1, let number = ends[0] {
        guard number >= 1 else { return nil }
        items.append(.range(number...number))
      } else if ends.count == 2, let first = ends[0], let last = ends[1] {
        guard first >= 1, first <= last else { return nil }
        items.append(.range(first...last))
      } else {
        items.append(.name(String(word)))
      }
    }
    guard !items.isEmpty else { return nil }
    self.items = items
    description = text
  }

  /// The columns counted from 0, in the order they were written, each once.
  ///
  /// - Parameters:
  ///   - labels: the columns' names, or none.
  ///   - count: how many columns there are.
  /// - Throws: ``FileError/unknownColumn(_:)`` for one that is not there.
  package func resolved(labels: [String], count: Int, source: String) throws(FileError) -> [Int] {
    var chosen: [Int] = []
    var isChosen = [Bool](repeating: false, count: count)
    func choose(_ column: Int) {
      if !isChosen[column] { chosen.append(column) }
      isChosen[column] = true
    }
    for item in items {
      switch item {
      case .range(let range):
        guard range.upperBound <= count else {
          throw .unknownColumn(
            "\(printable(source)) has no column \(range.upperBound): there are \(count), counted from 1")
        }
        for column in range { choose(column - 1) }
      case .name(let name):
        guard let column = labels.firstIndex(of: name) ?? labels.firstIndex(where: { $0.matches(name) }) else {
          throw .unknownColumn(Self.sentence(name, labels, count, source))
        }
        choose(column)
      }
    }
    return chosen
  }

  private static func sentence(_ name: String, _ labels: [String], _ count: Int, _ source: String) -> String {
    let names = labels.prefix(12).joined(separator: ", ") + (labels.count > 12 ? ", …" : "")
    return "\(printable(source)) has no column “\(printable(name))”; "
      + (labels.isEmpty ? "its \(count) columns have no names: give their numbers, as in 1-3,7" : "it has \(names)")
  }
}

extension StringProtocol {
  /// Without blanks at either end.
  fileprivate var trimmingBlanks: SubSequence {
    let start = firstIndex { $0 != " " } ?? endIndex
    let end = lastIndex { $0 != " " }.map { index(after: $0) } ?? endIndex
    return start < end ? self[start..<end] : self[startIndex..<startIndex]
  }

  /// Whether both read the same but for case.
  fileprivate func matches(_ other: some StringProtocol) -> Bool { lowercased() == other.lowercased() }
}
