import Factorizations
import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Synchronization

/// What the queue holds of the opened matrix; the state on the screen only knows its number.
struct StoredMatrix: Sendable {
  let id: MatrixID
  let prepared: PreparedMatrix
  /// U, Σ and V, as far as they are there, and what that is.
  private(set) var svd: SVD?
  private(set) var vectors: AvailableVectors?
  /// The exact spectrum, once it was found.
  var analysis: SpectrumAnalysis?
  /// Whether bounds of the singular values are no longer wanted.
  var hasExactValues: Bool { analysis != nil }
  /// The newest pictures, and the part of the matrix that they show if that is not all of it.
  private var pictures: PictureSet?
  private var part: MatrixPart?
  private var detail: DetailMap?

  init(id: MatrixID, prepared: PreparedMatrix) {
    self.id = id
    self.prepared = prepared
  }

  private var channels: Int {
    prepared.loaded.picture == .colour && prepared.loaded.shape.columns % 3 == 0 ? 3 : 1
  }

  /// Takes `found` if it says more than what is there; whether it did.
  @discardableResult
  mutating func take(_ found: SVD, _ available: AvailableVectors) -> Bool {
    guard available.replaces(vectors) else { return false }
    (svd, vectors) = (found, available)
    return true
  }

  /// Takes over what another copy of the same matrix pooled.
  mutating func takePictures(of other: StoredMatrix) {
    (pictures, part, detail) = (other.pictures, other.part, other.detail)
  }

  /// Makes the pictures that are asked for, unless they are there; what to post of them.
  mutating func pool(_ request: PictureRequest?, control: WorkControl) throws(Cancelled) -> [QueueEvent] {
    guard let request else { return [] }
    var events: [QueueEvent] = []
    if request.wantsDetail, detail == nil {
      let map = try DetailMap(of: prepared.loaded.content.entries, channels: channels, control: control)
      detail = map
      events.append(.detail(id, map))
    }
    if let old = pictures, old.request == request, old.vectors == vectors { return events }
    let whole = MatrixPart(prepared, svd, vectors)
    if let window = request.window {
      if part?.window != window || part?.vectors != vectors { part = MatrixPart(whole, window, channels: channels) }
    } else {
      part = nil
    }
    let shown = part ?? whole
    let original = try pooledPicture(of: shown.entries, grid: request.grid, control: control)
    var inset: PooledPicture?
    if let grid = request.inset {
      let picture = try pooledPicture(of: whole.entries, grid: grid, control: control)
      inset = whole.offsets(for: grid)?.added(to: picture) ?? picture
    }
    var factors: PooledFactors?
    if let svd = shown.svd { factors = try PooledFactors(svd, grid: request.grid, control: control) }
    let set = PictureSet(
      matrixID: id, request: request, original: original, inset: inset, factors: factors, vectors: vectors,
      offsets: shown.offsets(for: request.grid))
    pictures = set
    return events + [.pictures(set)]
  }

  /// Measures A − A_k, and pictures the residual as asked for; at the last triplet where there are not k of them yet, and
  /// nil until there are any.
  func measure(
    rank: Int, request: PictureRequest?, control: WorkControl
  ) throws(Cancelled) -> ResidualMeasurement? {
    guard let svd else { return nil }
    let loaded = prepared.loaded
    let measured = try measureResidual(
      of: loaded.content.entries, summary: loaded.summary, svd: svd, rank: rank,
      grid: request?.window == nil ? request?.grid : nil, control: control)
    guard let part, let request, part.window == request.window, let svd = part.svd else { return measured }
    let picture = try measureResidual(
      of: part.entries, summary: part.summary, svd: svd, rank: rank, grid: request.grid, control: control)
    return measured.showing(picture.rootMeanSquare)
  }
}

/// A matrix or a window of it, with what pictures of it need.
private struct MatrixPart: Sendable {
  let window: EntryWindow?
  let entries: any EntryBlocks
  /// Of the entries; of a window of a product that of the whole, which bounds them.
  let summary: EntrySummary
  let svd: SVD?
  let vectors: AvailableVectors?
  private let rowOffsets: [Double]
  private let columnOffsets: [Double]

  /// All of it.
  init(_ prepared: PreparedMatrix, _ svd: SVD?, _ vectors: AvailableVectors?) {
    window = nil
    self.vectors = vectors
    entries = prepared.loaded.content.entries
    summary = prepared.loaded.summary
    self.svd = svd
    rowOffsets = prepared.offsets?.rows ?? []
    columnOffsets = prepared.offsets?.columns ?? []
  }

  /// A window of `whole`.
  init(_ whole: MatrixPart, _ window: EntryWindow, channels: Int) {
    self.window = window
    entries = window.part(of: whole.entries, channels: channels)
    summary = (entries as? DenseMatrix).map { EntrySummary($0.storage) } ?? whole.summary
    svd = whole.svd.map { window.part(of: $0, channels: channels) }
    vectors = whole.vectors
    (rowOffsets, columnOffsets) =
      whole.rowOffsets.isEmpty
      ? ([], []) : window.part(rows: whole.rowOffsets, columns: whole.columnOffsets, channels: channels)
  }

  func offsets(for grid: PictureGrid) -> PooledOffsets? {
    rowOffsets.isEmpty ? nil : PooledOffsets(rows: rowOffsets, columns: columnOffsets, grid: grid)
  }
}

/// The one opened matrix and the file it came from, shared by the lanes.
final class MatrixStore: Sendable {
  private struct Content {
    var matrix: StoredMatrix?
    /// What the leading vectors grow from, and whose it is.
    var leading: (id: MatrixID, solver: any LeadingSolver)?
    var file: (source: String, file: any MatrixFile)?
    /// The last that was listed: its list may come back after another file was opened.
    var listed: (source: String, file: any MatrixFile)?
  }

  private let content = Mutex(Content())

  /// The matrix numbered `id`, unless another was opened since.
  func matrix(_ id: MatrixID) -> StoredMatrix? {
    content.withLock { content in
      if let matrix = content.matrix, matrix.id == id { matrix } else { nil }
    }
  }

  /// Replaces what was there, unless that is newer.
  func open(_ matrix: StoredMatrix) {
    content.withLock { content in
      guard (content.matrix?.id ?? 0) <= matrix.id else { return }
      content.matrix = matrix
      content.leading = nil
    }
  }

  /// Changes the matrix numbered `id`, if it is still the opened one.
  func update(_ id: MatrixID, _ change: (inout StoredMatrix) -> Void) {
    content.withLock { content in
      if var matrix = content.matrix, matrix.id == id {
        change(&matrix)
        content.matrix = matrix
      }
    }
  }

  /// Takes the solver that the leading vectors of the matrix `id` grow from; whoever takes it alone may widen it.
  func takeLeading(_ id: MatrixID) -> (any LeadingSolver)? {
    content.withLock { content in
      guard let leading = content.leading, leading.id == id else { return nil }
      content.leading = nil
      return leading.solver
    }
  }

  /// Keeps the solver for the next time, unless the exact vectors are there or another matrix is.
  func keepLeading(_ solver: any LeadingSolver, of id: MatrixID) {
    content.withLock { content in
      guard let matrix = content.matrix, matrix.id == id, matrix.vectors?.isExact != true else { return }
      content.leading = (id, solver)
    }
  }

  /// The opened file or the listed one, if it is `source`: standard input cannot be opened twice.
  func file(_ source: String) -> (any MatrixFile)? {
    content.withLock { content in
      [content.file, content.listed].compactMap { $0 }.first { $0.source == source }?.file
    }
  }

  /// Keeps the file whose tensors are listed; whether it was not the listed one before.
  @discardableResult
  func list(_ file: any MatrixFile, of source: String) -> Bool {
    content.withLock { content in
      let isNew = content.listed?.source != source
      content.listed = (source, file)
      return isNew
    }
  }

  /// Forgets the listed file, if it is `source`.
  func forgetListed(_ source: String) {
    content.withLock { content in
      if content.listed?.source == source { content.listed = nil }
    }
  }

  /// Keeps an opened file for other tensors of it and other ways to read it.
  func keep(_ file: any MatrixFile, of source: String) { content.withLock { $0.file = (source, file) } }

  /// Forgets the matrix; the file stays, for it may be opened again.
  func close() {
    content.withLock { content in
      content.matrix = nil
      content.leading = nil
    }
  }
}
