import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// Everything that can happen to the explorer.
package enum ExplorerAction: Sendable {
  // The slider.
  /// Moves the rank by so many steps.
  case moveRank(Int)
  /// Moves the rank by a tenth of itself, at least 1, in the direction of the sign.
  case scaleRank(Int)
  /// Moves the rank by a tenth of the full rank, or a list by a page, in the direction of the sign.
  case page(Int)
  /// Rank 0, or the first row of a list.
  case goToStart
  /// The full rank, or the last row of a list.
  case goToEnd
  /// Sets the rank.
  case setRank(Int)
  /// The next larger (+1) or smaller (−1) rank that a rule picks.
  case stepRule(Int)
  /// A typed digit.
  case digit(Character)
  /// Takes back the last typed digit.
  case eraseDigit
  /// Enter: makes the typed number the rank, or opens the chosen row.
  case confirm
  /// Starts or pauses the rank playing by itself.
  case togglePlayback

  // What is shown.
  /// Switches to a view.
  case show(ExplorerView)
  /// The next (+1) or previous (−1) view.
  case stepView(Int)
  /// A move between rows of a list.
  case moveRow(Int)
  /// Chooses a row of a list; choosing the chosen one opens it.
  case chooseRow(Int)
  /// Logarithmic or linear σ.
  case toggleValueAxis
  /// Logarithmic or linear index.
  case toggleIndexAxis
  /// Draws or hides the curves of energy and error.
  case toggleCurves
  /// Dark, light or high contrast, in turn.
  case toggleTheme
  /// Opens the list of keys.
  case help
  /// Explains the report, from a row on.
  case explain(row: Int?)
  /// The singular value under the mouse, counted from 1.
  case hover(Int?)
  /// Closes the topmost layer; never quits.
  case back
  /// Leaves the view, or the program from its first one.
  case quit
  /// Leaves the program at once.
  case interrupt

  // The world outside.
  /// Opens what the user named.
  case open(source: String, tensor: String?)
  /// The screen has a new size.
  case resize(ScreenSize)
  /// The theme that suits the terminal.
  case theme(ThemeName)
  /// The clock.
  case tick(Double)
  /// The layout changed.
  case layout(LayoutFacts)
  /// Saves the screen.
  case save
  /// The screen was saved there, or could not be.
  case saved(Result<String, FileError>)
  /// Stops the program until it is continued.
  case suspend
  /// Draws every cell again.
  case redraw
  /// Something the queue found out.
  case queue(QueueEvent)
}

/// What the state must know of how it is drawn.
package struct LayoutFacts: Hashable, Sendable {
  /// The pixels that there is room for in each picture; nil where none is shown.
  package var pictureGrid: PictureGrid?
  /// The last row that an overlay can scroll to or choose.
  package var lastOverlayRow: Int

  /// What a layout came to.
  package init(pictureGrid: PictureGrid? = nil, lastOverlayRow: Int = 0) {
    self.pictureGrid = pictureGrid
    self.lastOverlayRow = lastOverlayRow
  }
}

/// What the queue reports, each with the matrix it is about.
package enum QueueEvent: Sendable {
  /// The file holds several tensors: choose one.
  case tensors(MatrixID, [TensorEntry])
  /// The fraction read so far.
  case reading(MatrixID, Double)
  /// The entries are there.
  case loaded(MatrixID, MatrixInfo)
  /// A solve began that takes about so many seconds.
  case solving(MatrixID, SolveRequest.Outcome, estimate: Double)
  /// The singular values are there.
  case spectrum(MatrixID, SolvedSpectrum)
  /// U and V are there.
  case vectors(MatrixID)
  /// The pooled pictures are there.
  case pictures(PictureSet)
  /// The fraction of A − A_k measured so far, of a measurement that takes long.
  case measuring(MatrixID, Double)
  /// ‖A − A_k‖ was measured.
  case measured(MatrixID, ResidualMeasurement)
  /// A gallery preview is there.
  case preview(String, GalleryPreview)
  /// Something failed: one sentence.
  case failed(MatrixID, String)
}

/// What the reducer asks of the world; run by the session, which answers with actions.
package enum Effect: Hashable, Sendable {
  /// Read, then solve: values first, vectors after.
  case open(MatrixID, source: String, tensor: String?)
  /// Pool the pictures if the grid is new, then measure A − A_k at the rank.
  case measure(MatrixID, rank: Int, grid: PictureGrid?)
  /// Compute a gallery preview.
  case preview(String)
  /// Stop all work on the queue.
  case cancelWork
  /// Save the last frame.
  case saveScreen
  /// Stop the program until it is continued.
  case suspend
  /// Draw every cell again.
  case redraw
}
