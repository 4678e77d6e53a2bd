/// How a role is headed: what it is, beneath what it belongs to.
package struct RoleHeading: Hashable, Sendable {
  /// The segments before the last: of "attention.self.query" "attention.self"; empty where the layer itself holds it.
  package let parent: String
  /// The last telling segment: "query".
  package let own: String
  /// As little of both as tells the role from the others: "query", but "attention.output" beside "output".
  package let title: String

  /// Segments that say nothing where something else stands before them.
  private static let plain: Set<String> = ["dense", "linear", "proj", "weight", "kernel"]

  /// The heading of each of `roles`; no two are alike in ``parent`` and ``own``, nor in ``title``.
  static func headings(_ roles: [String]) -> [RoleHeading] {
    let segments = roles.map { $0.split(separator: ".").map(String.init) }
    let short = segments.map { parts in
      parts.count > 1 && plain.contains(parts[parts.count - 1]) ? Array(parts.dropLast()) : parts
    }
    // Where that makes two alike, nothing is left out.
    let shown = Set(short.map { $0.joined(separator: ".") }).count == Set(roles).count ? short : segments
    return shown.indices.map { index in
      let own = shown[index]
      guard let last = own.last else { return RoleHeading(parent: "", own: roles[index], title: roles[index]) }
      let rivals = shown.indices.filter { $0 != index && shown[$0].last == last }.map { shown[$0] }
      var count = 1
      while count < own.count, rivals.contains(where: { $0.suffix(count) == own.suffix(count) }) { count += 1 }
      return RoleHeading(
        parent: own.dropLast().joined(separator: "."), own: last, title: own.suffix(count).joined(separator: "."))
    }
  }
}
