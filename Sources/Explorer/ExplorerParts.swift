import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis

/// A sentence in the status line.
package struct Notice: Hashable, Sendable {
  /// What it says.
  package var text: String
  /// Whether something went wrong.
  package var isError = false
  /// When it goes away, on the state's clock.
  package var until: Double?

  /// A notice that says `text`.
  package init(_ text: String, isError: Bool = false, until: Double? = nil) {
    self.text = text
    self.isError = isError
    self.until = until
  }
}

/// An entry of the gallery as the menu shows it.
package struct GalleryItem: Hashable, Sendable {
  /// What opens it: "gallery:hilbert".
  package let source: String
  /// Its title.
  package let title: String
  /// One sentence: what its spectrum shows.
  package let teaches: String

  /// The entry that `source` opens.
  package init(source: String, title: String, teaches: String) {
    self.source = source
    self.title = title
    self.teaches = teaches
  }
}

/// A small spectrum and picture of a gallery matrix.
package struct GalleryPreview: Sendable {
  /// Its spectrum.
  package let spectrum: SolvedSpectrum
  /// Its picture.
  package let picture: PooledPicture
  /// What it is.
  package let info: MatrixInfo
}

/// Another spectrum, drawn behind the one on the screen: each relative to its own σ₁.
package struct Ghost: Sendable {
  /// What it is of.
  package let title: String
  /// m × n.
  package let shape: Shape
  /// Its values.
  package let spectrum: SolvedSpectrum

  /// The spectrum of the matrix that `info` describes.
  package init(_ info: MatrixInfo, _ spectrum: SolvedSpectrum) {
    let name = info.source.split(separator: "/").last.map(String.init) ?? info.source
    title =
      ([name] + [info.tensor].compactMap { $0 }
      + info.notes.filter { note in
        note.hasSuffix("removed") || ["columns scaled", "fold ", "slice "].contains { note.hasPrefix($0) }
      } + (spectrum.isPreview ? ["preview"] : []))
      .joined(separator: ", ")
    shape = info.shape
    self.spectrum = spectrum
  }
}

/// Why there is nothing to compare with: one sentence.
package struct ComparisonFailure: Error, Hashable {
  package let sentence: String
}

/// A change of how the matrix is made ready.
package enum PreparationChange: Hashable, Sendable {
  /// The next way of centring, around.
  case nextCentering
  /// Centres and scales columns, or neither.
  case toggleStandardized
  /// Exchanges rows and columns.
  case toggleTransposed
  /// The next channel of a colour picture, around.
  case nextChannel
  /// The next view of a tensor of more than two axes, around.
  case nextView
  /// So many slices on, within the axis.
  case stepSlice(Int)
  /// Leaves the columns out that number the rows.
  case dropIdentifiers
  /// All at once.
  case set(Preparation)
}

/// A change of how the screen is drawn.
package enum DisplayChange: Hashable, Sendable {
  case theme(ThemeName)
  case colorMap(ColorMap)
  case projector(Bool)
  case logarithmicValues(Bool)
  case logarithmicIndex(Bool)
  case curves(Bool)
  /// What the rank keeps from one tensor to the next.
  case keeping(KeptQuantity)
}
