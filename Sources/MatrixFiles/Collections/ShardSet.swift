import LinearAlgebra

/// Parts of one checkpoint that no index joins: they are told by their names.
package struct ShardSet: Sendable {
  /// The paths, in the order of their numbers.
  package let paths: [String]
  private let first: ShardName

  /// The set that `paths` form; nil unless all of them are different parts of one checkpoint.
  package init?(_ paths: [String]) {
    let names = paths.compactMap { path in ShardName(path).map { (path: path, name: $0) } }
      .sorted { $0.name.index < $1.name.index }
    guard let first = names.first?.name, names.count == paths.count,
      names.allSatisfy({ $0.name.isOfOne(with: first) }), Set(names.map(\.name.index)).count == names.count
    else { return nil }
    self.first = first
    self.paths = names.map(\.path)
  }

  /// Opens the parts as one file, called by the pattern that all their names match.
  ///
  /// A part that is missing, or cannot be opened, is listed among the unreadable by its file name: which tensors it held
  /// only an index would tell.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when no part can be opened, or two hold a tensor of the same name.
  package func open(
    control: WorkControl, opener: MatrixCollection.Opener
  ) throws(FileError) -> any MatrixFile {
    var parts: [any MatrixFile] = []
    var missing: [UnreadableTensor] = []
    let present = Dictionary(
      uniqueKeysWithValues: paths.compactMap { path in ShardName(path).map { ($0.index, path) } })
    for index in 1...first.total {
      let part = control.part(index - 1, of: first.total)
      let path = present[index] ?? first.path(ofPart: index)
      let name = String(path.dropFirst(SiblingFile.directory(of: path).count))
      do throws(FileError) {
        try part.advance(0)
        guard present[index] != nil else {
          throw .cannotOpen(path, reason: "it is missing, and its tensors with it; copy or download it again")
        }
        parts.append(try opener(path, part))
      } catch .cancelled {
        throw .cancelled
      } catch {
        missing.append(UnreadableTensor(name: name, reason: "“\(printable(name))”: \(error.reason)"))
      }
    }
    guard !parts.isEmpty else {
      throw .invalid(first.pattern, reason: "none of its parts can be read; the first is \(missing[0].reason)")
    }
    try control.advance(1)
    return try ShardedFile(
      source: first.pattern, format: parts[0].format, parts: parts, missing: missing, metadata: parts[0].metadata,
      notes: missing.isEmpty ? ["\(first.total) parts"] : ["\(parts.count) of \(first.total) parts"])
  }
}

extension WorkControl {
  /// The share of step `index` of `count`: it reports its own progress as part of the whole.
  func part(_ index: Int, of count: Int) -> WorkControl {
    WorkControl(token: token) { report((Double(index) + $0) / Double(count)) }
  }
}
