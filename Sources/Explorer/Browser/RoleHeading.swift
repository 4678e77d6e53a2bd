/// Short headings for roles, told apart by as few segments as it takes.
enum RoleHeading {
  /// Segments that say nothing where something else stands before them.
  private static let plain: Set<String> = ["dense", "linear", "proj", "weight", "kernel"]

  /// For each of `roles` its last telling segment, and above it those that tell it from other roles: of
  /// "attention.output.dense" beside "output.dense" ("attention", "output"), of "attention.self.query" ("", "query").
  static func headings(_ roles: [String]) -> [(above: String, below: String)] {
    let segments = roles.map { $0.split(separator: ".").map(String.init) }
    let short = segments.map { parts in
      parts.count > 1 && plain.contains(parts[parts.count - 1]) ? Array(parts.dropLast()) : parts
    }
    // Where that makes two alike, nothing is left out.
    let shown = Set(short.map { $0.joined(separator: ".") }).count == Set(roles).count ? short : segments
    return shown.indices.map { index in
      let own = shown[index]
      guard let last = own.last else { return ("", roles[index]) }
      let rivals = shown.indices.filter { $0 != index && shown[$0].last == last }.map { shown[$0] }
      var count = 1
      while count < own.count, rivals.contains(where: { $0.suffix(count) == own.suffix(count) }) { count += 1 }
      return (own.suffix(count).dropLast().joined(separator: "."), last)
    }
  }
}
