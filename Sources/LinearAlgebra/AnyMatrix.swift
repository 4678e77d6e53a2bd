/// A matrix in one of the two working precisions. Beyond the numeric rooms nothing is generic over the scalar.
package enum AnyMatrix: Sendable {
  case float(Matrix<Float>)
  case double(Matrix<Double>)

  /// m × n.
  package var shape: Shape {
    switch self {
    case .float(let matrix): matrix.shape
    case .double(let matrix): matrix.shape
    }
  }

  /// Whether the entries are f32.
  package var isFloat: Bool { if case .float = self { true } else { false } }

  /// "f32" or "f64".
  package var precisionName: String {
    switch self {
    case .float: Float.precisionName
    case .double: Double.precisionName
    }
  }

  /// The working precision's distance from 1 to the next scalar.
  package var epsilon: Double {
    switch self {
    case .float: Float.epsilon
    case .double: Double.epsilon
    }
  }

  /// Entry (i, j) as a double, which holds either precision exactly.
  package subscript(_ i: Int, _ j: Int) -> Double {
    switch self {
    case .float(let matrix): Double(matrix[i, j])
    case .double(let matrix): matrix[i, j]
    }
  }

  /// The given rows and columns, in that order, copied.
  package func selecting(rows: [Int], columns: [Int]) -> AnyMatrix {
    switch self {
    case .float(let matrix): .float(matrix.selecting(rows: rows, columns: columns))
    case .double(let matrix): .double(matrix.selecting(rows: rows, columns: columns))
    }
  }

  /// The n × m transpose, copied.
  package func transposed() -> AnyMatrix {
    switch self {
    case .float(let matrix): .float(matrix.transposed())
    case .double(let matrix): .double(matrix.transposed())
    }
  }

  /// Column `j` in f64, each entry times `scale`.
  package func column(_ j: Int, scaledBy scale: Double) -> [Double] {
    (0..<shape.rows).map { self[$0, j] * scale }
  }
}
