import Factorizations
import LinearAlgebra

/// Single entries are hidden, and filled in by factors that alternating least squares fits to the others: missing is not
/// zero. Their error falls while the rank follows structure and rises while it follows noise.
///
/// Source: Wold, Technometrics 20 (1978), 397–405, with the fit of Zhou et al., AAIM 2008.
package struct HeldOutEntries: Experiment {
  /// The share of the entries that is hidden.
  package var share = 0.1
  /// How often all of it is done, each time with other entries.
  package var repeats = 1
  /// The largest rank that is tried; nil for 32, or all where there are fewer.
  package var largestRank: Int?
  /// What decides which entries, and where the fit starts.
  package var seed: UInt64 = 1

  /// A tenth of the entries.
  package init() {}

  /// - Throws: a refusal where no entry could be hidden and told.
  /// - Complexity: about 2·mn·k² flops for each iteration at each rank k, at most 100 of them.
  package func run(
    on subject: ExperimentSubject, control: WorkControl, report: (ValidationFinding) -> Void
  ) throws(ExperimentError) -> ValidationFinding {
    let matrix = try HoldoutMatrix(subject)
    let largest = min(matrix.shape.shortSide, max(0, largestRank ?? 32))
    var generator = SeededGenerator(seed: seed)
    let draws = (0..<max(1, repeats)).map { _ in HiddenEntries(of: matrix.shape, share: share, from: &generator) }
    guard draws.allSatisfy({ $0.count > 0 }) else {
      throw .refused(
        "no entry of this \(matrix.shape) matrix can be hidden and leave one in its row and its column: hold out more, "
          + "or take a larger matrix")
    }
    let grid = Self.ranks(upTo: largest)
    // An iteration's cost grows with k².
    let costs = grid.map { Double(($0 + 2) * ($0 + 2)) }
    let total = costs.reduce(0, +) * Double(draws.count)
    var done = 0.0
    var errors = draws.map { _ in [Double]() }
    var training = errors
    func finding() -> ValidationFinding {
      ValidationFinding(
        .entries, of: matrix.shape, rowFolds: 1, columnFolds: 1, repeats: draws.count, hiddenShare: share, seed: seed,
        rootMeanSquare: matrix.rootMeanSquare, ranks: Array(grid.prefix(errors[0].count)), largestRank: largest,
        foldErrors: errors, foldTrainingErrors: training, foldCount: draws.count)
    }
    for (rank, cost) in zip(grid, costs) {
      for (place, hidden) in draws.enumerated() {
        let part = control.part(done / total..<(done + cost) / total)
        let found = try fit(matrix, hidden, rank: rank, control: part)
        errors[place].append(found.heldOut)
        training[place].append(found.training)
        done += cost
      }
      report(finding())
    }
    return finding()
  }

  /// 0, 1, 2, 3, 4, 6, 8, 12, 16, 24 …, and `largest`.
  static func ranks(upTo largest: Int) -> [Int] {
    var ranks = [0, 1, 2, 3]
    for power in sequence(first: 4, next: { $0 * 2 }).prefix(while: { $0 <= largest }) {
      ranks += [power, power + power / 2]
    }
    return ranks.filter { $0 < largest } + [largest]
  }

  /// The relative mean squared errors of the hidden entries and of the others by factors of `rank`.
  private func fit(
    _ matrix: HoldoutMatrix, _ hidden: HiddenEntries, rank: Int, control: WorkControl
  ) throws(ExperimentError) -> (heldOut: Double, training: Double) {
    let (masked, values) = matrix.hiding(hidden)
    let observed = matrix.shape.count - hidden.count
    let input = FactorizationInput(masked)
    guard rank > 0 else {
      let norm = input.summary.frobeniusNorm
      return (
        matrix.relative(values.reduce(0) { $0 + $1 * $1 }, count: hidden.count),
        matrix.relative(norm * norm, count: observed)
      )
    }
    var options = FactorizationOptions(rank: rank)
    options.seed = seed
    options.iterations = 100
    options.tolerance = 1e-4
    do throws(FactorizationError) {
      let found = try AlternatingLeastSquares().factor(input, options: options, control: control) { _ in }
      let error = found.progress.error
      return (
        matrix.relative(hidden.squaredError(of: found.factors, values), count: hidden.count),
        matrix.relative(error * error, count: observed)
      )
    } catch .refused(let sentence) {
      throw .refused(sentence)
    } catch {
      throw ExperimentError(error)
    }
  }
}

/// Which entries of a matrix are hidden.
struct HiddenEntries: Sendable {
  /// Their rows and columns, column by column.
  let rows: [Int32]
  let columns: [Int32]

  /// Each entry with probability `share`, as long as one is left in its row and its column.
  init(of shape: Shape, share: Double, from generator: inout SeededGenerator) {
    var rows: [Int32] = []
    var columns: [Int32] = []
    var left = [Int](repeating: shape.columns, count: shape.rows)
    for j in 0..<shape.columns {
      var leftInColumn = shape.rows
      for i in 0..<shape.rows where generator.uniform() < share && left[i] > 1 && leftInColumn > 1 {
        rows.append(Int32(truncatingIfNeeded: i))
        columns.append(Int32(truncatingIfNeeded: j))
        left[i] -= 1
        leftInColumn -= 1
      }
    }
    self.rows = rows
    self.columns = columns
  }

  /// How many there are.
  var count: Int { rows.count }

  /// Σ (a_ij − b_iᵀc_j)² over the hidden entries, whose values are `values`.
  func squaredError(of factors: FactorPair, _ values: [Double]) -> Double {
    let (left, right) = (factors.left.widened.transposed(), factors.right.widened)
    let k = right.rows
    return left.withEntries { b in
      right.withEntries { c in
        var sum = 0.0
        for place in values.indices {
          let (i, j) = (Int(rows[place]) * k, Int(columns[place]) * k)
          var rest = values[place]
          for inner in 0..<k { rest -= b[i + inner] * c[j + inner] }
          sum += rest * rest
        }
        return sum
      }
    }
  }
}

extension HoldoutMatrix {
  /// The matrix without the entries of `hidden`, and what those are.
  func hiding(_ hidden: HiddenEntries) -> (masked: DenseMatrix, values: [Double]) {
    let (stored, isTransposed) = (storage, isStoredTransposed)
    func offset(_ place: Int) -> Int {
      let (i, j) = (Int(hidden.rows[place]), Int(hidden.columns[place]))
      return isTransposed ? j + i * shape.columns : i + j * shape.rows
    }
    func mask<Scalar: RealScalar>(_ matrix: inout Matrix<Scalar>) -> [Double] {
      matrix.withMutableEntries { entries in
        (0..<hidden.count).map { place in
          let value = Double(entries[offset(place)])
          entries[offset(place)] = .nan
          return value
        }
      }
    }
    switch stored {
    case .float(var matrix):
      let values = mask(&matrix)
      return (DenseMatrix(.float(matrix), isStoredTransposed: isTransposed), values)
    case .double(var matrix):
      let values = mask(&matrix)
      return (DenseMatrix(.double(matrix), isStoredTransposed: isTransposed), values)
    }
  }
}
