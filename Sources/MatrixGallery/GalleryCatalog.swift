/// The built-in matrices, in the order of the menu. A new one is one file and one line here.
package enum GalleryCatalog {
  /// Every family of matrices.
  package static let all: [any GalleryEntry] = [
    Planted(), GaussianNoise(), Orthogonal(), Checkerboard(), Hilbert(), SmoothPicture(), SharpPicture(), Ratings(),
  ]

  /// Whether `text` names a gallery matrix rather than a file: "gallery", or "gallery:" and more.
  package static func claims(_ text: String) -> Bool { text == "gallery" || text.hasPrefix("gallery:") }

  /// The matrix that `text` names: `gallery:NAME` or `gallery:NAME,key=value,…`.
  ///
  /// - Throws: ``GalleryError``, which lists what exists: names, keys or the accepted range.
  package static func matrix(named text: String) throws(GalleryError) -> GalleryMatrix {
    let (entry, values) = try parse(text)
    return GalleryMatrix(
      matrix: entry.make { values[$0] ?? 0 }, isPicture: entry.isPicture, name: fullName(of: entry, values))
  }

  /// The matrix of `entry` with the default of every parameter.
  package static func matrix(of entry: any GalleryEntry) -> GalleryMatrix {
    let values = entry.defaults
    return GalleryMatrix(
      matrix: entry.make { values[$0] ?? 0 }, isPicture: entry.isPicture, name: fullName(of: entry, values))
  }

  /// `gallery:NAME` with every parameter spelled out, which makes the same matrix again.
  private static func fullName(of entry: any GalleryEntry, _ values: [String: Double]) -> String {
    let settings = entry.parameters.map { ",\($0.key)=\($0.spelled(values[$0.key] ?? $0.defaultValue))" }
    return "gallery:\(entry.name)" + settings.joined()
  }
}

extension GalleryEntry {
  /// The default of every parameter, by key.
  package var defaults: [String: Double] {
    Dictionary(uniqueKeysWithValues: parameters.map { ($0.key, $0.defaultValue) })
  }

  /// Most families accept every combination of values in range.
  package func objection(_ value: (String) -> Double) -> String? { nil }
}

extension GalleryParameter {
  /// `value` as it is written after `key=`.
  package func spelled(_ value: Double) -> String {
    Int(exactly: value).map { String($0) } ?? "\(value)"
  }
}
