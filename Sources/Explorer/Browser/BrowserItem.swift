import LinearAlgebra
import MatrixFiles
import ModelTensors
import RankAnalysis

/// What a file lists: its tensors, and what else it holds.
package struct TensorListing: Sendable {
  /// The file's format: "npz", "safetensors", "directory", …
  package let format: String
  /// The tensors, in the file's order.
  package let tensors: [TensorEntry]
  /// What cannot be read, in the file's order.
  package let unreadable: [UnreadableTensor]
  /// What a user should be told of the file as a whole.
  package let notes: [String]

  /// A listing of `tensors` and `unreadable`.
  package init(
    format: String, tensors: [TensorEntry], unreadable: [UnreadableTensor] = [], notes: [String] = []
  ) {
    self.format = format
    self.tensors = tensors
    self.unreadable = unreadable
    self.notes = notes
  }

  /// Lists what `file` holds.
  package init(_ file: any MatrixFile) {
    self.init(format: file.format, tensors: file.tensors, unreadable: file.unreadable, notes: file.notes)
  }

  /// Whether it was put together of several files, whose names are no tensors' names.
  package var isCollection: Bool { format == "directory" || format == "list" }
}

/// A tensor as the browser lists it.
package struct BrowserItem: Sendable {
  /// Its name, safe to draw.
  package let name: String
  /// The tensor, where it can be read.
  package let entry: TensorEntry?
  /// What it is instead, where it cannot.
  package let refusal: UnreadableTensor?
  /// The lengths of its axes: "384 × 384"; empty for a scalar.
  package let shape: String
  /// Its place in the model.
  package let role: TensorRole
  /// Whether it follows from a stored tensor: a part, a head, a product. Scans leave those out.
  package let isDerived: Bool
  /// The name in small ASCII letters, for searching.
  let folded: [UInt8]

  /// A tensor that can be read.
  package init(_ entry: TensorEntry, isDerived: Bool = false) {
    self.init(
      entry.printableName, entry.axes, entry: entry, refusal: nil, role: TensorRole(entry.name ?? ""), isDerived)
  }

  /// A tensor that cannot be read.
  package init(_ refusal: UnreadableTensor) {
    self.init(
      printable(refusal.name), refusal.axes, entry: nil, refusal: refusal, role: TensorRole(refusal.name), false)
  }

  private init(
    _ name: String, _ axes: [Int], entry: TensorEntry?, refusal: UnreadableTensor?, role: TensorRole,
    _ isDerived: Bool
  ) {
    self.name = name
    self.entry = entry
    self.refusal = refusal
    self.role = role
    self.isDerived = isDerived
    shape = axes.map { NumberFormat.grouped($0) }.joined(separator: " × ")
    folded = FuzzyPattern.folded(name)
  }

  /// Whether it is a stored matrix that has more than one singular value: what a scan looks at.
  package var isMatrix: Bool { !isDerived && (entry?.matrixShape?.shortSide ?? 0) > 1 }

  /// The number of its elements; of what cannot be read, as its axes say.
  package var parameters: Int {
    entry?.parameters ?? (refusal.flatMap { $0.axes.isEmpty ? nil : checkedProduct($0.axes) } ?? 0)
  }

  /// The bytes of its elements as stored; nil where that is not known.
  package var bytes: Int? { entry?.bytes ?? refusal?.bytes }

  /// The stored element type in the file's own words.
  package var type: String { entry?.type.rawValue ?? refusal?.type.map { printable($0, limit: 12) } ?? "" }
}
