import LinearAlgebra

/// The first line of a Matrix Market file: what follows, in four words.
///
/// Source: Boisvert, Pozo & Remington, The Matrix Market Exchange Formats, NISTIR 5935 (1996).
struct MatrixMarketHeader: Hashable, Sendable {
  /// How the entries are listed.
  enum Layout: String { case coordinate, array }
  /// What an entry is.
  enum Field: String { case real, double, integer, pattern, unsigned = "unsigned-integer" }
  /// Which entries are left out because others say them.
  enum Symmetry: String { case general, symmetric, skew = "skew-symmetric" }

  let layout: Layout
  let field: Field
  let symmetry: Symmetry

  /// Whether a file begins as one of this format does.
  static func begins(_ prefix: [UInt8]) -> Bool {
    let text = String(decoding: prefix.prefix(16), as: UTF8.self).lowercased()
    return text.hasPrefix("%%matrixmarket") || text.hasPrefix("%matrixmarket")
  }

  /// Reads the line, which is compared without regard to case.
  init(line: String, source: String) throws(FileError) {
    let words = line.lowercased().split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
    guard words.count >= 4, words[1] == "matrix", let layout = Layout(rawValue: words[2]) else {
      throw .invalid(
        source,
        reason: "line 1 is no Matrix Market header of a matrix; it should read like "
          + "“%%MatrixMarket matrix coordinate real general”")
    }
    guard let field = Field(rawValue: words[3]) else {
      throw .invalid(
        source,
        reason: words[3] == "complex"
          ? "it holds complex numbers; save its real part or its absolute values"
          : "line 1 names the field “\(printable(words[3], limit: 40))”, which is not real, integer or pattern")
    }
    let word = words.count > 4 ? words[4] : Symmetry.general.rawValue
    guard let symmetry = Symmetry(rawValue: word) else {
      throw .invalid(
        source,
        reason: "line 1 names the symmetry “\(printable(word, limit: 40))”, which is not general, symmetric or "
          + "skew-symmetric")
    }
    guard field != .pattern || layout == .coordinate && symmetry != .skew else {
      throw .invalid(source, reason: "line 1 is contradictory: a pattern is listed by coordinates and is not skew")
    }
    (self.layout, self.field, self.symmetry) = (layout, field, symmetry)
  }
}
