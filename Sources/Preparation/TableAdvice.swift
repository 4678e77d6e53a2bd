import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// What a look at a table's columns finds that would rule its spectrum, though it means nothing.
package enum TableAdvice: Hashable, Sendable {
  /// The column of the largest spread varies `ratio` times as much as that of the smallest: scale them.
  case unequalScales(ratio: Double, largest: String, smallest: String)
  /// Columns that number the rows: drop them.
  case idLike([String])

  /// What was found, in one clause.
  package var sentence: String {
    switch self {
    case .unequalScales(let ratio, let largest, let smallest):
      "\(Self.column(largest)) varies \(NumberFormat.grouped(Int(ratio.rounded()))) times as much as "
        + Self.column(smallest)
    case .idLike(let names):
      "\(names.map(Self.column).joined(separator: ", ")) \(names.count == 1 ? "numbers" : "number") the rows"
    }
  }

  /// “name”, or "column 7" for one without a name.
  private static func column(_ name: String) -> String { Int(name) == nil ? "“\(name)”" : "column \(name)" }

  /// The options of the command line that mend it.
  package var option: String {
    switch self {
    case .unequalScales: "--center columns --scale columns"
    case .idLike(let names): "--drop " + names.joined(separator: ",")
    }
  }

  /// Columns whose spreads differ by less are left alone.
  package static let ratioLimit = 100.0

  /// The advice for a table as it was read: at least 5 rows, 2 to 1000 columns.
  static func find(in loaded: LoadedMatrix) -> [TableAdvice] {
    let matrix = loaded.matrix
    guard matrix.shape.rows >= 5, (2...1000).contains(matrix.shape.columns) else { return [] }
    func name(_ column: Int) -> String {
      column < loaded.labels.columns.count ? loaded.labels.columns[column] : "\(column + 1)"
    }
    let identifiers = (0..<matrix.shape.columns).filter { matrix.numbersRows($0, named: name($0)) }
    var advice: [TableAdvice] = identifiers.isEmpty ? [] : [.idLike(identifiers.map(name))]
    let spreads = ColumnStatistics.of(matrix).enumerated()
      .filter { !identifiers.contains($0.offset) && $0.element.deviation > 0 }
    if let largest = spreads.max(by: { $0.element.deviation < $1.element.deviation }),
      let smallest = spreads.min(by: { $0.element.deviation < $1.element.deviation }),
      largest.element.deviation > ratioLimit * smallest.element.deviation
    {
      advice.append(
        .unequalScales(
          ratio: largest.element.deviation / smallest.element.deviation, largest: name(largest.offset),
          smallest: name(smallest.offset)))
    }
    return advice
  }
}

extension DenseMatrix {
  /// Whether column `j` counts the rows – whole numbers, each one more than the last – or is named an identifier and holds
  /// whole numbers that are all different.
  fileprivate func numbersRows(_ j: Int, named name: String) -> Bool {
    // Most columns are done with at their first entry.
    let isWhole = (0..<shape.rows).allSatisfy { self[$0, j] == self[$0, j].rounded() && abs(self[$0, j]) < 0x1p53 }
    guard isWhole else { return false }
    let values = (0..<shape.rows).map { self[$0, j] }
    if values.count >= 10, zip(values, values.dropFirst()).allSatisfy({ $1 - $0 == 1 }) { return true }
    let isNamedSo =
      ["id", "index", "no", "nr", "number", "key", "row"].contains(name.lowercased())
      || name.lowercased().hasSuffix("_id") || name.hasSuffix("Id")
    return isNamedSo && Set(values).count == values.count
  }
}
