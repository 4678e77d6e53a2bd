import Checkpoints
import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
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
  /// A move between columns: ← and → in a list or map.
  case moveColumn(Int)
  /// Moves a list, not what is chosen in it.
  case scroll(Int)
  /// Logarithmic or linear σ.
  case toggleValueAxis
  /// Logarithmic or linear index.
  case toggleIndexAxis
  /// Draws or hides the curves of energy and error.
  case toggleCurves
  /// Dark, light or high contrast, in turn.
  case toggleTheme
  /// Marks the rank, or takes the mark back where it stands.
  case toggleMark
  /// Exchanges the rank and the marked one.
  case swapMark
  /// Pins this spectrum behind the next ones, or takes the pinned one away.
  case toggleGhost

  // The tensors of a file.
  /// Opens the explorer on a tensor of the list, counted from 0.
  case openTensor(Int)
  /// The tensor after or before the opened one.
  case stepTensor(Int)
  /// What the rank keeps from tensor to tensor; without a choice the next, around.
  case keep(KeptQuantity?)
  /// Chooses a cell of the map.
  case chooseCell(row: Int, column: Int)
  /// Closes every group, or opens them all.
  case toggleGroups
  /// Sorts as said, or as the file does.
  case sort(Browser.Sorting?)
  /// Sorts by a column; by the same one the other way round.
  case sortBy(String)
  /// Sorts by the next column, around.
  case nextSorting
  /// Turns the order round.
  case reverseSorting
  /// Shows these columns, or those that fit.
  case columns([String]?)
  /// The next set of columns, around.
  case nextColumns
  /// The number that the map shows.
  case number(String)
  /// The next or previous number of the map, around.
  case nextNumber(Int)
  /// The spectra of the chosen role in every layer, or back to the map.
  case showRole
  /// Begins the scan, pauses it, or lets it go on.
  case toggleScan
  /// Begins the scan, or lets it go on.
  case startScan
  /// What a tensor of the listed file can be taken apart into.
  case parts(MatrixID, item: Int, [TensorEntry])
  /// What a scan tells of the listed file.
  case scanned(MatrixID, [ScanEvent])

  // The large pictures and the layers.
  /// The whole picture, or a window of it.
  case toggleWindow
  /// Enlarges or reduces by a factor of two.
  case zoom(Int)
  /// Moves the window by such shares of itself.
  case pan(rows: Double, columns: Double)
  /// Moves the window's middle to an entry.
  case center(PictureView.Center)
  /// Lets A and A_k take turns, or stops that.
  case toggleBlink
  /// The next colour map.
  case nextColorMap
  /// The next or previous layer.
  case stepComponent(Int)
  /// Something in the court of rules.
  case court(CourtAction)

  // What is tried on the matrix.
  /// Changes the race of factorizations, in its view.
  case race(RaceChange)
  /// Holds something else out, in the validation view.
  case validate(ValidationChange)

  /// Changes what the speed view times or shows.
  case speed(SpeedChange)
  /// Changes what the projection view shows.
  case project(ProjectionChange)

  // How the matrix is made ready.
  /// Reads and prepares it another way.
  case prepare(PreparationChange)

  // Lines of text.
  /// Opens the line for a command, with a text to begin with.
  case beginCommand(String)
  /// Opens the line that searches a list.
  case beginSearch
  /// Edits the open line.
  case edit(LineEdit)
  /// Runs a command as if it had been typed.
  case run(String)
  /// What a path that is being typed may become.
  case completions(of: String, [String])
  /// Says something in the status line.
  case say(Notice)
  /// Changes how the screen is drawn.
  case display(DisplayChange)
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

  // Lessons.
  /// What is done in a lesson.
  case lesson(LessonAction)

  // The world outside.
  /// Opens what the user named.
  case open(source: String, tensor: String?)
  /// Opens another matrix's spectrum behind this one.
  case compare(source: String, tensor: String?)
  /// Writes A_k to a path; without one to a name that is free.
  case write(path: String?, overwrites: Bool)
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
  /// The pictures that there is room for; nil where none is shown.
  package var pictures: PictureRequest?
  /// The last row that an overlay can scroll to or choose.
  package var lastOverlayRow: Int
  /// The rows of a list, and the rows and columns of the map, that there is room for.
  package var listRows: Int
  package var mapRows: Int
  package var mapColumns: Int

  /// What a layout came to.
  package init(
    pictures: PictureRequest? = nil, lastOverlayRow: Int = 0, listRows: Int = 1, mapRows: Int = 1, mapColumns: Int = 1
  ) {
    self.pictures = pictures
    self.lastOverlayRow = lastOverlayRow
    self.listRows = listRows
    self.mapRows = mapRows
    self.mapColumns = mapColumns
  }
}

/// What the queue reports, each with the matrix it is about.
package enum QueueEvent: Sendable {
  /// The file holds several tensors: choose one.
  case tensors(MatrixID, TensorListing)
  /// The file of the opened tensor holds others, too.
  case listed(source: String, TensorListing)
  /// What the listed tensors can be taken apart into.
  case outlined(MatrixID, PartsOutline)
  /// Cells hold no number: what becomes of them must be chosen.
  case missing(MatrixID, MissingCells)
  /// The fraction read so far.
  case reading(MatrixID, Double)
  /// The entries are there.
  case loaded(MatrixID, MatrixInfo)
  /// A solve began as planned.
  case solving(MatrixID, SolveRequest.Outcome, SolverPlan)
  /// A preview from so many leading triplets began.
  case leading(MatrixID, Int)
  /// The singular values are there, or bounds of them.
  case spectrum(MatrixID, SolvedSpectrum)
  /// U and V are there, as far as it says.
  case vectors(MatrixID, AvailableVectors)
  /// The leading vectors could not be widened: one sentence.
  case cannotExtend(MatrixID, String)
  /// The pooled pictures are there.
  case pictures(PictureSet)
  /// The fraction of A − A_k measured so far, of a measurement that takes long.
  case measuring(MatrixID, Double)
  /// ‖A − A_k‖ was measured, and pictured as asked for.
  case measured(MatrixID, PictureRequest?, ResidualMeasurement)
  /// The place of the strongest detail is known.
  case detail(MatrixID, DetailMap)
  /// A layer was looked at.
  case triplet(MatrixID, SingularTriplet)
  /// Another spectrum is there, or why not.
  case ghost(Result<Ghost, ComparisonFailure>)
  /// What an experiment behind a view found.
  case study(MatrixID, ExplorerView, StudyRequest, StudyNews)
  /// A file was written, or why not.
  case wrote(Result<String, FileError>)
  /// A gallery preview is there.
  case preview(String, GalleryPreview)
  /// Something failed: one sentence.
  case failed(MatrixID, String)
}

/// What the reducer asks of the world; run by the session, which answers with actions.
package enum Effect: Hashable, Sendable {
  /// Read, then solve: values first, vectors after.
  case open(MatrixID, source: String, tensor: String?, Preparation)
  /// Pool the pictures if the request is new, then measure A − A_k at the rank, or at the last one whose vectors are there.
  case measure(MatrixID, rank: Int, PictureRequest?)
  /// Look at one layer.
  case triplet(MatrixID, index: Int)
  /// Widen the leading vectors so that those of a rank are there, before the exact ones are.
  case extend(MatrixID, rank: Int)
  /// Solve another matrix to compare with.
  case compare(source: String, tensor: String?, Preparation)
  /// Write A_k.
  case write(MatrixID, rank: Int, path: String?, overwrites: Bool)
  /// Find what a path may become.
  case complete(String)
  /// Stop reading and solving.
  case cancelSolve
  /// Compute a gallery preview.
  case preview(String)
  /// Stop all work on the queue but the scan.
  case cancelWork
  /// Scan the tensors of a file; the number names the listing.
  case scan(MatrixID, source: String)
  /// Scan these first, in this order.
  case scanFirst(MatrixID, [Int])
  /// Scan these parts of tensors of the listed file, too.
  case scanParts(MatrixID, [ScanPart])
  /// Begin no further matrix, or go on.
  case holdScan(Bool)
  /// Stop the scan for good.
  case stopScan
  /// Forget a file that was listed.
  case forget(source: String)
  /// Find what the listed tensors can be taken apart into.
  case outline(MatrixID, source: String)
  /// Find what one of them can be taken apart into.
  case takeApart(MatrixID, item: Int, TensorEntry, source: String)
  /// Make an experiment on the opened matrix, for a view.
  case study(MatrixID, ExplorerView, StudyRequest)
  /// Stop the experiment under way.
  case stopStudy
  /// Keep how far a lesson was taken.
  case keepProgress(LessonProgress)
  /// Save the last frame.
  case saveScreen
  /// Stop the program until it is continued.
  case suspend
  /// Draw every cell again.
  case redraw
}
