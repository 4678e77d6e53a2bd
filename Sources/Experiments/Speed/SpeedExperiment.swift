import LinearAlgebra
import Preparation
import RankAnalysis

/// Times A·X beside A_k·X = U(ΣVᵀX), and solving with A beside solving with its factors.
///
/// The subject's SVD must be known. Without time (``ExperimentSubject/isTimed``) it counts FLOPs, and solves for accuracy.
package struct SpeedExperiment: Experiment {
  /// k.
  package var rank: Int
  /// The columns of X, each timed for itself.
  package var batches: [Int]
  /// How many further ranks are timed, for a curve.
  package var curvePoints: Int
  /// How λ is chosen.
  package var ridge: RidgeChoice
  /// The seconds for each pair of timings.
  package var seconds: Double

  /// The batch sizes that are timed unless told otherwise.
  package static let usualBatches = [1, 8, 64, 512]

  /// A comparison at `rank` ≥ 0 for `batches` ≥ 1.
  package init(
    rank: Int, batches: [Int] = Self.usualBatches, curvePoints: Int = 0, ridge: RidgeChoice = .share(1e-3),
    seconds: Double = 0.3
  ) {
    self.rank = rank
    self.batches = batches
    self.curvePoints = curvePoints
    self.ridge = ridge
    self.seconds = seconds
  }

  package func run(
    on subject: ExperimentSubject, control: WorkControl, report: (SpeedFinding) -> Void
  ) throws(ExperimentError) -> SpeedFinding {
    guard let svd = subject.svd, let analysis = subject.analysis else {
      throw .refused("The singular vectors are not there yet.")
    }
    let content = subject.prepared.loaded.content
    let shape = content.shape
    try ExperimentError.requireEntries(shape)
    guard rank <= shape.shortSide else {
      throw .refused("\(RankOutOfRange(rank: rank, limit: shape.shortSide))")
    }
    let matrix = content.formed()
    let costs = ParameterCosts(shape: shape, sourceElementSize: 1, factorElementSize: 1)
    var finding = SpeedFinding(
      shape: shape, precisionName: matrix.storage.precisionName, threads: BLASThreads.inUse, kernels: BLASKernels.name,
      isTimed: subject.isTimed, breakEvenRank: costs.breakEvenRank, rank: rank, isFormed: content.product != nil,
      batches: batches.map { BatchSpeed(batch: $0, denseFlops: 2 * Double(shape.count) * Double($0)) })
    do throws(Cancelled) {
      let solving = Inversion(matrix: matrix, svd: svd, analysis: analysis, isTimed: subject.isTimed, seconds: seconds)
      finding.pseudoinverse = try solving.pseudoinverse(rank: rank, control: control)
      report(finding)
      finding.inversion = try solving.ridge(ridge, rank: rank, control: control)
      report(finding)
      try timeProducts(matrix, svd, &finding, control: control.part(0.1..<1), report: report)
    } catch {
      throw .cancelled
    }
    return finding
  }

  private func timeProducts(
    _ matrix: DenseMatrix, _ svd: SVD, _ finding: inout SpeedFinding, control: WorkControl,
    report: (SpeedFinding) -> Void
  ) throws(Cancelled) {
    let timer = ProductTimer(matrix: matrix, svd: svd, seconds: seconds)
    let ranks = rankList(finding, limit: timer.limit)
    var memoryRate = 0.0
    let meter = RateMeter(matrix: matrix, rank: max(1, min(finding.breakEvenRank, timer.limit)), seconds: seconds / 3)
    if finding.isTimed { memoryRate = try meter.memoryRate(control: control) }
    // What is asked about comes first, for every batch; then the crossovers, then the curves.
    let stages = Double(batches.count) * (finding.isTimed ? Double(ranks.count) + 8 : 1)
    var done = 0.0
    for (place, batch) in batches.enumerated() {
      try control.step(done / stages)
      let speed = try speed(rank, batch, timer, finding.isTimed, control)
      finding.batches[place].curve = [speed]
      report(finding)
      done += 1
    }
    guard finding.isTimed else {
      for place in batches.indices {
        finding.batches[place].curve = ranks.map {
          RankSpeed(rank: $0, factoredFlops: flops($0, finding.shape, batches[place]), times: nil)
        }
      }
      return
    }
    for (place, batch) in batches.enumerated() {
      finding.batches[place].prediction = try meter.prediction(batch: batch, memoryRate: memoryRate, control: control)
      finding.batches[place].crossover = try timer.crossover(
        batch: batch, first: finding.breakEvenRank, control: control)
      done += 8
      try control.step(done / stages)
      report(finding)
    }
    for (place, batch) in batches.enumerated() {
      for rank in ranks where rank != self.rank {
        let speed = try speed(rank, batch, timer, true, control)
        finding.batches[place].curve.append(speed)
        finding.batches[place].curve.sort { $0.rank < $1.rank }
        done += 1
        try control.step(done / stages)
        report(finding)
      }
    }
  }

  private func speed(
    _ rank: Int, _ batch: Int, _ timer: ProductTimer, _ isTimed: Bool, _ control: WorkControl
  ) throws(Cancelled) -> RankSpeed {
    RankSpeed(
      rank: rank, factoredFlops: flops(rank, timer.shape, batch),
      times: isTimed ? try timer.times(rank: rank, batch: batch, control: control) : nil)
  }

  private func flops(_ rank: Int, _ shape: Shape, _ batch: Int) -> Double {
    2 * Double(rank) * Double(shape.rows + shape.columns) * Double(batch)
  }

  /// The rank that is asked about, and ranks spread evenly up to the last, break-even among them.
  private func rankList(_ finding: SpeedFinding, limit: Int) -> [Int] {
    guard curvePoints > 0, limit > 0 else { return [rank] }
    let spread = (1...curvePoints).map { max(1, limit * $0 / curvePoints) }
    return Set(spread + [1, rank, min(limit, max(1, finding.breakEvenRank))]).sorted()
  }
}
