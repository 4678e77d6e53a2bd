extension TableLayout {
  /// Lets the column called `label`, or of that number from 1, name the rows, and leaves it out of the matrix; a column that
  /// named them before is left out all the same.
  ///
  /// - Throws: ``FileError/unknownColumn(_:)`` for a column that is not there, or where no other is left.
  mutating func nameRows(by label: String, source: String) throws(FileError) {
    let named = names.count == cells ? names.firstIndex(of: label) : nil
    guard let column = named ?? Int(label).flatMap({ (1...max(1, cells)).contains($0) ? $0 - 1 : nil }) else {
      let known = names.count == cells ? names.filter { !$0.isEmpty } : []
      let like = known.isEmpty ? "its columns have numbers from 1 to \(cells)" : "there are \(listed(known))"
      throw .unknownColumn("\(printable(source)): no column is called “\(printable(label, limit: 40))”; \(like)")
    }
    guard column != labelColumn else { return }
    if isNumeric[column], columns == 1 {
      throw .unknownColumn("\(printable(source)): the only column cannot name the rows")
    }
    labelColumn = column
    isNumeric[column] = false
    classNames = []
    notes.removeAll { $0.hasPrefix("rows named by") }
    notes.append("rows named by " + (names.count == cells ? "“\(names[column])”" : "column \(column + 1)"))
  }

  private func listed(_ names: [String]) -> String {
    names.prefix(8).map { printable($0, limit: 20) }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}
