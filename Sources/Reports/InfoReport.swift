import MatrixFiles

/// What `info --json` prints, schema "lowrank.info/1": the tensors of a file, whose entries were not read.
package struct InfoReport: Codable, Hashable, Sendable {
  /// The schema of this version.
  package static let schemaName = "lowrank.info/1"

  package var schema = Self.schemaName
  /// The format's short name: "npy", "npz", "csv", "png", "gallery".
  package var format: String
  /// The tensors, in the file's order.
  package var tensors: [Tensor]
  /// What else it holds that cannot be read as a matrix.
  package var unreadable: [Unreadable]
  /// What is to be said of the file as a whole.
  package var notes: [String]
  /// What the file says of itself.
  package var metadata: [String: String]

  /// One tensor as the file describes it.
  package struct Tensor: Codable, Hashable, Sendable {
    /// Null where the file holds a single unnamed one.
    package var name: Nullable<String>
    /// The stored element type: "f32", "u8", …
    package var dtype: String
    /// The lengths of its axes, outermost first.
    package var shape: [Int]
    /// The number of elements.
    package var parameters: Int
    /// Their bytes as stored, uncompressed.
    package var bytes: Int
    /// Its other names.
    package var aliases: [String]
  }

  /// One tensor that cannot be read as a matrix; null is what the file does not state.
  package struct Unreadable: Codable, Hashable, Sendable {
    package var name: String
    /// A sentence: what it is instead, and what to do.
    package var reason: String
    /// The element type in the format's own words: "IQ2_XXS", "complex64".
    package var dtype: Nullable<String>
    /// The lengths of its axes, as far as they are known.
    package var shape: [Int]
    /// Its bytes as stored.
    package var bytes: Nullable<Int>
  }

  /// What `file` said of itself.
  package init(_ file: any MatrixFile) {
    format = file.format
    tensors = file.tensors.map {
      Tensor(
        name: Nullable($0.name), dtype: $0.type.rawValue, shape: $0.axes, parameters: $0.parameters, bytes: $0.bytes,
        aliases: $0.aliases)
    }
    unreadable = file.unreadable.map {
      Unreadable(
        name: $0.name, reason: $0.reason, dtype: Nullable($0.type), shape: $0.axes, bytes: Nullable($0.bytes))
    }
    notes = file.notes
    metadata = file.metadata
  }
}
