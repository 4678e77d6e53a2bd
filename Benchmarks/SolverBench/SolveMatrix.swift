import Factorizations
import Glibc
import LinearAlgebra

/// A matrix to solve.
struct SolveMatrix {
  /// What is told of a matrix that was loaded.
  struct Description: Encodable {
    let rows: Int
    let columns: Int
    let precision: String
    let frobeniusNorm: Double
  }

  /// The entries.
  let storage: AnyMatrix

  /// The entries of the file at `path`, column by column without a header.
  init(path: String, _ shape: Shape, worksInFloat: Bool) throws(BenchError) {
    storage =
      worksInFloat
      ? .float(try Matrix<Float>(shape) { entries throws(BenchError) in try read(path, entries) })
      : .double(try Matrix<Double>(shape) { entries throws(BenchError) in try read(path, entries) })
  }

  /// A random matrix. "flat": independent standard normal entries. "decaying": σ_i about ∝ 1/i until it meets the noise at
  /// about σ₁/100, as of measured data.
  init(_ kind: String, _ shape: Shape, worksInFloat: Bool, seed: Int) throws(BenchError) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var entries = Matrix<Double>.gaussian(shape, from: &generator)
    switch kind {
    case "flat": break
    case "decaying":
      let rank = min(100, shape.shortSide)
      var left = Matrix<Double>.gaussian(Shape(shape.rows, rank), from: &generator)
      left.withMutableEntries { for index in $0.indices { $0[index] /= Double(1 + index / shape.rows) } }
      let product = left.multiplied(by: .gaussian(Shape(rank, shape.columns), from: &generator))
      // ‖G‖₂ is about √m + √n; σ₁ of the product about √(m·n).
      let (m, n) = (Double(shape.rows).squareRoot(), Double(shape.columns).squareRoot())
      let noise = 0.01 * m * n / (m + n)
      entries.withMutableEntries { target in
        product.withEntries { for index in target.indices { target[index] = noise * target[index] + $0[index] } }
      }
    default: throw BenchError("“\(kind)” is neither decaying nor flat")
    }
    storage =
      worksInFloat
      ? .float(
        Matrix<Float>(shape) { target in
          entries.withEntries { for index in target.indices { target[index] = Float($0[index]) } }
        }) : .double(entries)
  }

  /// What a solver is given. Cost: one pass over the entries.
  var input: SolveInput {
    SolveInput(matrix: DenseMatrix(storage), summary: EntrySummary(storage), sourceEpsilon: storage.epsilon)
  }

  var description: Description {
    Description(
      rows: storage.shape.rows, columns: storage.shape.columns, precision: storage.precisionName,
      frobeniusNorm: EntrySummary(storage).frobeniusNorm)
  }
}

/// Fills `entries` with the whole file at `path`.
private func read<Scalar>(_ path: String, _ entries: UnsafeMutableBufferPointer<Scalar>) throws(BenchError) {
  guard let file = fopen(path, "rb") else { throw BenchError("\(path) cannot be opened") }
  defer { fclose(file) }
  guard fread(entries.baseAddress, MemoryLayout<Scalar>.stride, entries.count, file) == entries.count,
    fgetc(file) == EOF
  else { throw BenchError("\(path) does not hold \(entries.count) entries") }
}

/// Writes `values` to the file at `path` as they lie in memory.
func write(_ values: [Double], to path: String) throws(BenchError) {
  guard let file = fopen(path, "wb") else { throw BenchError("\(path) cannot be written") }
  defer { fclose(file) }
  guard fwrite(values, MemoryLayout<Double>.stride, values.count, file) == values.count else {
    throw BenchError("\(path) could not be written")
  }
}
