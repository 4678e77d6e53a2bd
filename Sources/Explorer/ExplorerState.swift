import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// Names one opened matrix; results that carry an older number are stale and dropped.
package typealias MatrixID = Int

/// The size of the screen in character cells.
package struct ScreenSize: Hashable, Sendable {
  /// Lines.
  package var rows: Int
  /// Character cells a line.
  package var columns: Int

  /// A screen of `rows` lines of `columns` cells.
  package init(rows: Int, columns: Int) {
    self.rows = max(1, rows)
    self.columns = max(1, columns)
  }
}

/// The views that fill the screen.
package enum ExplorerView: Hashable, Sendable, CaseIterable {
  /// The menu of built-in matrices.
  case gallery
  /// The tensors of a file that holds several.
  case tensors
  /// Spectrum, slider, report and pictures together.
  case overview
  /// The spectrum, large.
  case spectrum
  /// The table of singular values.
  case numbers
}

/// What lies over the view until Esc.
package enum Overlay: Hashable, Sendable {
  /// Every key, scrolled down by so many lines.
  case help(scroll: Int)
  /// One sentence and the formula for a row of the report.
  case explain(row: Int)
}

/// What is known of the opened matrix before anything is computed.
package struct MatrixInfo: Hashable, Sendable {
  /// What the user called it, shown in the title.
  package var source: String
  /// The tensor's name inside the file, if it has one.
  package var tensor: String?
  /// The file's format: "npy", "png", "gallery", …
  package var format: String
  /// m × n.
  package var shape: Shape
  /// The stored element type.
  package var type: ElementType
  /// What the reader did on the way.
  package var notes: [String]
  /// Whether the entries are a picture's intensities.
  package var isPicture: Bool
  /// The smallest entry.
  package var minimum: Double
  /// The largest entry.
  package var maximum: Double
}

/// A spectrum with everything that follows from it alone.
package struct SolvedSpectrum: Sendable {
  /// σ, its tail sums and its measures.
  package let analysis: SpectrumAnalysis
  /// Parameters, bytes and FLOPs by rank.
  package let costs: ParameterCosts
  /// What every rule of the catalog answers.
  package let answers: [RuleAnswer]
  /// The method's name.
  package let method: String
  /// Why this method.
  package let reason: String
  /// The seconds the solver took; nil where time does not count, in recordings.
  package let seconds: Double?

  /// p = min(m, n).
  package var count: Int { analysis.spectrum.count }
}

/// A rule of the catalog and the rank it picks.
package struct RuleAnswer: Sendable {
  /// The rule's identifier: "energy_99".
  package let id: String
  /// Its plain name: "99 % energy".
  package let title: String
  /// One sentence: what it does and what it assumes.
  package let summary: String
  /// The formula with this matrix's numbers.
  package let explanation: String
  /// The rank it picks.
  package let rank: Int
  /// Whether its name should be the first to find room beneath the spectrum.
  package let isProminent: Bool
}

/// What the queue is doing.
package enum Activity: Hashable, Sendable {
  /// Nothing.
  case idle
  /// Reading the entries; the fraction read.
  case reading(Double)
  /// Computing the singular values since that time, which takes about `estimate` seconds.
  case values(since: Double, estimate: Double)
  /// Computing the singular vectors since that time, which takes about `estimate` seconds.
  case vectors(since: Double, estimate: Double)
}

/// A list with one chosen row, shared by the gallery and the tensor chooser.
package struct ListSelection: Hashable, Sendable {
  /// The chosen row.
  package var index = 0

  /// Moves by `step` rows within `count`.
  package mutating func move(by step: Int, count: Int) { index = max(0, min(count - 1, index + step)) }
}

/// The explorer's whole state: a value that holds identifiers and small results, never a matrix.
package struct ExplorerState: Sendable {
  /// The screen's size.
  package var size: ScreenSize
  /// Colours and glyphs to draw with.
  package var display: Display
  /// The view on the screen.
  package var view: ExplorerView
  /// The view that Esc returns to.
  package var home: ExplorerView
  /// What lies over it.
  package var overlay: Overlay?

  /// The opened matrix's number; grows with each one.
  package var matrixID: MatrixID = 0
  /// What was asked to be opened, shown until ``info`` is known.
  package var sourceName = ""
  /// The opened matrix, once its header is read.
  package var info: MatrixInfo?
  /// Its spectrum, once computed.
  package var spectrum: SolvedSpectrum?
  /// Whether U and V are there.
  package var hasVectors = false
  /// What the queue is doing.
  package var activity = Activity.idle
  /// Why there is nothing to see.
  package var failure: String?

  /// The slider: k.
  package var rank = 0
  /// The singular value under the mouse, counted from 1.
  package var hovered: Int?
  /// Digits typed so far, which Enter makes the rank.
  package var typed = ""
  /// Whether σ is drawn on a logarithmic axis.
  package var logarithmicValues = true
  /// Whether the index is drawn on a logarithmic axis.
  package var logarithmicIndex = false
  /// Whether the curves of energy and error are drawn over the large spectrum.
  package var showsCurves = true
  /// The rank playing by itself.
  package var playback: Playback?

  /// What the current layout came to.
  package var layout = LayoutFacts()
  /// The pooled pictures, of a grid that may lag behind the layout's.
  package var pictures: PictureSet?
  /// The newest measurement, of a rank that may lag behind ``rank``.
  package var measurement: ResidualMeasurement?
  /// The fraction measured so far, of a measurement that takes long.
  package var measuring: Double?

  /// The built-in matrices.
  package var gallery: [GalleryItem]
  /// The chosen one.
  package var galleryRow = ListSelection()
  /// Previews of those that were looked at.
  package var previews: [String: GalleryPreview] = [:]
  /// The tensors of a file that holds several.
  package var tensors: [TensorEntry] = []
  /// The chosen one.
  package var tensorRow = ListSelection()

  /// A sentence for the status line.
  package var notice: Notice?
  /// The clock in seconds, as the last tick told it.
  package var now = 0.0
  /// Whether the program should end.
  package var isQuitting = false

  /// A fresh explorer that shows the gallery.
  package init(size: ScreenSize, display: Display, gallery: [GalleryItem]) {
    self.size = size
    self.display = display
    self.gallery = gallery
    view = .gallery
    home = .gallery
  }

  /// ``sourceName``, safe to draw.
  package var printableSourceName: String { printable(sourceName) }

  /// p = min(m, n) of the opened matrix, or 0.
  package var fullRank: Int { spectrum?.count ?? 0 }

  /// The views that Tab steps through while a matrix is open.
  package static let matrixViews: [ExplorerView] = [.overview, .spectrum, .numbers]

  /// Whether a view of the matrix is on the screen.
  package var showsMatrix: Bool { Self.matrixViews.contains(view) }

  /// Whether time must keep coming: something plays or progresses, or a notice will fade.
  package var needsTicks: Bool { playback != nil || activity != .idle || notice?.until != nil }
}

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

/// The pooled pictures of one matrix on one grid.
package final class PictureSet: Sendable {
  /// The matrix they show.
  package let matrixID: MatrixID
  /// A, pooled.
  package let original: PooledPicture
  /// The pooled factors, from which A_k is drawn; nil until the vectors are there.
  package let factors: PooledFactors?

  /// Pictures of one matrix.
  package init(matrixID: MatrixID, original: PooledPicture, factors: PooledFactors?) {
    self.matrixID = matrixID
    self.original = original
    self.factors = factors
  }
}
