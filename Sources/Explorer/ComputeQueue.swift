import Checkpoints
import Factorizations
import Glibc
import LinearAlgebra
import MatrixFiles
import ModelTensors
import Preparation
import RankAnalysis

/// Runs the heavy effects on lanes of its own and posts what it finds: nothing here touches the screen.
///
/// *solve* reads and factors: the newest matrix wins. *measure* pools pictures and measures A − A_k: one runs, one
/// waits, so that a long drag still brings figures. *side* serves what is looked at beside: previews, single layers,
/// spectra to compare with. *extend* widens the leading vectors of a preview. *study* makes the experiments behind views.
/// *outlining* finds what follows from listed tensors. *write* writes files.
package final class ComputeQueue: Sendable {
  let solve: Lane
  let measure: Lane
  private let side: Lane
  private let layer: Lane
  private let writer: Lane
  private let outlining: Lane
  let extending: Lane
  let studying: Lane
  let gate = SolveGate()
  let store = MatrixStore()
  private let scanner: ScanRunner
  private let openCache: CacheOpener?
  let post: @Sendable (QueueEvent) -> Void
  private let openFile: MatrixOpener
  /// Whether the solver's time is told: not where the same work must always give the same screen.
  let isTimed: Bool
  /// Who decides how a matrix is solved.
  let planner: SolverPlanner
  /// What is shown before exact results; nil for nothing.
  let previewing: Previewing?

  /// Opens what the user named: a path, "-", or a gallery name; asked for cancellation meanwhile.
  package typealias MatrixOpener = @Sendable (String, WorkControl) throws(FileError) -> any MatrixFile

  /// Where findings of the file that the user named are kept; nil keeps none.
  package typealias CacheOpener = @Sendable (String) -> ScanCache?

  /// A queue that runs on `executor`, opens with `opener`, solves as `planner` decides, previews by `previewing`, and hands
  /// its results to `post`, from any thread.
  package init(
    on executor: QueueExecutor, opener: @escaping MatrixOpener, planner: SolverPlanner = SolverPlanner(),
    previewing: Previewing? = nil, cache: CacheOpener? = nil,
    scanned: @escaping @Sendable (MatrixID, ScanEvent) -> Void = { _, _ in },
    post: @escaping @Sendable (QueueEvent) -> Void
  ) {
    scanner = ScanRunner(on: executor, post: scanned)
    openCache = cache
    // Two are ever inside a solve; the others are on their way out of the gate.
    solve = Lane(.newestWins, orphans: 4, on: executor)
    measure = Lane(.oneRunningOneWaiting, on: executor)
    side = Lane(.newestWins, on: executor)
    layer = Lane(.newestWins, on: executor)
    writer = Lane(.oneRunningOneWaiting, on: executor)
    outlining = Lane(.newestWins, on: executor)
    extending = Lane(.oneRunningOneWaiting, on: executor)
    studying = Lane(.newestWins, on: executor)
    openFile = opener
    self.planner = planner
    self.previewing = previewing
    isTimed = executor == .threads
    self.post = post
    // Once, before anything is computed: lanes share BLAS's threads.
    BLASThreads.use(planner.threads)
    if executor == .threads { WorkerThread.prepare() }
  }

  private var lanes: [Lane] { [solve, measure, side, layer, extending, studying, writer, outlining] }

  /// Whether no job runs or waits.
  package var isIdle: Bool { lanes.allSatisfy(\.isIdle) }

  /// Scans the matrices of the file that was listed.
  package func scan(_ id: MatrixID, source: String) {
    guard let file = store.file(source) else { return }
    scanner.start(id, file, cache: openCache?(source))
  }

  /// What `entry` of the listed file can be taken apart into. Nothing is read.
  package func parts(of entry: TensorEntry, source: String) -> [TensorEntry] {
    (store.file(source) as? ModelFile)?.derived(of: entry) ?? []
  }

  /// Finds what the tensors of the listed file can be taken apart into. Nothing is read.
  package func outline(_ id: MatrixID, source: String) {
    outlining.submit { [self] token in
      guard let file = store.file(source), let outline = PartsOutline(file, token: token) else { return }
      post(.outlined(id, outline))
    }
  }

  /// Scans these items of the listed file first.
  package func scanFirst(_ id: MatrixID, _ items: [Int]) { scanner.prioritize(id, items) }

  /// Scans these parts of tensors of the listed file, too.
  package func scanParts(_ id: MatrixID, _ parts: [ScanPart]) { scanner.scan(id, parts) }

  /// Begins no further matrix of the scan, or goes on.
  package func holdScan(_ isHeld: Bool) { scanner.hold(isHeld) }

  /// Forgets the listed file called `source`, which nobody comes back to.
  package func forget(_ source: String) { store.forgetListed(source) }

  /// Stops the scan.
  package func stopScan() { scanner.stop() }

  /// Runs a scan that waits to its end, where work runs at once; whether there was one.
  package func finishScan() -> Bool { scanner.finish() }

  /// Cancels everything but the scan and what is being written.
  package func cancelAll() {
    for lane in [solve, measure, side, layer, extending, studying] { lane.cancelAll() }
  }

  /// Stops reading and solving; what is there stays.
  package func cancelSolve() {
    solve.cancelAll()
    extending.cancelAll()
  }

  /// Stops the work on the opened matrix and forgets it.
  package func close() {
    cancelAll()
    store.close()
  }

  /// Reads the matrix and prepares it, then computes its singular values, then its vectors; each is posted as it arrives,
  /// after a preview where the values take long.
  package func open(_ id: MatrixID, source: String, tensor: String?, preparation: Preparation) {
    measure.cancelAll()
    extending.cancelAll()
    studying.cancelAll()
    store.close()
    solve.submit { [self] token in
      do throws(JobFailure) {
        guard
          let prepared = try read(id, source: source, tensor: tensor, preparation: preparation, token: token)
        else { return }
        try factor(id, prepared, token: token)
      } catch {
        if token.isCancelled { return }
        switch error {
        case .cancelled: break
        case .missing(let cells): post(.missing(id, cells))
        case .failed(let sentence): post(.failed(id, sentence))
        }
      }
    }
  }

  /// Pools the pictures if the request or the vectors are new, then measures A − A_k, if the vectors are there.
  package func measure(_ id: MatrixID, rank: Int, request: PictureRequest?) {
    measure.submit { [self] token in
      let control = WorkControl(token: token, report: slowly { [post] in post(.measuring(id, $0)) })
      guard var stored = store.matrix(id) else { return }
      do throws(Cancelled) {
        let events = try stored.pool(request, control: control)
        let pooled = stored
        store.update(id) { $0.takePictures(of: pooled) }
        for event in events { post(event) }
        if let result = try stored.measure(rank: rank, request: request, control: control) {
          post(.measured(id, request, result))
        }
      } catch {}
    }
  }

  /// Looks at one layer σ_i u_i v_iᵀ, if the vectors are there.
  package func triplet(_ id: MatrixID, index: Int) {
    layer.submit { [self] _ in
      guard let svd = store.matrix(id)?.svd, index >= 1, index <= svd.singularValues.count else { return }
      post(.triplet(id, SingularTriplet(svd, index: index)))
    }
  }

  /// Computes a gallery entry's preview.
  package func preview(_ source: String) {
    side.submit { [self] token in
      if let preview = try? GalleryPreview(source: source, opener: openFile, control: WorkControl(token: token)) {
        post(.preview(source, preview))
      }
    }
  }

  /// Computes the singular values of another matrix, to compare with.
  package func compare(source: String, tensor: String?, preparation: Preparation) {
    side.submit { [self] token in
      do {
        let control = WorkControl(token: token)
        let file = try openFile(source, control)
        let entry = try file.tensor(named: tensor)
        var preparation = preparation
        // Another matrix need not have the axes of the one on the screen.
        if entry.axes.count <= 2 { preparation.reading.view = .usual }
        let prepared = try preparation.read(entry, of: file, control: control)
        let solved = try SolvedSpectrum(
          of: prepared, with: planner.forcing(.values), isTimed: isTimed, control: control)
        let info = try MatrixInfo(source: source, format: file.format, prepared, control: WorkControl(token: token))
        post(.ghost(.success(Ghost(info, solved))))
      } catch {
        if !token.isCancelled { post(.ghost(.failure(ComparisonFailure(sentence: "\(error)")))) }
      }
    }
  }

  /// Writes A_k, in the format that `path` names.
  package func write(_ id: MatrixID, rank: Int, path: String) {
    writer.submit { [self] token in
      guard let stored = store.matrix(id), let svd = stored.svd else { return }
      do {
        // Of a product of thin factors the triplets after theirs are zero.
        let kept = stored.vectors?.isExact == true ? min(rank, svd.singularValues.count) : rank
        let written = stored.prepared.written(try svd.truncated(to: kept))
        try MatrixWriter.write(written, to: path, control: WorkControl(token: token))
        post(.wrote(.success(path)))
      } catch {
        post(.wrote(.failure(error as? FileError ?? .cannotWrite(path, reason: "\(error)"))))
      }
    }
  }

  /// Waits, before the process ends, until no file is half written: what is being written may take `patience` seconds
  /// to its end; then it is cancelled, which removes it.
  package func finishWriting(patience: Double) {
    let start = ContinuousClock.now
    while !writer.isIdle, start.duration(to: .now) < .seconds(patience) { usleep(2000) }
    writer.cancelAll()
    while !writer.isIdle, start.duration(to: .now) < .seconds(patience + 2) { usleep(2000) }
  }

  private func read(
    _ id: MatrixID, source: String, tensor: String?, preparation: Preparation, token: CancellationToken
  ) throws(JobFailure) -> PreparedMatrix? {
    let control = WorkControl(token: token) { [post] fraction in post(.reading(id, fraction)) }
    do throws(FileError) {
      let file: any MatrixFile
      // A pipe or a list with one cannot be opened again; a file of many tensors need not be.
      if tensor != nil || !canBeOpenedAgain(source), let known = store.file(source) {
        file = known
      } else {
        file = try openFile(source, control)
        store.keep(file, of: source)
      }
      if tensor == nil && file.tensors.count != 1 {
        if !token.isCancelled {
          store.list(file, of: source)
          post(.tensors(id, TensorListing(file)))
        }
        return nil
      }
      let prepared = try preparation.read(try file.tensor(named: tensor), of: file, control: control)
      let info: MatrixInfo
      do {
        try token.check()
        info = try MatrixInfo(source: source, format: file.format, prepared, control: control)
      } catch {
        throw .cancelled
      }
      store.open(StoredMatrix(id: id, prepared: prepared))
      post(.loaded(id, info))
      // The picture comes first; whoever opened one tensor by its name may then go on to the others.
      if tensor != nil, file.tensors.count > 1, store.list(file, of: source) {
        post(.listed(source: source, TensorListing(file)))
      }
      return prepared
    } catch {
      throw JobFailure(error)
    }
  }
}

/// Why a job ended early.
enum JobFailure: Error {
  case cancelled
  case missing(MissingCells)
  case failed(String)

  init(_ error: FileError) {
    switch error {
    case .cancelled: self = .cancelled
    case .missingValues(_, _, let cells): self = .missing(cells)
    default: self = .failed(error.description)
    }
  }
  init(_ error: FactorizationError) { self = error == .cancelled ? .cancelled : .failed(error.description) }
}
