import Factorizations
import LinearAlgebra
import MatrixFiles
import MatrixSources
import Preparation
import RankAnalysis
import Synchronization
import Testing

/// The matrices of lessons and what is computed of them, by LAPACK and from the definitions.
enum Numbers {
  /// The matrix that `source` opens, in f64.
  static func matrix(_ source: String) throws -> Matrix<Double> {
    if let known = matrices.withLock({ $0[source] }) { return known }
    let file = try SourceOpener.open(source)
    let entry = try #require(file.tensors.first)
    let loaded = try file.read(entry, options: ReadOptions(), control: WorkControl())
    let entries = loaded.matrix
    let matrix = Matrix<Double>(loaded.shape) { i, j in entries[i, j] }
    matrices.withLock { $0[source] = matrix }
    return matrix
  }

  /// Its singular values.
  static func values(_ source: String) throws -> [Double] { try svd(source).values }

  /// Its thin SVD: U, σ, Vᵀ.
  static func svd(_ source: String) throws -> Factors {
    if let known = factors.withLock({ $0[source] }) { return known }
    let found = try svd(of: try matrix(source))
    factors.withLock { $0[source] = found }
    return found
  }

  /// The thin SVD of `matrix`.
  static func svd(of matrix: Matrix<Double>) throws -> Factors {
    let (u, values, vt) = try DivideAndConquer.thinSVD(matrix)
    return Factors(left: u, values: values, right: vt)
  }

  /// The analysis of its singular values, for rules.
  static func analysis(_ source: String) throws -> SpectrumAnalysis {
    analysis(of: try svd(source).values, try matrix(source).shape)
  }

  /// The analysis of `values` of an f64 matrix of `shape`.
  static func analysis(of values: [Double], _ shape: Shape) -> SpectrumAnalysis {
    let floor = Double(shape.longSide) * Double.ulpOfOne
    let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return SpectrumAnalysis(
      Spectrum(
        shape: shape, values: values, frobeniusNorm: norm, precisionFloor: floor, rounding: floor)
    )
  }

  /// The rank that the rule called `rule` picks.
  static func rank(_ rule: String, of source: String) throws -> Int {
    let shape = try matrix(source).shape
    return try rank(rule, of: try analysis(source), shape)
  }

  static func rank(_ rule: String, of analysis: SpectrumAnalysis, _ shape: Shape) throws -> Int {
    let found = try #require(RankRuleCatalog.rule(named: rule), "there is no rule \(rule)")
    let costs = ParameterCosts(shape: shape, sourceElementSize: 8, factorElementSize: 8)
    return try #require(found.answer(RuleContext(analysis: analysis, costs: costs))).rank
  }

  private static let matrices = Mutex<[String: Matrix<Double>]>([:])
  private static let factors = Mutex<[String: Factors]>([:])
}

/// A thin SVD in f64.
struct Factors: Sendable {
  let left: Matrix<Double>
  let values: [Double]
  let right: Matrix<Double>

  /// √(Σ_{i>k} σ²/Σ σ²).
  func error(_ rank: Int) -> Double {
    let all = values.reduce(0) { $0 + $1 * $1 }
    return (values.dropFirst(rank).reversed().reduce(0) { $0 + $1 * $1 } / all).squareRoot()
  }

  /// Σ_{i≤k} σ²/Σ σ².
  func energy(_ rank: Int) -> Double { 1 - error(rank) * error(rank) }

  /// Σ_{i≤k} s_i·u_i·v_iᵀ, with s = σ unless others are given.
  func product(_ rank: Int, values other: [Double]? = nil) -> Matrix<Double> {
    left.leadingColumns(rank).scaledLeadingColumns(Array((other ?? values).prefix(rank)))
      .multiplied(by: right.leadingRows(rank))
  }
}

extension Matrix<Double> {
  /// ‖A‖_F.
  var norm: Double { withEntries { sumOfSquares($0) }.squareRoot() }

  /// ‖A − B‖_F.
  func distance(to other: Matrix<Double>) -> Double { difference(other).norm }

  /// A − B.
  func difference(_ other: Matrix<Double>) -> Matrix<Double> { Matrix(shape) { self[$0, $1] - other[$0, $1] } }

  /// max |a_ij|.
  var largest: Double { withEntries { $0.reduce(0) { Swift.max($0, abs($1)) } } }
}

/// `value` rounded to `places` decimals, as lessons write it.
func decimals(_ value: Double, _ places: Int = 0) -> String {
  let scale = (0..<places).reduce(1.0) { unit, _ in unit * 10 }
  let rounded = Int((abs(value) * scale).rounded())
  let (whole, part) = rounded.quotientAndRemainder(dividingBy: Int(scale))
  let sign = value < 0 && rounded != 0 ? "−" : ""
  let digits = String(part)
  return sign + NumberFormat.grouped(whole)
    + (places == 0 ? "" : "." + String(repeating: "0", count: places - digits.count) + digits)
}

/// "sixteen", for small counts.
func word(_ count: Int) -> String {
  let words = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen",
    "fourteen", "fifteen", "sixteen",
  ]
  return words.indices.contains(count) ? words[count] : "\(count)"
}

/// "12 %".
func percent(_ share: Double, _ places: Int = 0) -> String { decimals(100 * share, places) + " %" }
