import MatrixFiles

/// What an attention weight gives or takes.
package enum AttentionPart: String, Hashable, Sendable, CaseIterable {
  case query = "q"
  case key = "k"
  case value = "v"
  case output = "o"
}

/// How the heads of queries, keys and values lie along one axis of a weight.
///
/// With H query heads, G key-value heads and heads of width d:
package struct HeadLayout: Hashable, Sendable {
  /// The order of what lies along the axis.
  package enum Order: Hashable, Sendable {
    /// One part alone: its heads one after the other.
    case separate
    /// All of q, then of k, then of v: H·d, G·d, G·d.
    case concatenated
    /// For each key-value head its H/G query heads, then it, then its value head: (G, H/G + 2, d).
    case grouped
    /// In so many blocks, each the q, then the v, then the k of its heads: (blocks, 3, H/blocks, d).
    case blocked(Int)
  }

  /// More heads than any model has are a mistake, and are not listed.
  static let headLimit = 4096

  /// The order.
  package let order: Order
  /// H.
  package let heads: Int
  /// G, which divides H.
  package let keyValueHeads: Int
  /// d.
  package let depth: Int
  /// Whether the heads are known, and not only where q, k and v are.
  package let knowsHeads: Bool

  /// A layout; nil where the numbers do not fit one another.
  package init?(_ order: Order, heads: Int, keyValueHeads: Int, depth: Int) {
    guard (1...Self.headLimit).contains(heads), keyValueHeads > 0, depth > 0, heads % keyValueHeads == 0 else {
      return nil
    }
    if case .blocked(let blocks) = order, blocks < 1 || heads % blocks != 0 || heads != keyValueHeads { return nil }
    self.order = order
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.depth = depth
    knowsHeads = true
  }

  /// q, k and v one after the other, each a third of `length`; their heads are not known.
  init(thirdsOf length: Int) {
    (order, heads, keyValueHeads, depth, knowsHeads) = (.concatenated, 1, 1, length / 3, false)
  }

  /// How many heads `part` has.
  package func count(of part: AttentionPart) -> Int {
    part == .key || part == .value ? keyValueHeads : heads
  }

  /// The length of the axis; that of `part` alone where the parts are separate.
  package func length(of part: AttentionPart) -> Int {
    order == .separate ? count(of: part) * depth : (heads + 2 * keyValueHeads) * depth
  }

  /// What `part`, or one head of it, takes of the axis; heads count from 0.
  package func factors(_ part: AttentionPart, head: Int? = nil) -> [TensorBlock.Factor] {
    typealias Factor = TensorBlock.Factor
    switch order {
    case .separate, .concatenated:
      let start = order == .separate ? 0 : start(of: part)
      let range = head.map { start + $0 * depth..<start + ($0 + 1) * depth }
      return [Factor(.range(range ?? start..<start + count(of: part) * depth))]
    case .grouped:
      let group = heads / keyValueHeads
      let selection: TensorBlock.Selection =
        switch part {
        case .query, .output: head.map { .index($0 % group) } ?? (group == 1 ? .index(0) : .range(0..<group))
        case .key: .index(group)
        case .value: .index(group + 1)
        }
      let owner = head.map { part == .key || part == .value ? $0 : $0 / group }
      return [
        Factor(owner.map { .index($0) } ?? .all, of: keyValueHeads), Factor(selection, of: group + 2),
        Factor(.all, of: depth),
      ]
    case .blocked(let blocks):
      let each = heads / blocks
      let place = part == .value ? 1 : part == .key ? 2 : 0
      return [
        Factor(head.map { .index($0 / each) } ?? .all, of: blocks), Factor(.index(place), of: 3),
        Factor(head.map { .index($0 % each) } ?? .all, of: each), Factor(.all, of: depth),
      ]
    }
  }

  private func start(of part: AttentionPart) -> Int {
    switch part {
    case .query, .output: 0
    case .key: heads * depth
    case .value: (heads + keyValueHeads) * depth
    }
  }

  /// The order in words.
  package var title: String {
    switch order {
    case .separate: "one after the other"
    case .concatenated: "q, k and v one after the other"
    case .grouped where heads == keyValueHeads: "q, k and v interleaved by head"
    case .grouped: "q, k and v interleaved by key-value head"
    case .blocked(let blocks): "q, v and k in \(blocks) blocks"
    }
  }
}
