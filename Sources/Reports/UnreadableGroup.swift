import MatrixFiles
import RankAnalysis

/// Tensors that cannot be read for one reason: all those of a missing shard, say.
struct UnreadableGroup {
  private let first: UnreadableTensor
  private var last: UnreadableTensor
  private var count = 1

  private init(_ tensor: UnreadableTensor) { (first, last) = (tensor, tensor) }

  /// `tensors` by their reasons, which may differ in the names that they quote, in the order of the first of each.
  static func groups(of tensors: [UnreadableTensor]) -> [UnreadableGroup] {
    var groups: [UnreadableGroup] = []
    var places: [String: Int] = [:]
    for tensor in tensors {
      let kind = kind(of: tensor.reason)
      if let place = places[kind] {
        groups[place].last = tensor
        groups[place].count += 1
      } else {
        places[kind] = groups.count
        groups.append(UnreadableGroup(tensor))
      }
    }
    return groups
  }

  /// The reason of the first, and how many share it.
  var text: String {
    guard count > 1 else { return first.reason }
    return "\(first.reason) (and \(NumberFormat.grouped(count - 1)) more, to “\(printable(last.name))”)"
  }

  /// `reason` without the names in it.
  private static func kind(of reason: String) -> String {
    var kind = String.UnicodeScalarView()
    var isQuoted = false
    for scalar in reason.unicodeScalars {
      if scalar == "”" { isQuoted = false }
      if !isQuoted { kind.append(scalar) }
      if scalar == "“" { isQuoted = true }
    }
    return String(kind)
  }
}
