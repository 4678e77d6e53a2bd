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

  /// Independent standard normal entries.
  init(random shape: Shape, worksInFloat: Bool, seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    storage =
      worksInFloat
      ? .float(Matrix<Float>(shape) { for index in $0.indices { $0[index] = Float(generator.gaussian()) } })
      : .double(.gaussian(shape, from: &generator))
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
