import LinearAlgebra

/// The built-in matrices, in the order of the menu. A new one is one file and one line here.
package enum GalleryCatalog {
  /// Every family of matrices.
  package static let all: [any GalleryEntry] = [
    Planted(), GaussianNoise(), Orthogonal(), Checkerboard(), Hilbert(), SmoothPicture(), SharpPicture(), Ratings(),
    Stripes(), OuterProducts(), Identity(), MovingBump(), PowerDecay(),
  ]

  /// Whether `text` names a gallery matrix rather than a file: "gallery", or "gallery:" and more.
  package static func claims(_ text: String) -> Bool { text == "gallery" || text.hasPrefix("gallery:") }

  /// The matrix that `text` names: `gallery:NAME` or `gallery:NAME,key=value,…`.
  ///
  /// - Throws: ``GalleryError``, which lists what exists: names, keys or the accepted range.
  package static func matrix(named text: String) throws(GalleryError) -> GalleryMatrix {
    try selection(named: text).matrix()
  }

  /// The matrix of `entry` with the default of every parameter.
  package static func matrix(of entry: any GalleryEntry) -> GalleryMatrix {
    GallerySelection(entry: entry, values: entry.defaults).matrix()
  }
}

/// A family of the gallery with a value for each of its parameters: what a name says, before its matrix is made.
package struct GallerySelection: Sendable {
  /// The family.
  package let entry: any GalleryEntry
  /// A value in range for every key of its parameters.
  let values: [String: Double]

  /// The shape of the matrix.
  package var shape: Shape { Common.shape(value) }

  /// `gallery:NAME` with every parameter spelled out, which makes the same matrix again.
  package var fullName: String {
    "gallery:\(entry.name)" + entry.parameters.map { ",\($0.key)=\($0.spelled(value($0.key)))" }.joined()
  }

  /// Makes the matrix. Cost: up to some seconds at the greatest sides.
  package func matrix() -> GalleryMatrix {
    GalleryMatrix(
      matrix: entry.make(value), isPicture: entry.isPicture, name: fullName, planted: entry.recipe(value))
  }

  private func value(_ key: String) -> Double { values[key] ?? 0 }
}

extension GalleryEntry {
  /// The default of every parameter, by key.
  package var defaults: [String: Double] {
    Dictionary(uniqueKeysWithValues: parameters.map { ($0.key, $0.defaultValue) })
  }

  /// Most families accept every combination of values in range.
  package func objection(_ value: (String) -> Double) -> String? { nil }

  /// Of most families nobody knows what is signal.
  package func recipe(_ value: (String) -> Double) -> PlantedRecipe? { nil }
}

extension GalleryParameter {
  /// `value` as it is written after `key=`.
  package func spelled(_ value: Double) -> String {
    Int(exactly: value).map { String($0) } ?? "\(value)"
  }
}
