/// Columns side by side that belong to the same thing: "attention.self" over query, key and value.
enum RoleGroups {
  /// Neighbours with the same name, as places from zero.
  static func groups(_ parents: [String]) -> [(parent: String, places: Range<Int>)] {
    var groups: [(parent: String, places: Range<Int>)] = []
    for (place, parent) in parents.enumerated() {
      if let last = groups.last, last.parent == parent {
        groups[groups.count - 1].places = last.places.lowerBound..<place + 1
      } else {
        groups.append((parent, place..<place + 1))
      }
    }
    return groups
  }

  /// "──── attention.self ────" on `width` cells: the name, cut in the middle where it must be, between rules where there
  /// is room for two, else at the right as the headings beneath are.
  static func bracket(_ name: String, width: Int, rule: Character, _ ellipsis: Character) -> String {
    let text = shortenedInMiddle(name, width: width, ellipsis: ellipsis).text
    let free = width - text.count
    guard free >= 4 else { return String(repeating: " ", count: free) + text }
    let left = free / 2 - 1
    let right = free - left - 2
    return String(repeating: rule, count: left) + " " + text + " " + String(repeating: rule, count: right)
  }
}
