import Factorizations
import Glibc
import LinearAlgebra
import MatrixFiles
import RankAnalysis
import Synchronization

/// Runs the heavy effects on lanes of its own and posts what it finds: nothing here touches the screen.
///
/// *solve* reads and factors: the newest matrix wins. *measure* pools pictures and measures A − A_k: one runs, one
/// waits, so that a long drag still brings figures. *preview* serves the gallery.
package final class ComputeQueue: Sendable {
  private let solve: Lane
  private let measure: Lane
  private let preview: Lane
  private let store = MatrixStore()
  private let post: @Sendable (QueueEvent) -> Void
  private let openFile: MatrixOpener
  /// Whether the solver's time is told: not where the same work must always give the same screen.
  private let isTimed: Bool

  /// Opens what the user named: a path, "-", or a gallery name; asked for cancellation meanwhile.
  package typealias MatrixOpener = @Sendable (String, WorkControl) throws(FileError) -> any MatrixFile

  /// A queue that runs on `executor`, opens with `opener`, and hands its results to `post`, from any thread.
  package init(
    on executor: QueueExecutor, opener: @escaping MatrixOpener, post: @escaping @Sendable (QueueEvent) -> Void
  ) {
    solve = Lane(.newestWins, on: executor)
    measure = Lane(.oneRunningOneWaiting, on: executor)
    preview = Lane(.newestWins, on: executor)
    openFile = opener
    isTimed = executor == .threads
    self.post = post
    BLASThreads.useAllCores()
    if executor == .threads { WorkerThread.lowerAllButMain() }
  }

  /// Whether no job runs or waits.
  package var isIdle: Bool { solve.isIdle && measure.isIdle && preview.isIdle }

  /// Cancels everything.
  package func cancelAll() {
    solve.cancelAll()
    measure.cancelAll()
    preview.cancelAll()
  }

  /// Stops the work on the opened matrix and forgets it.
  package func close() {
    cancelAll()
    store.close()
  }

  /// Reads the matrix, then its singular values, then its vectors; each is posted as it arrives.
  package func open(_ id: MatrixID, source: String, tensor: String?) {
    solve.submit { [self] token in
      do throws(JobFailure) {
        guard let loaded = try read(id, source: source, tensor: tensor, token: token) else { return }
        try factor(id, loaded, token: token)
      } catch {
        if case .failed(let sentence) = error { post(.failed(id, sentence)) }
      }
    }
  }

  /// Pools the pictures if the grid or the vectors are new, then measures A − A_k, if the vectors are there.
  package func measure(_ id: MatrixID, rank: Int, grid: PictureGrid?) {
    measure.submit { [self] token in
      let control = WorkControl(token: token, report: slowly { [post] in post(.measuring(id, $0)) })
      try? pool(id, grid: grid, control: control)
      guard let stored = store.matrix(id), let svd = stored.svd else { return }
      let result = try? measureResidual(
        of: stored.loaded.matrix, summary: stored.loaded.summary, svd: svd, rank: rank, grid: grid, control: control)
      if let result { post(.measured(id, result)) }
    }
  }

  /// Computes a gallery entry's preview.
  package func preview(_ source: String) {
    preview.submit { [self] token in
      if let preview = try? GalleryPreview(source: source, opener: openFile, control: WorkControl(token: token)) {
        post(.preview(source, preview))
      }
    }
  }

  private func read(
    _ id: MatrixID, source: String, tensor: String?, token: CancellationToken
  ) throws(JobFailure) -> LoadedMatrix? {
    let control = WorkControl(token: token) { [post] fraction in post(.reading(id, fraction)) }
    do throws(FileError) {
      let file = try openFile(source, control)
      if tensor == nil && file.tensors.count > 1 {
        if !token.isCancelled { post(.tensors(id, file.tensors)) }
        return nil
      }
      let loaded = try file.read(try file.tensor(named: tensor), control: control)
      if token.isCancelled { throw .cancelled }
      store.open(StoredMatrix(id: id, loaded: loaded))
      post(.loaded(id, MatrixInfo(source: source, format: file.format, loaded)))
      return loaded
    } catch {
      throw JobFailure(error)
    }
  }

  private func factor(_ id: MatrixID, _ loaded: LoadedMatrix, token: CancellationToken) throws(JobFailure) {
    let control = WorkControl(token: token)
    do throws(FactorizationError) {
      let values = try SolverPlanner.plan(SolveRequest(loaded.matrix, .values))
      post(.solving(id, .values, estimate: values.plan.estimatedSeconds))
      post(.spectrum(id, try SolvedSpectrum(of: loaded, with: values, isTimed: isTimed, control: control)))
      if token.isCancelled { return }
      let vectors = try SolverPlanner.plan(SolveRequest(loaded.matrix, .thinSVD))
      post(.solving(id, .thinSVD, estimate: vectors.plan.estimatedSeconds))
      let svd = try vectors.solver.thinSVD(of: loaded.matrix, summary: loaded.summary, control: control)
      if token.isCancelled { return }
      store.update(id) { $0.svd = svd }
      post(.vectors(id))
    } catch {
      throw JobFailure(error)
    }
  }

  private func pool(_ id: MatrixID, grid: PictureGrid?, control: WorkControl) throws(Cancelled) {
    guard let grid, let stored = store.matrix(id) else { return }
    if let old = stored.pictures, old.original.grid == grid, old.factors != nil || stored.svd == nil { return }
    let original = try pooledPicture(of: stored.loaded.matrix, grid: grid, control: control)
    post(.pictures(PictureSet(matrixID: id, original: original, factors: nil)))
    var factors: PooledFactors?
    if let svd = stored.svd { factors = try PooledFactors(svd, grid: grid, control: control) }
    let set = PictureSet(matrixID: id, original: original, factors: factors)
    store.update(id) { $0.pictures = set }
    if factors != nil { post(.pictures(set)) }
  }
}

/// Passes a fraction on once work has taken 0.2 s, then about ten times a second: short work stays quiet.
private func slowly(_ report: @escaping @Sendable (Double) -> Void) -> @Sendable (Double) -> Void {
  let due = Mutex(monotonicSeconds() + 0.2)
  return { fraction in
    let now = monotonicSeconds()
    let isDue = due.withLock { due in
      guard now >= due else { return false }
      due = now + 0.1
      return true
    }
    if isDue { report(fraction) }
  }
}

/// Why a job ended early.
private enum JobFailure: Error {
  case cancelled
  case failed(String)

  init(_ error: FileError) { self = error == .cancelled ? .cancelled : .failed(error.description) }
  init(_ error: FactorizationError) { self = error == .cancelled ? .cancelled : .failed(error.description) }
}

/// The processor-independent clock in seconds.
package func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
