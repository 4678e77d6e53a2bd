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
  }

  /// What `file` said of itself.
  package init(_ file: any MatrixFile) {
    format = file.format
    tensors = file.tensors.map {
      Tensor(
        name: Nullable($0.name), dtype: $0.type.rawValue, shape: $0.axes, parameters: $0.parameters, bytes: $0.bytes)
    }
  }
}
