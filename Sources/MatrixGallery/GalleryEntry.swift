import LinearAlgebra

/// A matrix of the gallery, ready to be explored.
package struct GalleryMatrix: Sendable {
  /// The entries.
  package let matrix: Matrix<Double>
  /// Whether they are a picture's intensities.
  package let isPicture: Bool
  /// The full name that makes it again: `gallery:planted,rows=120,columns=80,rank=5,noise=0.05,seed=1`.
  package let name: String
  /// What was planted in it; nil where nothing is known to be signal.
  package let planted: PlantedRecipe?

  /// `matrix`, called `name`.
  package init(matrix: Matrix<Double>, isPicture: Bool = false, name: String, planted: PlantedRecipe? = nil) {
    self.matrix = matrix
    self.isPicture = isPicture
    self.name = name
    self.planted = planted
  }
}

/// A parameter of a gallery matrix, with its default and the range it must lie in.
package struct GalleryParameter: Sendable, Hashable {
  /// Its key in `gallery:NAME,key=value`.
  package let key: String
  /// The value when none is given.
  package let defaultValue: Double
  /// The least and greatest value accepted.
  package let range: ClosedRange<Double>
  /// Whether only whole numbers make sense.
  package let isInteger: Bool
  /// What it is, in a few words.
  package let summary: String

  /// A parameter called `key`.
  package init(
    _ key: String, _ defaultValue: Double, in range: ClosedRange<Double>, isInteger: Bool = true, _ summary: String
  ) {
    self.key = key
    self.defaultValue = defaultValue
    self.range = range
    self.isInteger = isInteger
    self.summary = summary
  }
}

/// A family of built-in matrices: one file each, registered in ``GalleryCatalog``. Seeded: the same parameters give the
/// same numbers on every machine.
package protocol GalleryEntry: Sendable {
  /// Its name in `gallery:NAME`.
  var name: String { get }
  /// The title in the menu: "Planted rank + noise".
  var title: String { get }
  /// One sentence: what its spectrum shows.
  var teaches: String { get }
  /// Its parameters, in the order they are listed.
  var parameters: [GalleryParameter] { get }
  /// Whether it is a picture.
  var isPicture: Bool { get }
  /// Why these values, each in range, do not go together: a clause such as "rank=9 exceeds the shorter side, 8"; nil
  /// when they do. `value` answers every key of ``parameters``.
  func objection(_ value: (String) -> Double) -> String?
  /// Makes the matrix; `value` answers every key of ``parameters``.
  func make(_ value: (String) -> Double) -> Matrix<Double>
  /// What it plants under which noise; nil where nothing is known to be signal.
  func recipe(_ value: (String) -> Double) -> PlantedRecipe?
}

/// A `gallery:` name that cannot be understood: one sentence.
package struct GalleryError: Error, Hashable, CustomStringConvertible {
  package let description: String

  /// An error that says `description`.
  package init(_ description: String) { self.description = description }
}

/// Parameters that most families share, and how their values are read back.
enum Common {
  /// The greatest side that is accepted.
  static let greatestSide = 4096.0

  static func rows(_ count: Double, upTo limit: Double = greatestSide) -> GalleryParameter {
    GalleryParameter("rows", count, in: 1...limit, "the number of rows")
  }
  static func columns(_ count: Double, upTo limit: Double = greatestSide) -> GalleryParameter {
    GalleryParameter("columns", count, in: 1...limit, "the number of columns")
  }
  static let seed = GalleryParameter("seed", 1, in: 0...0x1p53, "another seed draws another matrix of the same kind")

  static func shape(_ value: (String) -> Double) -> Shape { Shape(Int(value("rows")), Int(value("columns"))) }
  static func seed(_ value: (String) -> Double) -> UInt64 { UInt64(value("seed")) }
}
