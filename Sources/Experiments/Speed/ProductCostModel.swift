import LinearAlgebra

/// What a product costs by a simple model: FLOPs ÷ the rate of gemm at its shape, and every operand's bytes ÷ the rate at
/// which memory is read.
///
/// A m × n takes the time t_A = 2mnb/r_A + s·mn/w for b columns of X, and X and the result the same in both ways. The factors
/// take t_k = 2knb/r_R + 2mkb/r_L + s·k(m + n)/w + 2s·kb/w, the last for the k × b numbers between the two products, written
/// and read. Where t_k = t_A lies the predicted crossover.
///
/// The rates r are those of the kernels alone, on operands that the cache holds; w is that of reading A once,
/// wherever it lies.
///
/// Source: the roofline of Williams, Waterman & Patterson, Commun. ACM 52 (2009), with sums in place of maxima.
package struct CrossoverPrediction: Hashable, Sendable {
  /// The rank at which both are predicted to take as long; at most min(m, n).
  package let rank: Int
  /// FLOPs a second of gemm at the shape of A·X, of Vᵀ·X and of UΣ·(…), in the cache.
  package let denseRate: Double, rightRate: Double, leftRate: Double
  /// Bytes a second of reading a matrix of A's size.
  package let memoryRate: Double
  /// The share of the time of A·X that goes into reading A.
  package let memoryShare: Double

  /// Predicts from rates that were measured.
  init(
    shape: Shape, batch: Int, bytesPerScalar: Int, denseRate: Double, rightRate: Double, leftRate: Double,
    memoryRate: Double
  ) {
    let (m, n, b, s) = (Double(shape.rows), Double(shape.columns), Double(batch), Double(bytesPerScalar))
    self.denseRate = denseRate
    self.rightRate = rightRate
    self.leftRate = leftRate
    self.memoryRate = memoryRate
    let reading = s * m * n / memoryRate
    let dense = 2 * m * n * b / denseRate + reading
    let each = 2 * n * b / rightRate + 2 * m * b / leftRate + s * (m + n + 2 * b) / memoryRate
    memoryShare = dense > 0 ? reading / dense : 0
    rank = each > 0 ? min(shape.shortSide, Int((dense / each).rounded(.down))) : 0
  }
}

/// Measures the rates that the model needs, by the quicker quartile of their timings: a rate is what the machine can do,
/// whatever else it does meanwhile.
struct RateMeter {
  /// A.
  let matrix: DenseMatrix
  /// The rank at which the factors' shapes are tried: break-even.
  let rank: Int
  /// The seconds for each rate.
  let seconds: Double

  private var shape: Shape { matrix.shape }
  private var isFloat: Bool { matrix.isFloat }
  private var bytesPerScalar: Int { isFloat ? 4 : 8 }

  /// Bytes a second of reading A: gemv, which reads each entry once.
  func memoryRate(control: WorkControl) throws(Cancelled) -> Double {
    let product = RepeatedProduct(
      [matrix], times: .gaussian(Shape(shape.columns, 1), isFloat: isFloat, seed: 3))
    return Double(shape.count * bytesPerScalar)
      / (try timed(product.run, seconds: seconds, control: control)).lowerQuartile
  }

  /// The prediction for a batch.
  func prediction(batch: Int, memoryRate: Double, control: WorkControl) throws(Cancelled) -> CrossoverPrediction {
    CrossoverPrediction(
      shape: shape, batch: batch, bytesPerScalar: bytesPerScalar,
      denseRate: try kernelRate(shape, batch, control),
      rightRate: try kernelRate(Shape(rank, shape.columns), batch, control),
      leftRate: try kernelRate(Shape(shape.rows, rank), batch, control), memoryRate: memoryRate)
  }

  /// FLOPs a second of a product of such a shape, its long sides cut so that a megabyte holds each operand.
  private func kernelRate(_ shape: Shape, _ batch: Int, _ control: WorkControl) throws(Cancelled) -> Double {
    let room = (1 << 20) / bytesPerScalar
    var (rows, columns) = (max(1, shape.rows), max(1, shape.columns))
    while rows * max(columns, batch) > room, rows >= columns, rows > 1 { rows = (rows + 1) / 2 }
    while columns * max(rows, batch) > room, columns > 1 { columns = (columns + 1) / 2 }
    while rows * max(columns, batch) > room, rows > 1 { rows = (rows + 1) / 2 }
    let small = Shape(rows, columns)
    let product = random(small, batch, seed: 4)
    let once = 2 * Double(small.count) * Double(batch)
    // So many that a clock can tell.
    let calls = max(1, Int(2e6 / once))
    let work = { for _ in 0..<calls { product.run() } }
    return once * Double(calls) / (try timed(work, seconds: seconds, control: control)).lowerQuartile
  }

  private func random(_ shape: Shape, _ columns: Int, seed: UInt64) -> RepeatedProduct {
    RepeatedProduct(
      [DenseMatrix(.gaussian(shape, isFloat: isFloat, seed: seed))],
      times: .gaussian(Shape(shape.columns, columns), isFloat: isFloat, seed: seed + 10))
  }
}
