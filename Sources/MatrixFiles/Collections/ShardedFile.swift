import LinearAlgebra

/// The parts of one checkpoint – shards, splits – as the one file they were cut from.
///
/// The parts stay open. A missing part costs its own tensors only: they stand in ``unreadable``.
package struct ShardedFile: MatrixFile {
  package let source: String
  package let format: String
  package let tensors: [TensorEntry]
  package let unreadable: [UnreadableTensor]
  package let metadata: [String: String]
  package let notes: [String]

  private let parts: [any MatrixFile]
  private let partOfTensor: NameTable<Int>

  /// Joins `parts`, in their order.
  ///
  /// - Parameter missing: the tensors of parts that are not there.
  /// - Throws: ``FileError/invalid(_:reason:)`` when two parts hold a tensor of the same name.
  package init(
    source: String, format: String, parts: [any MatrixFile], missing: [UnreadableTensor] = [],
    metadata: [String: String] = [:], notes: [String] = []
  ) throws(FileError) {
    var places = NameTable<Int>()
    for (index, part) in parts.enumerated() {
      for tensor in part.tensors {
        let name = tensor.name ?? unnamedTensor
        if let other = places.updateValue(index, forName: name) {
          throw .invalid(
            source,
            reason: "“\(printable(name))” is in two of its parts: \(printable(parts[other].source)) and "
              + printable(part.source))
        }
      }
    }
    self.source = source
    self.format = format
    self.parts = parts
    // What is packed may lie in one part and its scales in another.
    var tensors = parts.flatMap(\.tensors)
    var unreadable = parts.flatMap(\.unreadable) + missing
    PackedWeights.separate(&tensors, &unreadable)
    self.tensors = tensors
    self.unreadable = unreadable
    self.metadata = metadata
    self.notes = notes
    partOfTensor = places
  }

  package func number(named name: String, control: WorkControl) throws(FileError) -> Double? {
    for part in parts { if let number = try part.number(named: name, control: control) { return number } }
    return nil
  }

  package func read(
    _ entry: TensorEntry, options: ReadOptions, control: WorkControl
  ) throws(FileError) -> LoadedMatrix {
    guard let index = partOfTensor[entry.name ?? unnamedTensor] else {
      throw .chooseTensor(source, names: tensors.compactMap(\.name), asked: entry.name)
    }
    return try parts[index].read(entry, options: options, control: control)
  }
}
