import Factorizations
import LinearAlgebra

/// Holds one matrix and answers lines about it.
struct Server {
  /// The lines that are understood.
  static let help = """
    machine                                            the kernels, the cores, the methods
    load PATH ROWS COLUMNS f32|f64                     a file of bare entries, column by column
    make decaying|flat ROWS COLUMNS f32|f64 SEED       a random matrix; flat: independent normal entries
    solve values|thinSVD METHOD|auto THREADS [FILE]    solves; FILE receives σ in f64
    solve leading METHOD|auto THREADS K WIDTH [FILE]   K triplets from a subspace of WIDTH, and the spectrum's bounds then
    measure values|thinSVD METHOD THREADS              the same by this very solver on so many threads, unplanned
    check METHOD|auto THREADS                          LAPACK's ratios of a thin SVD, which is not timed
    plan values|thinSVD ROWS COLUMNS f32|f64 THREADS [full|preview]    the planner's decision
    offers values|thinSVD ROWS COLUMNS f32|f64 THREADS [full|preview]  what each method says to that
    gemm N f32|f64 THREADS                             flops a second of a product of n × n matrices, the best of three
    quit
    """

  private var loaded: SolveMatrix?

  init() {}

  /// The answer to `command` with the words behind it.
  mutating func answer(_ command: String, _ words: inout Words) throws -> String {
    switch command {
    case "machine": return json(Machine())
    case "load":
      let (path, shape) = (try words.next("path"), try words.shape())
      loaded = nil
      return json(keep(try SolveMatrix(path: path, shape, worksInFloat: try words.worksInFloat())))
    case "make":
      let (kind, shape, worksInFloat) = (try words.next("kind"), try words.shape(), try words.worksInFloat())
      loaded = nil
      return json(keep(try SolveMatrix(kind, shape, worksInFloat: worksInFloat, seed: try words.count("seed"))))
    case "solve": return json(try solve(try matrix(), &words))
    case "measure":
      let (outcome, method) = (try words.outcome(), try words.next("method"))
      return json(try Solve.unplanned(try matrix(), outcome, method, threads: try words.count("number of threads")))
    case "check":
      let (method, threads) = (try words.next("method"), try words.count("number of threads"))
      return json(try ThinRatios(of: try matrix(), planner(method, threads)))
    case "plan": return json(try Decision(try words.request()))
    case "offers": return json(Offer.all(try words.request()))
    case "gemm":
      let (side, worksInFloat) = (try words.count("side"), try words.worksInFloat())
      return json(GemmRate(side, worksInFloat: worksInFloat, threads: try words.count("number of threads")))
    case "help": return json(["help": Self.help])
    default: throw BenchError("“\(command)” is no command: \(Self.help)")
    }
  }

  private mutating func keep(_ matrix: SolveMatrix) -> SolveMatrix.Description {
    loaded = matrix
    return matrix.description
  }

  private func matrix() throws(BenchError) -> SolveMatrix {
    guard let loaded else { throw BenchError("no matrix is loaded") }
    return loaded
  }

  private func solve(_ matrix: SolveMatrix, _ words: inout Words) throws -> Solve {
    let what = try words.next("outcome")
    let (method, threads) = (try words.next("method"), try words.count("number of threads"))
    let isLeading = what == "leading"
    let count = isLeading ? try words.count("number of triplets") : 0
    let width = isLeading ? max(count, try words.count("width of the subspace")) : 0
    let file = words.isEmpty ? nil : try words.next("file")
    let planner = planner(method, threads)
    let (solve, values) =
      switch what {
      case "values": try Solve.values(matrix, planner)
      case "thinSVD": try Solve.thinSVD(matrix, planner)
      case "leading": try Solve.leading(matrix, count, width: width, planner)
      default: throw BenchError("“\(what)” is neither values, thinSVD nor leading")
      }
    if let file { try write(values, to: file) }
    return solve
  }

  private func planner(_ method: String, _ threads: Int) -> SolverPlanner {
    var planner = SolverPlanner(method: method == "auto" ? nil : method, threads: threads)
    planner.isAlone = true
    return planner
  }
}

/// Where it runs.
private struct Machine: Encodable {
  var kernels = BLASKernels.name
  var cores = BLASThreads.availableCores
  var values = SolverCatalog.values.map(\.name)
  var thinSVD = SolverCatalog.thinSVD.map(\.name)
  var leading = LeadingMethod.all.map(\.name)
  var growing = LeadingMethod.all.filter(\.isGrowing).map(\.name)
}
