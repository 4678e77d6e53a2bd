/// Arrows under an axis with their labels, packed onto as few lines as they fit on.
enum PlotMarks {
  /// One arrow for each rank, at its column, and the labels of that rank; a second arrow where they are too many for a
  /// line.
  ///
  /// - Returns: lines of at most `width` characters; labels run to the left where the right has no room.
  static func lines(_ marks: [(rank: Int, column: Int, label: String)], width: Int, isUnicode: Bool) -> [String] {
    let arrow = isUnicode ? "↑" : "^"
    var lines: [[Character]] = []
    for (rank, group) in grouped(marks) {
      let room = max(width - group.column, group.column + 1) - 2
      for words in wrapped(group.labels, heading: "\(rank): ", width: room) {
        let fitsRight = group.column + words.count + 2 <= width
        let text = Array(fitsRight ? "\(arrow) \(words)" : "\(words) \(arrow)")
        place(text, at: fitsRight ? group.column : max(0, group.column + 1 - text.count), in: &lines)
      }
    }
    return lines.map { String($0) }
  }

  /// `labels` after `heading`, on as many lines of `width` characters as they need.
  private static func wrapped(_ labels: [String], heading: String, width: Int) -> [String] {
    var lines: [String] = []
    for label in labels {
      if let last = lines.last, last.count + label.count + 2 <= width {
        lines[lines.count - 1] += ", \(label)"
      } else {
        lines.append(heading + label)
      }
    }
    return lines
  }

  private static func grouped(
    _ marks: [(rank: Int, column: Int, label: String)]
  ) -> [(Int, (column: Int, labels: [String]))] {
    var groups: [Int: (column: Int, labels: [String])] = [:]
    for mark in marks { groups[mark.rank, default: (mark.column, [])].labels.append(mark.label) }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Writes `text` on the first line that is free from `start` on, with two blanks to its left.
  private static func place(_ text: [Character], at start: Int, in lines: inout [[Character]]) {
    let blank: Character = " "
    let span = max(0, start - 2)..<start + text.count + 2
    let index = lines.firstIndex { line in span.allSatisfy { $0 >= line.count || line[$0] == blank } } ?? lines.count
    if index == lines.count { lines.append([]) }
    let missing = max(0, start + text.count - lines[index].count)
    lines[index] += [Character](repeating: blank, count: missing)
    lines[index].replaceSubrange(start..<start + text.count, with: text)
  }
}
