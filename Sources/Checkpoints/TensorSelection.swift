import MatrixFiles
import ModelTensors

/// Which tensors of a checkpoint are scanned.
package struct TensorSelection: Hashable, Sendable {
  /// Those that any of these names; all where there are none.
  package var patterns: [TensorPattern]
  /// Of those, a part; nil takes all.
  package var shard: Shard?

  /// A selection.
  package init(patterns: [TensorPattern] = [], shard: Shard? = nil) {
    self.patterns = patterns
    self.shard = shard
  }

  /// Whether `name` is named.
  package func names(_ name: String?) -> Bool {
    patterns.isEmpty || patterns.contains { $0.matches(name ?? "") }
  }

  /// All tensors of `file`, in its order, whatever is selected. Stacks of experts are taken apart: they are a matrix each.
  package static func tensors(of file: any MatrixFile) -> [TensorEntry] {
    let model = file as? ModelFile
    return file.tensors.flatMap { entry in
      let experts = entry.axes.count > 2 ? model?.experts(of: entry) ?? [] : []
      return experts.isEmpty ? [entry] : experts
    }
  }

  /// What follows from `entry` – parts of fused weights, heads, products – and is named by a pattern with a slash that
  /// does not take `entry` itself; below what it takes it takes nothing more.
  private func derived(of entry: TensorEntry, in model: ModelFile, _ patterns: [TensorPattern]) -> [TensorEntry] {
    let patterns = patterns.filter { !$0.matches(entry.name ?? "") }
    if patterns.isEmpty { return [] }
    return model.derived(of: entry).flatMap { part in
      let isNamed = patterns.contains { $0.matches(part.name ?? "") }
      return (isNamed ? [part] : []) + derived(of: part, in: model, patterns)
    }
  }

  /// The matrices of `file` that are selected, in the file's order, what follows from one after it, and how many tensors are named but are none: those
  /// with fewer than two axes, and a single row or column.
  package func matrices(of file: any MatrixFile) -> (matrices: [TensorEntry], skipped: Int) {
    let deep = patterns.filter(\.hasSlash)
    let named = Self.tensors(of: file).flatMap { entry in
      (names(entry.name) ? [entry] : [])
        + (deep.isEmpty ? [] : (file as? ModelFile).map { derived(of: entry, in: $0, deep) } ?? [])
    }
    let matrices = named.filter { ($0.matrixShape?.shortSide ?? 0) > 1 }
    let part = shard.map { shard in matrices.indices.filter { shard.contains($0) }.map { matrices[$0] } } ?? matrices
    return (part, named.count - matrices.count)
  }

  /// One of several parts of a list that together are all of it: the i-th of N takes every N-th element, so that layers
  /// of equal cost are spread evenly.
  package struct Shard: Hashable, Sendable {
    /// i in 1 … N, and N.
    package let number: Int, count: Int

    /// The part `text` names: "2/4".
    package init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1, number <= count else {
        return nil
      }
      (self.number, self.count) = (number, count)
    }

    /// Whether the element at `index` belongs to it.
    package func contains(_ index: Int) -> Bool { index % count == number - 1 }
  }
}

/// What a name must look like: a glob over the whole name where it has a `*`, a `?` or a set, else a part of the name.
///
/// `*` stands for any run of characters, dots among them, `?` for one, `[abc]`, `[0-9]` and `[!x]` for one of a set.
/// Capitals count.
package struct TensorPattern: Hashable, Sendable {
  private enum Element: Hashable {
    case one(Character)
    case any
    case run
    case set([ClosedRange<Character>], isNegated: Bool)

    func accepts(_ character: Character) -> Bool {
      switch self {
      case .one(let own): own == character
      case .any: true
      case .run: false
      case .set(let ranges, let isNegated): ranges.contains { $0.contains(character) } != isNegated
      }
    }
  }

  private let elements: [Element]
  /// Whether it names what follows from tensors, too: those names have a slash.
  package let hasSlash: Bool

  /// The pattern that `text` spells.
  package init(_ text: String) {
    hasSlash = text.contains("/")
    var (elements, rest): ([Element], Substring) = ([], text[...])
    while let character = rest.popFirst() {
      switch character {
      case "*": if elements.last != .run { elements.append(.run) }
      case "?": elements.append(.any)
      case "[":
        if let set = Self.takeSet(&rest) { elements.append(set) } else { elements.append(.one("[")) }
      default: elements.append(.one(character))
      }
    }
    // A bracket that nothing closes is a character like any other.
    let isGlob = elements.contains { if case .one = $0 { false } else { true } }
    self.elements = isGlob ? elements : [.run] + elements + [.run]
  }

  /// The set whose "[" was read; nil, and nothing taken, where no "]" ends it.
  private static func takeSet(_ rest: inout Substring) -> Element? {
    var body = rest
    let isNegated = body.first == "!"
    if isNegated { body.removeFirst() }
    // A bracket that comes first stands for itself.
    guard let start = body.indices.first, let end = body.dropFirst().firstIndex(of: "]") else { return nil }
    var characters = body[start..<end]
    var ranges: [ClosedRange<Character>] = []
    while let first = characters.popFirst() {
      if characters.count >= 2, characters.first == "-" {
        characters.removeFirst()
        let last = characters.removeFirst()
        if first <= last { ranges.append(first...last) }
      } else {
        ranges.append(first...first)
      }
    }
    rest = body[body.index(after: end)...]
    return .set(ranges, isNegated: isNegated)
  }

  /// Whether `name` looks so. O(name · pattern) at most.
  package func matches(_ name: String) -> Bool {
    let text = Array(name)
    var (at, place) = (0, 0)
    // Where to go on from when the last run must take one more.
    var retry: (at: Int, place: Int)?
    while at < text.count {
      if place < elements.count, elements[place] == .run {
        retry = (at, place + 1)
        place += 1
      } else if place < elements.count, elements[place].accepts(text[at]) {
        at += 1
        place += 1
      } else if let last = retry {
        retry = (last.at + 1, last.place)
        (at, place) = (last.at + 1, last.place)
      } else {
        return false
      }
    }
    return elements[place...].allSatisfy { $0 == .run }
  }
}
