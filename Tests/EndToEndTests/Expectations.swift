import Testing

/// Expects two lists of lines to be equal, and names the first that is not.
func expectEqual(
  _ found: some Collection<String>, _ wanted: some Collection<String>, _ what: String,
  at location: SourceLocation = #_sourceLocation
) {
  #expect(found.count == wanted.count, "\(what)", sourceLocation: location)
  guard let (row, lines) = zip(found, wanted).enumerated().first(where: { $1.0 != $1.1 }) else { return }
  Issue.record("\(what): line \(row + 1) is “\(lines.0)” and not “\(lines.1)”", sourceLocation: location)
}

/// Expects two screens to be equal, and names the first cell that is not.
func expectEqual(
  _ found: [EmulatedCell], _ wanted: [EmulatedCell], columns: Int, _ what: String = "the screens",
  at location: SourceLocation = #_sourceLocation
) {
  #expect(found.count == wanted.count, "\(what)", sourceLocation: location)
  let differing = zip(found, wanted).enumerated().filter { $1.0 != $1.1 }
  guard let (place, cells) = differing.first else { return }
  Issue.record(
    "\(what) differ in \(differing.count) cells, first in row \(place / columns), column \(place % columns): \(cells.0) and not \(cells.1)",
    sourceLocation: location)
}

extension String {
  /// The lines; a final line break ends the last one.
  var lines: [String] {
    let parts = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return parts.last == "" ? parts.dropLast() : parts
  }
}
