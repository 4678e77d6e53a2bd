import Factorizations
import LinearAlgebra
import MatrixFiles
import RankAnalysis

/// A matrix of which parts are held out, in units in which its squares stay in range.
struct HoldoutMatrix: Sendable {
  /// X, scaled.
  private let matrix: DenseMatrix
  private let sourceEpsilon: Double
  private let planner: SolverPlanner
  /// The mean square of the scaled entries.
  private let meanSquare: Double
  /// √(mean square of the entries), in A's units.
  let rootMeanSquare: Double

  /// The matrix of `subject`; thin factors are multiplied out.
  ///
  /// - Throws: where entries are NaN or infinite, or where a product's would not fit in memory.
  init(_ subject: ExperimentSubject) throws(ExperimentError) {
    let loaded = subject.prepared.loaded
    let bad = loaded.summary.nonFiniteCount
    guard bad == 0 else { throw .factorization(.nonFinite(count: bad)) }
    do throws(FileError) { try loaded.requireEntries(source: "this product") } catch {
      throw .refused(error.description)
    }
    let unscaled = loaded.matrix
    let scaling = RangeScaling(
      largestMagnitude: loaded.summary.largestMagnitude, worksInFloat: unscaled.storage.isFloat)
    matrix =
      scaling == .none
      ? unscaled
      : DenseMatrix(unscaled.storage.scaled(by: scaling.factor), isStoredTransposed: unscaled.isStoredTransposed)
    sourceEpsilon = subject.prepared.sourceEpsilon
    planner = subject.planner.forcing(.thinSVD).exact
    let count = Double(max(1, unscaled.shape.count))
    rootMeanSquare = loaded.summary.frobeniusNorm / count.squareRoot()
    let scaled = loaded.summary.frobeniusNorm * scaling.factor
    meanSquare = scaled * scaled / count
  }

  /// The entries as they are stored, scaled, and whether that is the transpose.
  var storage: AnyMatrix { matrix.storage }
  var isStoredTransposed: Bool { matrix.isStoredTransposed }

  /// m × n.
  var shape: Shape { matrix.shape }

  /// Refuses folds that cannot be made.
  func admit(rowFolds: Int, columnFolds: Int) throws(ExperimentError) {
    let folds = "\(rowFolds) × \(columnFolds) folds"
    guard rowFolds >= 2, columnFolds >= 2 else {
      throw .refused("\(folds) hold nothing out: take at least 2 groups of rows and 2 of columns")
    }
    guard rowFolds <= shape.rows, columnFolds <= shape.columns else {
      throw .refused(
        "\(folds) need at least \(rowFolds) rows and \(columnFolds) columns, and this matrix is \(shape): take fewer")
    }
  }

  /// Refuses groups of rows that cannot be made.
  func admit(rowFolds: Int) throws(ExperimentError) {
    guard rowFolds >= 2 else { throw .refused("\(rowFolds) group of rows holds nothing out: take at least 2") }
    guard rowFolds <= shape.rows, shape.columns > 0 else {
      throw .refused("\(rowFolds) groups need at least \(rowFolds) rows, and this matrix is \(shape): take fewer")
    }
  }

  /// The entries of some rows and columns, in the order of the matrix.
  func entries(rows: [Int], columns: [Int]) -> AnyMatrix {
    let part = matrix.selecting(rows: rows, columns: columns)
    return part.isStoredTransposed ? part.storage.transposed() : part.storage
  }

  /// The thin SVD of some rows and columns.
  func thinSVD(rows: [Int], columns: [Int], control: WorkControl) throws(ExperimentError) -> SolvedPart {
    let part = matrix.selecting(rows: rows, columns: columns)
    let input = SolveInput(matrix: part, summary: EntrySummary(part.storage), sourceEpsilon: sourceEpsilon)
    do throws(FactorizationError) {
      let svd = try planner.thinSVD(of: input, control: control).0
      return SolvedPart(svd: svd, spectrum: Spectrum(svd, of: input))
    } catch {
      throw ExperimentError(error)
    }
  }

  /// A sum of `count` squares as a relative mean square; 0 for a zero matrix.
  func relative(_ sum: Double, count: Int) -> Double {
    guard meanSquare > 0, count > 0 else { return 0 }
    return max(0, sum) / (Double(count) * meanSquare)
  }

  /// The relative mean squared error of a part by its own A_k, for k = 0 … `rank`.
  func trainingErrors(_ solved: SolvedPart, upTo rank: Int) -> [Double] {
    let count = solved.svd.shape.count
    var tails = [0.0]
    for value in solved.spectrum.values.reversed() { tails.append((tails.last ?? 0) + value * value) }
    tails.reverse()
    return (0...rank).map { relative(tails[min($0, tails.count - 1)], count: count) }
  }
}

/// A part of a matrix, factored.
struct SolvedPart: Sendable {
  let svd: SVD
  let spectrum: Spectrum

  /// σ₁ ≥ σ₂ ≥ …
  var values: [Double] { svd.singularValues }

  /// How many of them are more than rounding.
  var rank: Int { values.prefix { $0 > spectrum.floorValue && $0 > 0 }.count }
}

extension SolverPlanner {
  /// The same planner, which answers exactly.
  fileprivate var exact: SolverPlanner {
    var planner = self
    planner.accuracy = .full
    return planner
  }
}
