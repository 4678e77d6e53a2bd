import Checkpoints
import MatrixFiles
import ModelTensors

/// What a scan found of a model: everything that the page shows.
package struct ModelReport: Sendable {
  /// What the model is called, and its format.
  let title: String
  let format: String
  /// What is to be said of the file as a whole.
  let notes: [String]
  /// All tensors that can be read: how many, their elements and bytes as stored.
  let tensorCount: Int
  let parameters: Int
  let bytes: Int
  /// The scanned matrices, in the scan's order.
  let matrices: [Matrix]
  /// Tensors that a scan passes over: vectors and scalars.
  let passedOver: Int
  /// What could not be read or solved, and why.
  let unread: [Unread]

  /// One scanned matrix.
  struct Matrix: Sendable {
    let entry: TensorEntry
    let findings: TensorFindings
    let role: TensorRole
    /// Its place in the table, counted from 1, which is also its address on the page: "m1".
    let number: Int

    var name: String { entry.name ?? "(unnamed)" }
    var anchor: String { "m\(number)" }
  }

  /// A tensor without findings.
  struct Unread: Sendable {
    let name: String
    let reason: String
  }

  /// A report of `file`, whose tensors `scanned` and `failed` together are those that a scan takes up.
  ///
  /// - Parameter failed: what could not be read or solved, with a sentence.
  package init(
    _ file: any MatrixFile, scanned: [(entry: TensorEntry, findings: TensorFindings)],
    failed: [(name: String, sentence: String)]
  ) {
    title = file.source.split(separator: "/").last.map(String.init) ?? file.source
    format = file.format
    notes = file.notes
    tensorCount = file.tensors.count
    parameters = file.tensors.reduce(0) { sum($0, $1.parameters) }
    bytes = file.tensors.reduce(0) { sum($0, $1.bytes) }
    matrices = scanned.enumerated().map { index, row in
      Matrix(
        entry: row.entry, findings: row.findings, role: TensorRole(row.entry.name ?? ""), number: index + 1)
    }
    passedOver = max(0, file.tensors.count - scanned.count - failed.count)
    unread =
      failed.map { Unread(name: $0.name, reason: $0.sentence) }
      + file.unreadable.map { Unread(name: $0.name, reason: $0.reason) }
  }

  /// The matrices of layers by stack and role, in the order in which they first appear.
  var stacks: [Stack] {
    var stacks: [Stack] = []
    var places: [String: Int] = [:]
    for matrix in matrices {
      guard let layer = matrix.role.layer else { continue }
      let place = places[matrix.role.stack] ?? stacks.count
      if place == stacks.count {
        places[matrix.role.stack] = place
        stacks.append(Stack(name: matrix.role.stack))
      }
      stacks[place].add(matrix, layer: layer)
    }
    return stacks
  }

  /// Layers of one name.
  struct Stack: Sendable {
    /// "encoder.layer".
    let name: String
    /// The roles in the order in which they first appear, with their matrices by layer.
    private(set) var roles: [(name: String, byLayer: [Int: Matrix])] = []
    private(set) var layers: Set<Int> = []
    private var places: [String: Int] = [:]

    init(name: String) { self.name = name }

    mutating func add(_ matrix: Matrix, layer: Int) {
      let place = places[matrix.role.role] ?? roles.count
      if place == roles.count {
        places[matrix.role.role] = place
        roles.append((matrix.role.role, [:]))
      }
      if roles[place].byLayer[layer] == nil { roles[place].byLayer[layer] = matrix }
      layers.insert(layer)
    }
  }
}

/// a + b, at most the largest number there is.
private func sum(_ a: Int, _ b: Int) -> Int {
  let (value, overflows) = a.addingReportingOverflow(b)
  return overflows ? .max : value
}
