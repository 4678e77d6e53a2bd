import ArgumentParser
import Factorizations
import LinearAlgebra
import MatrixFiles

/// How the factors are computed: by truncated SVD, the optimum, or by another factorization.
struct MethodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which factorization: \(Self.methods.joined(separator: ", ")); svd, the best of all, unless told. "
        + "Or svd by a solver of choice: \(SolverCatalog.names.joined(separator: ", ")).",
      valueName: "name"))
  var method: String?

  @OptionGroup var work: WorkOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("What decides all random numbers.", valueName: "N"))
  var seed: UInt64?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("At most so many iterations; 200 unless told.", valueName: "N"))
  var iterations: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "End once an iteration lowers the error by less than this share of it; 1e-6 unless told, 0 goes on.",
      valueName: "share"))
  var tolerance: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("als: the penalty λ(‖B‖² + ‖C‖²) on both factors; 0 unless told.", valueName: "λ"))
  var ridge: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("gradient: how much of the step before is kept, below 1; 0.9 unless told.", valueName: "share"))
  var momentum: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("gradient: the step in units of 1/L, at most 2; 1 unless told.", valueName: "size"))
  var step: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("randomized: columns drawn beyond K; 10 unless told.", valueName: "N"))
  var oversampling: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("randomized: products with AAᵀ before the basis is taken; 2 unless told.", valueName: "N"))
  var powerSteps: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("robust-pca: the weight λ of the sparse part; 1/√max(m, n) unless told.", valueName: "λ"))
  var sparsity: Double?

  /// The identifiers of the factorizations, the optimum first.
  static var methods: [String] { ["svd"] + FactorizationCatalog.ids.filter { $0 != "svd" } }

  mutating func validate() throws {
    if let method, !Self.methods.contains(method), !SolverCatalog.names.contains(method) {
      throw ValidationError(
        "there is no method “\(printable(method))”: the methods are \(Self.methods.joined(separator: ", ")), and of svd "
          + SolverCatalog.names.joined(separator: ", "))
    }
    try requireRange("iterations", iterations.map { ($0, $0 >= 1) }, "at least one is needed")
    try requireRange("tolerance", tolerance.map { ($0, $0 >= 0 && $0.isFinite) }, "a share is 0 or more")
    try requireRange("ridge", ridge.map { ($0, $0 >= 0 && $0.isFinite) }, "a penalty is 0 or more")
    try requireRange("momentum", momentum.map { ($0, $0 >= 0 && $0 < 1) }, "it lies from 0 to below 1")
    try requireRange("step", step.map { ($0, $0 > 0 && $0 <= 2) }, "it lies above 0, up to 2")
    try requireRange("oversampling", oversampling.map { ($0, $0 >= 0) }, "columns are 0 or more")
    try requireRange("power-steps", powerSteps.map { ($0, $0 >= 0) }, "steps are 0 or more")
    try requireRange("sparsity", sparsity.map { ($0, $0 > 0 && $0.isFinite) }, "a weight is more than 0")
    try requireUse()
  }

  /// The factorization that was asked for; nil where it is the truncated SVD.
  var factorization: (any FactorizationMethod)? {
    method.flatMap { $0 == "svd" ? nil : FactorizationCatalog.method($0) }
  }

  /// The planner of the truncated SVD, and of the optimum to compare with.
  var planner: SolverPlanner {
    work.planner(method: method.flatMap { SolverCatalog.names.contains($0) ? $0 : nil })
  }

  /// What was chosen for a factorization at `rank`.
  func options(rank: Int) -> FactorizationOptions {
    var options = FactorizationOptions(rank: rank)
    if let seed { options.seed = seed }
    if let iterations { options.iterations = iterations }
    if let tolerance { options.tolerance = tolerance }
    if let ridge { options.ridge = ridge }
    if let momentum { options.momentum = momentum }
    if let step { options.stepSize = step }
    if let oversampling { options.oversampling = oversampling }
    if let powerSteps { options.powerSteps = powerSteps }
    options.sparsity = sparsity
    return options
  }

  /// Refuses an option that the method has no use for; a seed never hurts.
  private func requireUse() throws {
    let isIterative = factorization?.isIterative ?? false
    let name = method ?? "svd"
    for (option, isGiven, isIterationOption, id) in [
      ("iterations", iterations != nil, true, ""), ("tolerance", tolerance != nil, true, ""),
      ("ridge", ridge != nil, false, "als"), ("momentum", momentum != nil, false, "gradient"),
      ("step", step != nil, false, "gradient"), ("oversampling", oversampling != nil, false, "randomized"),
      ("power-steps", powerSteps != nil, false, "randomized"), ("sparsity", sparsity != nil, false, "robust-pca"),
    ] where isGiven {
      if isIterationOption, !isIterative { throw ValidationError("--\(option): \(name) does not iterate") }
      if !isIterationOption, name != id {
        throw ValidationError("--\(option) is an option of --method \(id), not of \(name)")
      }
    }
    if factorization != nil, work.accuracy == .preview {
      throw ValidationError("--accuracy preview is an option of svd; leave it out with --method \(name)")
    }
  }

  private func requireRange(_ option: String, _ given: (value: some Any, isGood: Bool)?, _ sentence: String) throws {
    if let given, !given.isGood { throw ValidationError("--\(option) \(given.value): \(sentence)") }
  }
}
