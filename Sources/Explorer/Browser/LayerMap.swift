import ModelTensors

/// A model's matrices by layer and role: where every layer holds the same roles, one number of each fits on a screen.
package struct LayerMap: Sendable {
  /// A row: one layer of one stack.
  package struct Layer: Hashable, Sendable {
    /// "encoder.layer".
    package let stack: String
    /// Its number there.
    package let number: Int
  }

  /// A column: what a matrix does in its layer.
  package struct Role: Hashable, Sendable {
    /// "attention.self.query".
    package let name: String
    /// How its column is headed.
    package let heading: RoleHeading
  }

  /// The chosen cell, and the part of the map on the screen.
  package struct Cell: Hashable, Sendable {
    package var row = 0
    package var column = 0
    /// The first row and column on the screen, and how many there is room for.
    package var top = 0
    package var left = 0
    package var height = 20
    package var width = 8

    package init() {}
  }

  /// The layers, stack by stack in the file's order, each by number.
  package let layers: [Layer]
  /// The roles, in the order of the first layer that has them.
  package let roles: [Role]
  /// The item of each cell, row after row; nil where a layer lacks a role.
  private let cells: [Int?]
  private let places: [Int: Int]
  private let labels: [String]

  /// The map of `items`; nil unless at least two roles repeat over at least two layers.
  package init?(_ items: [BrowserItem]) {
    var stacks: [String] = []
    var byStack: [String: [Int: [(role: String, item: Int)]]] = [:]
    for (index, item) in items.enumerated() where item.isMatrix {
      guard let layer = item.role.layer else { continue }
      if byStack[item.role.stack] == nil { stacks.append(item.role.stack) }
      byStack[item.role.stack, default: [:]][layer, default: []].append((item.role.role, index))
    }
    // What stands in one layer alone repeats nothing.
    var counts: [String: Int] = [:]
    for (_, layers) in byStack {
      for (_, members) in layers { for member in members { counts[member.role, default: 0] += 1 } }
    }
    let repeated = counts.filter { $0.value >= 2 }
    guard repeated.count >= 2 else { return nil }
    var layers: [Layer] = []
    var names: [String] = []
    var placed: [[String: Int]] = []
    for stack in stacks {
      for (number, members) in (byStack[stack] ?? [:]).sorted(by: { $0.key < $1.key }) {
        let known = members.filter { repeated[$0.role] != nil }
        guard !known.isEmpty else { continue }
        layers.append(Layer(stack: stack, number: number))
        placed.append(Dictionary(known.map { ($0.role, $0.item) }) { first, _ in first })
        for member in known where !names.contains(member.role) { names.append(member.role) }
      }
    }
    // Of a ResNet's blocks hardly two are alike: a map would be mostly holes.
    guard layers.count >= 2, 2 * placed.reduce(0, { $0 + $1.count }) >= layers.count * names.count else { return nil }
    names = RoleOrder.sorted(names)
    self.layers = layers
    let titles = Self.stackTitles(Array(Set(layers.map(\.stack))))
    labels = layers.map { "\(titles[$0.stack] ?? $0.stack) \($0.number)" }
    roles = zip(names, RoleHeading.headings(names)).map { Role(name: $0, heading: $1) }
    cells = placed.flatMap { row in names.map { row[$0] } }
    places = Dictionary(cells.enumerated().compactMap { place, item in item.map { ($0, place) } }) { first, _ in first }
  }

  /// "layer 3", or "decoder 3" where there are several stacks.
  package func label(_ row: Int) -> String { labels[row] }

  /// The item of a cell.
  package func item(_ row: Int, _ column: Int) -> Int? {
    layers.indices.contains(row) && roles.indices.contains(column) ? cells[row * roles.count + column] : nil
  }

  /// Every item of the map, row after row.
  package var items: [Int] { cells.compactMap { $0 } }

  /// The items of one role, by layer.
  package func items(role column: Int) -> [Int] { layers.indices.compactMap { item($0, column) } }

  /// Where `item` stands.
  package func place(of item: Int) -> (row: Int, column: Int)? {
    places[item].map { ($0 / roles.count, $0 % roles.count) }
  }

  /// What tells each of `stacks` from the others: of "encoder.blocks" and "decoder.blocks" "encoder" and "decoder"; of a
  /// single one "layer".
  private static func stackTitles(_ stacks: [String]) -> [String: String] {
    guard stacks.count > 1 else { return Dictionary(uniqueKeysWithValues: stacks.map { ($0, "layer") }) }
    let segments = stacks.map { $0.split(separator: ".").map(String.init) }
    let shortest = segments.map(\.count).min() ?? 0
    let head = (0..<shortest).prefix { place in Set(segments.map { $0[place] }).count == 1 }.count
    let tail = (0..<max(0, shortest - head - 1)).prefix { place in
      Set(segments.map { $0[$0.count - 1 - place] }).count == 1
    }.count
    return Dictionary(
      uniqueKeysWithValues: zip(stacks, segments).map { stack, parts in
        (stack, parts.dropFirst(head).dropLast(tail).joined(separator: "."))
      })
  }

  /// Moves the chosen cell, within the map and into sight.
  package func move(_ cell: inout Cell, rows: Int, columns: Int) {
    cell.row = max(0, min(layers.count - 1, cell.row + rows))
    cell.column = max(0, min(roles.count - 1, cell.column + columns))
    reveal(&cell)
  }

  /// Brings the chosen cell into sight.
  package func reveal(_ cell: inout Cell) {
    cell.top = max(0, min(cell.top, cell.row, layers.count - cell.height))
    cell.top = max(cell.top, cell.row - cell.height + 1)
    cell.left = max(0, min(cell.left, cell.column, roles.count - cell.width))
    cell.left = max(cell.left, cell.column - cell.width + 1)
  }

  /// The items on the screen: of all roles, or of the chosen one alone.
  package func visible(_ cell: Cell, isOneRole: Bool) -> [Int] {
    let rows = cell.top..<max(cell.top, min(layers.count, cell.top + cell.height))
    let columns =
      isOneRole ? cell.column..<cell.column + 1 : cell.left..<max(cell.left, min(roles.count, cell.left + cell.width))
    return rows.flatMap { row in columns.compactMap { item(row, $0) } }
  }
}
