import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
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
  /// The menu of lessons.
  case lessons
  /// The matrices of a file by layer and role.
  case layerMap
  /// The tensors of a file that holds several.
  case tensors
  /// The spectra of one role in every layer.
  case layerSpectra
  /// Spectrum, slider, report and pictures together.
  case overview
  /// The spectrum, large.
  case spectrum
  /// The table of singular values.
  case numbers
  /// A, A_k and the residual, large.
  case pictures
  /// One layer σ_i u_i v_iᵀ.
  case components
  /// A beside its factors, to scale.
  case blocks
  /// Errors of entries that were held out, against the rank.
  case validation
  /// Every rule on one spectrum, and what each assumes.
  case court
  /// The time that A and A_k take in products and inversion.
  case speed
  /// Rows or columns in the coordinates of two components.
  case projection
  /// Ways to factor, against the best error there is.
  case race
}

/// What lies over the view until Esc.
package enum Overlay: Hashable, Sendable {
  /// Every key, scrolled down by so many lines.
  case help(scroll: Int)
  /// One sentence and the formula for a row of the report.
  case explain(row: Int)
  /// What becomes of missing cells: the choices, and the chosen one.
  case missing(MissingCells, row: Int)
}

/// What the queue is doing.
package enum Activity: Hashable, Sendable {
  /// Nothing.
  case idle
  /// Reading the entries; the fraction read.
  case reading(Double)
  /// Looking for bounds of the singular values and for so many leading vectors, since that time.
  case leading(since: Double, Int)
  /// Computing the singular values since that time, as planned.
  case values(since: Double, SolverPlan)
  /// Computing the singular vectors since that time, as planned.
  case vectors(since: Double, SolverPlan)
}

/// A list with one chosen row: the gallery's.
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
  /// Whether the user chose the theme; the terminal's background then says nothing.
  package var isThemeChosen = false
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
  /// The tensor of it that was asked for.
  package var tensorName: String?
  /// That tensor, once it was read; it stays while it is read another way.
  package var entry: TensorEntry?
  /// The last matrix that was solved: what a failure returns to.
  var lastOpened: (source: String, tensor: String?, preparation: Preparation)?
  /// The list that gives way to what is being opened.
  var aside: ListAside?
  /// What is done to it before it is factored.
  package var preparation = Preparation()
  /// What is done to every matrix that is opened, unless told otherwise.
  package var usualPreparation = Preparation()
  /// The opened matrix, once its header is read.
  package var info: MatrixInfo?
  /// Its spectrum, once computed, or bounds of it.
  package var spectrum: SolvedSpectrum?
  /// Which singular vectors are there.
  package var vectors: AvailableVectors?
  /// The rank whose vectors were asked for beyond those that are there; nil when none are under way.
  package var extending: Int?
  /// What the queue is doing.
  package var activity = Activity.idle
  /// Whether the rank is the user's choice, and not where the slider starts.
  package var isRankChosen = false
  /// Why there is nothing to see.
  package var failure: String?
  /// Whether work was cancelled before its end; Enter starts it again.
  package var isCancelled = false

  /// The slider: k.
  package var rank = 0
  /// The singular value under the mouse, counted from 1.
  package var hovered: Int?
  /// Whether vectors are there, of the leading triplets at least.
  package var hasVectors: Bool { vectors != nil }

  /// k, or the largest rank below it whose vectors are there: what is pictured and measured.
  package var availableRank: Int { min(rank, vectors?.count ?? 0) }

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
  /// A rank that was marked, to compare with.
  package var mark: Int?
  /// Another spectrum drawn behind this one.
  package var ghost: Ghost?

  /// How the large pictures look at the matrix.
  package var pictureView = PictureView()
  /// Where the strongest detail is, once looked for.
  package var detail: DetailMap?
  /// The layer that is looked at, from 1.
  package var component = 1
  /// Its vectors, of a layer that may lag behind ``component``.
  package var triplet: SingularTriplet?

  /// What the current layout came to.
  package var layout = LayoutFacts()
  /// The pooled pictures, for a request that may lag behind the layout's.
  package var pictures: PictureSet?
  /// The newest measurement, of a rank that may lag behind ``rank``.
  package var measurement: ResidualMeasurement?
  /// What the residual in ``measurement`` pictures.
  package var measuredRequest: PictureRequest?
  /// The fraction measured so far, of a measurement that takes long.
  package var measuring: Double?

  /// The built-in matrices.
  package var gallery: [GalleryItem]
  /// The chosen one.
  package var galleryRow = ListSelection()
  /// Previews of those that were looked at.
  package var previews: [String: GalleryPreview] = [:]
  /// The tensors of a file that holds several.
  package var browser: Browser?
  /// The number of the listing that is scanned.
  var scanID: MatrixID = 0
  /// Whether a model's matrices are scanned as soon as they are listed.
  package var scansUnasked = true
  /// What the rank keeps from one tensor to the next.
  package var keeping = KeptQuantity.error
  /// What it brought along from the tensor before, until the slider is moved.
  package internal(set) var carried: KeptRank?

  /// The lessons of the menu.
  package var lessons: [Lesson] = []
  /// The chosen one.
  package var lessonRow = ListSelection()
  /// How far each was taken, by name.
  package var lessonProgress: [String: LessonProgress] = [:]
  /// The lesson that is under way.
  package var lesson: LessonState?
  /// What ``ghost`` was opened from by a lesson.
  var comparedSource: String?

  /// The line being typed after ":" or "/".
  package var prompt: Prompt?
  /// The commands that were run, oldest first.
  package var history: [String] = []
  /// What the gallery's titles must contain.
  package var filter = ""

  /// What is known of the experiments behind views of the opened matrix.
  package var studies: [ExplorerView: StudyProgress] = [:]
  /// What the race view tries.
  package var raceOptions = RaceOptions()
  /// What the validation view holds out.
  package var validationOptions = ValidationOptions()
  /// What is chosen in the court.
  package var court = CourtDesk()

  /// What the speed view times and shows.
  package var speedOptions = SpeedOptions()
  /// What the projection view shows.
  package var projectionOptions = ProjectionOptions()

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

  /// The tensors of a file that holds several.
  package var tensors: [TensorEntry] { browser?.items.prefix(browser?.entryCount ?? 0).compactMap(\.entry) ?? [] }

  /// What else it holds, and why that cannot be read.
  package var unreadable: [UnreadableTensor] { browser?.items.compactMap(\.refusal) ?? [] }

  /// ``sourceName``, safe to draw.
  package var printableSourceName: String { printable(sourceName) }

  /// p = min(m, n) of the opened matrix, or 0.
  package var fullRank: Int { spectrum?.count ?? 0 }

  /// The views that Tab steps through while a matrix is open.
  package static let matrixViews: [ExplorerView] = [
    .overview, .spectrum, .numbers, .pictures, .components, .blocks, .validation, .court, .speed, .projection, .race,
  ]

  /// Whether a view of the matrix is on the screen.
  package var showsMatrix: Bool { Self.matrixViews.contains(view) }

  /// Whether time must keep coming: something plays or progresses, or a notice will fade.
  package var needsTicks: Bool {
    playback != nil || activity != .idle || browser?.scan.isAtWork == true || extending != nil || isStudying
      || notice?.until != nil
      || pictureView.isBlinking
  }
}
