/// Which tensor of a scan comes next: a value, so that its rules can be told without threads.
struct ScanQueue {
  /// What a tensor takes.
  struct Job: Hashable {
    /// Estimated seconds on one thread and on all.
    var seconds: Double
    var sharedSeconds: Double
    /// The bytes it needs at once at most, and those of its entries alone.
    var bytes: Double
    var entryBytes: Double
  }

  /// What a worker is told.
  enum Order: Hashable {
    /// This tensor, on so many threads.
    case examine(index: Int, threads: Int)
    /// Nothing can begin now.
    case wait
    /// Nothing will begin any more.
    case nothing
  }

  /// What is wanted before everything else, in this order.
  var wishes: [Int] = []
  var isPaused = false

  private var isPending: [Bool]
  private var pendingCount: Int
  private var done = 0
  private var jobs: [Job] = []
  /// By cost, the costliest first, or in the file's order; those before `head` are taken.
  private var order: [Int] = []
  private var head = 0
  /// How many places of `order` are looked at from `head` on, for the costliest of them; nil where `order` is by cost.
  ///
  /// The places are counted whether or not they are taken, so that the tensor at `head` waits for one less at most.
  private var window: Int?
  /// How many workers share the tensors; 1 where no tensor may take several threads.
  private var workers = 1
  private var secondsLeft = 0.0
  /// The bytes that tensors under way may take together.
  private var budget = Double.infinity
  private var running = 0
  private var runningBytes = 0.0
  private var isShared = false

  /// A queue of `count` tensors of which nothing is known yet.
  init(count: Int) {
    isPending = Array(repeating: true, count: count)
    pendingCount = count
  }

  /// Takes the tensor at `index` out: it is known already.
  mutating func take(_ index: Int) {
    guard isPending[index] else { return }
    isPending[index] = false
    pendingCount -= 1
  }

  /// Learns what each tensor takes.
  ///
  /// - Parameters:
  ///   - workers: how many there are, if a tensor may have them all; else 1.
  ///   - available: the bytes of memory that the scan may count on.
  ///   - window: how many tensors ahead of the first that is left may come before it, the costliest first; nil takes all
  ///     by cost.
  mutating func plan(_ jobs: [Job], workers: Int, available: Double = .infinity, window: Int? = nil) {
    self.jobs = jobs
    self.workers = workers
    self.window = window
    let pending = jobs.indices.filter { isPending[$0] }
    order = window == nil ? byCost(pending) : pending
    secondsLeft = order.reduce(0) { $0 + jobs[$1].seconds }
    // Two of the largest, each with a copy and some work space, may always be under way.
    budget = max(4.5 * (jobs.map(\.entryBytes).max() ?? 0), available)
  }

  /// The next order for a worker that is free.
  mutating func next() -> Order {
    guard pendingCount > 0 else { return .nothing }
    if isPaused || isShared { return .wait }
    wishes.removeAll { !isPending[$0] }
    while head < order.count, !isPending[order[head]] { head += 1 }
    let ahead = ahead
    guard let first = wishes.first ?? ahead.first else { return .wait }
    if takesAll(first) { return running == 0 ? begin(first, threads: workers) : .wait }
    // What does not fit beside the others waits; something smaller may go before.
    let fitting = running == 0 ? first : candidates(ahead).first { runningBytes + jobs[$0].bytes <= budget }
    return fitting.map { begin($0, threads: 1) } ?? .wait
  }

  /// Those that come next where nothing is wished for, the costliest first; some may be taken already. The first is not.
  private var ahead: ArraySlice<Int> {
    guard let window else { return order[head...] }
    return byCost(order[head...].prefix(window).filter { isPending[$0] })[...]
  }

  /// Those that may come next, the wanted ones first.
  private func candidates(_ ahead: ArraySlice<Int>) -> some Sequence<Int> {
    [wishes[...], ahead].joined().lazy.filter { isPending[$0] }
  }

  /// The costliest first, equals in the file's order.
  private func byCost(_ indices: [Int]) -> [Int] {
    indices.sorted { (jobs[$1].seconds, $0) < (jobs[$0].seconds, $1) }
  }

  private mutating func begin(_ index: Int, threads: Int) -> Order {
    take(index)
    secondsLeft -= jobs[index].seconds
    running += 1
    runningBytes += jobs[index].bytes
    isShared = threads > 1
    return .examine(index: index, threads: threads)
  }

  /// Whether all workers should share this tensor rather than wait for it: on one thread it would take longer than the
  /// others have work for, or no two of its kind fit in memory.
  private func takesAll(_ index: Int) -> Bool {
    guard workers > 1 else { return false }
    let (job, others) = (jobs[index], secondsLeft - jobs[index].seconds)
    if 2 * job.bytes > budget { return true }
    return job.sharedSeconds + others / Double(workers) < 0.95 * max(job.seconds, secondsLeft / Double(workers))
  }

  /// A tensor that was begun is no longer under way.
  mutating func release(_ index: Int) {
    running -= 1
    runningBytes -= jobs[index].bytes
    isShared = false
  }

  /// Counts one more as done; how many that makes.
  mutating func countDone() -> Int {
    done += 1
    return done
  }
}
