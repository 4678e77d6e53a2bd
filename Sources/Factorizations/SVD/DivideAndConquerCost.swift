import LinearAlgebra

/// What gesdd costs, in flops, bytes and seconds. Sums in f64, so that no claimed shape overflows them.
///
/// With p the short side and N the long one, the reduction to bidiagonal form takes 4p²N − 4/3·p³ flops, or 2p²N + 2p³
/// after a QR factorization when one side is much longer; the vectors take about 4p²N + 20/3·p³ more.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th ed., § 8.6.
struct DivideAndConquerCost {
  /// The floating-point operations.
  let flops: Double
  /// The copy of the matrix, the work space and the results.
  let bytes: Double
  /// The seconds on one core of about 90 (f32) or 45 (f64) Gflop/s in matrix products.
  let seconds: Double

  init(_ request: SolveRequest) {
    let (m, n) = (Double(request.shape.rows), Double(request.shape.columns))
    let (p, long) = (min(m, n), max(m, n))
    let reduction = min(4 * p * p * long - 4 / 3 * p * p * p, 2 * p * p * long + 2 * p * p * p)
    let withVectors = request.outcome == .thinSVD
    let vectors = withVectors ? 4 * p * p * long + 20 / 3 * p * p * p : 0
    flops = reduction + vectors

    // Half of the reduction is matrix–vector products, which wait for memory; the vectors are matrix products.
    let rate = request.worksInFloat ? (reduction: 16e9, vectors: 50e9) : (reduction: 8e9, vectors: 25e9)
    seconds = reduction / rate.reduction + vectors / rate.vectors

    let size = request.worksInFloat ? 4.0 : 8.0
    let scratch = 64 * (p + long) + (withVectors ? 5 * p * p + 10 * p : 3 * p + max(long, 7 * p))
    bytes = size * (m * n + scratch + (withVectors ? p * (m + n) : 0)) + 48 * p
  }

  /// The estimate to one digit: "40 ms", "2 s", "3 min".
  var spokenSeconds: String {
    if seconds < 0.001 { return "1 ms" }
    if seconds < 0.95 { return "\(oneDigit(seconds * 1000)) ms" }
    if seconds < 95 { return "\(oneDigit(seconds)) s" }
    if seconds < 5400 { return "\(oneDigit(seconds / 60)) min" }
    if seconds < 500_000 { return "\(oneDigit(seconds / 3600)) h" }
    return seconds < 3e9 ? "\(oneDigit(seconds / 86_400)) days" : "more than a lifetime"
  }

  private func oneDigit(_ value: Double) -> Int {
    var step = 1.0
    while value >= 10 * step { step *= 10 }
    return Int((value / step).rounded() * step)
  }
}
