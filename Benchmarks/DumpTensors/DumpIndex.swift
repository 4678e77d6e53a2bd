import MatrixFiles

/// What a dump's `index.json` says of a file and of each of its tensors.
struct DumpIndex: Codable {
  /// The format's short name.
  var format: String
  var notes: [String]
  var metadata: [String: String]
  /// In the file's order.
  var tensors: [Tensor] = []
  /// What the file holds beside them.
  var unreadable: [Unreadable]

  struct Tensor: Codable {
    /// Nil where the file holds a single unnamed one.
    var name: String?
    var aliases: [String]
    /// The stored element type.
    var dtype: String
    /// The lengths of its axes, outermost first.
    var shape: [Int]
    /// The array with its entries: two axes, those after the first folded in C order. Nil where it was refused.
    var file: String?
    /// Why.
    var refused: String?
    var notes: [String] = []

    /// What a file says of `entry`.
    init(_ entry: TensorEntry) {
      name = entry.name
      aliases = entry.aliases
      dtype = entry.type.rawValue
      shape = entry.axes
    }
  }

  struct Unreadable: Codable {
    var name: String
    var reason: String
    var type: String?
    var shape: [Int]
    var bytes: Int?
  }

  /// What `file` says of itself; its tensors are still to be added.
  init(_ file: any MatrixFile) {
    format = file.format
    notes = file.notes
    metadata = file.metadata
    unreadable = file.unreadable.map {
      Unreadable(name: $0.name, reason: $0.reason, type: $0.type, shape: $0.axes, bytes: $0.bytes)
    }
  }
}
