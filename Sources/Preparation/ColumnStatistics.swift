import LinearAlgebra

/// Mean and spread of one column, in f64.
struct ColumnStatistics: Hashable, Sendable {
  /// The mean; exactly the common value of a constant column.
  var mean: Double
  /// The standard deviation over all m entries (divided by m); exactly 0 for a constant column.
  var deviation: Double
  /// The smallest and the largest entry.
  var minimum: Double, maximum: Double

  /// What the column is divided by: its deviation, or 1 if that is rounding alone.
  var scale: Double { deviation > 1e-13 * max(abs(minimum), abs(maximum)) ? deviation : 1 }

  /// The statistics of every column of `matrix`, in two passes.
  static func of(_ matrix: DenseMatrix) -> [ColumnStatistics] {
    switch matrix.storage {
    case .float(let entries): of(entries, isTransposed: matrix.isStoredTransposed)
    case .double(let entries): of(entries, isTransposed: matrix.isStoredTransposed)
    }
  }

  private static func of<Scalar: RealScalar>(_ matrix: Matrix<Scalar>, isTransposed: Bool) -> [ColumnStatistics] {
    let (inner, outer) = (matrix.rows, matrix.columns)
    let count = isTransposed ? inner : outer
    let length = Double(isTransposed ? outer : inner)
    var found = Array(
      repeating: ColumnStatistics(mean: 0, deviation: 0, minimum: .infinity, maximum: -.infinity), count: count)
    guard length > 0 else { return found.map { _ in ColumnStatistics(mean: 0, deviation: 0, minimum: 0, maximum: 0) } }
    matrix.withEntries { entries in
      for j in 0..<outer {
        for i in 0..<inner {
          let value = Double(entries[i + j * inner])
          let column = isTransposed ? i : j
          found[column].mean += value / length
          found[column].minimum = min(found[column].minimum, value)
          found[column].maximum = max(found[column].maximum, value)
        }
      }
      for column in found.indices where found[column].minimum == found[column].maximum {
        found[column].mean = found[column].minimum
      }
      for j in 0..<outer {
        for i in 0..<inner {
          let column = isTransposed ? i : j
          let distance = Double(entries[i + j * inner]) - found[column].mean
          found[column].deviation += distance * distance / length
        }
      }
    }
    for column in found.indices { found[column].deviation = found[column].deviation.squareRoot() }
    return found
  }
}

extension DenseMatrix {
  /// The matrix of `body`(i, j, a_ij), computed in f64 and stored as A is.
  func mapped(_ body: (Int, Int, Double) -> Double) -> DenseMatrix {
    func copy<Scalar: RealScalar>(_ matrix: Matrix<Scalar>) -> Matrix<Scalar> {
      let rows = matrix.rows
      return Matrix(matrix.shape) { target in
        matrix.withEntries { entries in
          for j in 0..<matrix.columns {
            for i in 0..<rows {
              let value = Double(entries[i + j * rows])
              target[i + j * rows] = Scalar(isStoredTransposed ? body(j, i, value) : body(i, j, value))
            }
          }
        }
      }
    }
    return switch storage {
    case .float(let matrix): DenseMatrix(.float(copy(matrix)), isStoredTransposed: isStoredTransposed)
    case .double(let matrix): DenseMatrix(.double(copy(matrix)), isStoredTransposed: isStoredTransposed)
    }
  }
}
