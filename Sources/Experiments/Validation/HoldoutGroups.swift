import LinearAlgebra

/// Indices dealt out to groups of nearly equal size, at random: what is held out together.
struct HoldoutGroups: Sendable {
  /// The indices of each group, increasing.
  let groups: [[Int]]
  private let count: Int

  /// 0 ..< `count` in `groups` groups, whose sizes differ by at most one; `generator` decides which go together.
  init(count: Int, groups: Int, from generator: inout SeededGenerator) {
    // Fisher and Yates.
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, generator.index(below: last + 1)) }
    var dealt = [[Int]](repeating: [], count: groups)
    for (place, index) in order.enumerated() { dealt[place % groups].append(index) }
    self.groups = dealt.map { $0.sorted() }
    self.count = count
  }

  /// The indices outside a group, increasing.
  func outside(_ group: Int) -> [Int] {
    var isInside = [Bool](repeating: false, count: count)
    for index in groups[group] { isInside[index] = true }
    return (0..<count).filter { !isInside[$0] }
  }

  /// The size of the largest group.
  var largest: Int { groups.map(\.count).max() ?? 0 }

  /// The group of every index.
  var groupOfIndex: [Int] {
    var result = [Int](repeating: 0, count: count)
    for (group, indices) in groups.enumerated() { for index in indices { result[index] = group } }
    return result
  }
}
