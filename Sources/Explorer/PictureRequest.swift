import LinearAlgebra
import RankAnalysis

/// What the pictures on the screen need from the queue.
package struct PictureRequest: Hashable, Sendable {
  /// The pixels of each picture; three times as many columns where colours are drawn.
  package var grid: PictureGrid
  /// The entries they show; nil shows all.
  package var window: EntryWindow?
  /// The pixels of a small picture of the whole beside them.
  package var inset: PictureGrid?
  /// Whether the place of the strongest detail is asked for.
  package var wantsDetail: Bool

  /// Pictures of `grid` pixels.
  package init(grid: PictureGrid, window: EntryWindow? = nil, inset: PictureGrid? = nil, wantsDetail: Bool = false) {
    self.grid = grid
    self.window = window
    self.inset = inset
    self.wantsDetail = wantsDetail
  }
}

/// The pooled pictures of one matrix for one request.
package final class PictureSet: Sendable {
  /// The matrix they show.
  package let matrixID: MatrixID
  /// What was asked for.
  package let request: PictureRequest
  /// A, pooled.
  package let original: PooledPicture
  /// A small picture of the whole.
  package let inset: PooledPicture?
  /// The pooled factors, from which A_k is drawn; nil until the vectors are there.
  private let factors: PooledFactors?
  /// The vectors that A_k is drawn from.
  package let vectors: AvailableVectors?
  private let offsets: PooledOffsets?

  /// Pictures of one matrix, the means that were taken away added back.
  package init(
    matrixID: MatrixID, request: PictureRequest, original: PooledPicture, inset: PooledPicture?,
    factors: PooledFactors?, vectors: AvailableVectors?, offsets: PooledOffsets?
  ) {
    self.matrixID = matrixID
    self.request = request
    self.original = offsets?.added(to: original) ?? original
    self.inset = inset
    self.factors = factors
    self.vectors = vectors
    self.offsets = offsets
  }

  /// A_k, pooled; nil until its vectors are there.
  package func approximation(rank: Int) -> PooledPicture? {
    guard let factors, rank <= factors.fullRank else { return nil }
    let picture = factors.picture(rank: rank)
    return offsets?.added(to: picture) ?? picture
  }
}

/// How the large pictures look at the matrix.
package struct PictureView: Hashable, Sendable {
  /// Whether a window is shown, or the whole.
  package var isWindowed = true
  /// Powers of two by which an entry is enlarged: 0 is one pixel an entry, −1 is 2 × 2 entries a pixel.
  package var zoom = 0
  /// The entry in the middle of the window, row and column; nil where the detail is strongest.
  package var center: Center?
  /// Whether A and A_k take turns in one place.
  package var isBlinking = false
  /// The colours of intensities.
  package var map = ColorMap.grey

  /// An entry.
  package struct Center: Hashable, Sendable {
    package var row: Int, column: Int
    /// Row and column, from 0.
    package init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// The zooms there are.
  package static let zooms = -6...5
}

/// Colours that a picture's intensities are drawn in, each increasing in lightness.
package enum ColorMap: String, Hashable, Sendable, CaseIterable {
  case grey, viridis, cividis

  /// The one after, around.
  package var next: ColorMap {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
