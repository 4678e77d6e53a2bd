import LinearAlgebra
import MatrixFiles
import ModelTensors

/// What the tensors of a file can be taken apart into, as rows for its list: known from names and headers alone.
package struct PartsOutline: Sendable {
  /// What follows from a tensor: the row, its label under the row above, and what follows from it in turn.
  package struct Part: Sendable {
    let item: BrowserItem
    let label: String
    let parts: [Part]

    fileprivate var longestName: Int { parts.map(\.longestName).reduce(item.name.count, max) }
  }

  /// The parts by the item of the tensor that they follow from, in the file's order.
  let parts: [(item: Int, parts: [Part])]
  /// How many parts the other tensors have: those that would have been too many.
  let unlisted: [Int: Int]
  /// How many experts there are in a stack of them, by its item.
  let experts: [Int: Int]
  /// The characters of the longest name among the parts.
  let longestName: Int

  /// So many parts are searched between two keys without being felt.
  static let limit = 16_384

  /// The outline of `file`, with `limit` parts at most; nil where it was cancelled. A file of no model has none.
  ///
  /// - Complexity: proportional to the number of parts; nothing is read.
  package init?(_ file: any MatrixFile, limit: Int = Self.limit, token: CancellationToken) {
    var found: [(item: Int, parts: [Part])] = []
    var (unlisted, experts): ([Int: Int], [Int: Int]) = ([:], [:])
    var count = 0
    if let model = file as? ModelFile {
      for (index, entry) in model.tensors.enumerated() where (entry.matrixShape?.shortSide ?? 0) > 1 {
        if token.isCancelled { return nil }
        let derived = model.derived(of: entry)
        guard !derived.isEmpty else { continue }
        if entry.axes.count > 2 {
          let stacked = model.experts(of: entry).count
          if stacked > 0 { experts[index] = stacked }
        }
        guard count + derived.count <= limit else {
          unlisted[index] = derived.count
          continue
        }
        let parts = derived.map { Part($0, of: entry, in: model) }
        count += parts.reduce(0) { $0 + 1 + $1.parts.count }
        found.append((index, parts))
      }
    }
    parts = found
    (self.unlisted, self.experts) = (unlisted, experts)
    longestName = found.flatMap(\.parts).map(\.longestName).max() ?? 0
  }

  /// Parts that were asked for, of the tensor called `name`.
  static func parts(_ entries: [TensorEntry], below name: String) -> [Part] {
    entries.map { Part($0, below: name, parts: []) }
  }
}

extension PartsOutline.Part {
  fileprivate init(_ entry: TensorEntry, of base: TensorEntry, in model: ModelFile) {
    let inner = model.derived(of: entry).map { Self($0, below: entry.printableName, parts: []) }
    self.init(entry, below: base.printableName, parts: inner)
  }

  fileprivate init(_ entry: TensorEntry, below name: String, parts: [Self]) {
    let item = BrowserItem(entry, isDerived: true)
    // A head's name goes on from its weight's, that of a product from its attention's.
    let rest =
      item.name.hasPrefix(name + "/")
      ? item.name.dropFirst(name.count + 1) : item.name.split(separator: "/").last ?? Substring(item.name)
    self.init(item: item, label: String(rest), parts: parts)
  }
}
