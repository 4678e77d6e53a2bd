import Factorizations
import Foundation
import LinearAlgebra

/// Runs one factorization on a matrix from a file and writes its iterations as JSON, so that a harness can let ours and
/// others take turns from the same start.
///
/// - `method-bench gemm SIDE f32|f64`: the operations a second of a product of two square matrices.
/// - `method-bench METHOD FILE ROWS COLUMNS f32|f64 RANK ITERATIONS [START]`: FILE holds the entries column by column
///   without a header; START likewise those of B and then those of C.
@main
struct MethodBench {
  static func main() {
    BLASKernels.restartIfUnrecognised()
    BLASThreads.useAllCores()
    do {
      print(try answer(Array(CommandLine.arguments.dropFirst())))
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private static func answer(_ words: [String]) throws -> String {
    if words.first == "gemm", words.count == 3, let side = Int(words[1]) {
      return try json(["flops_per_second": gemmRate(side, worksInFloat: words[2] == "f32")])
    }
    guard words.count >= 7, let rows = Int(words[2]), let columns = Int(words[3]), let rank = Int(words[5]),
      let iterations = Int(words[6]), let method = FactorizationCatalog.method(words[0])
    else { throw BenchError("METHOD FILE ROWS COLUMNS f32|f64 RANK ITERATIONS [START]") }
    let isFloat = words[4] == "f32"
    var options = FactorizationOptions(rank: rank)
    options.iterations = iterations
    options.tolerance = 0
    if words.count > 7 {
      let all = try entries(words[7], Shape(1, rank * (rows + columns)), isFloat)
      options.start = FactorPair(
        left: part(all, 0, Shape(rows, rank)), right: part(all, rows * rank, Shape(rank, columns)))
    }
    let input = FactorizationInput(DenseMatrix(try entries(words[1], Shape(rows, columns), isFloat)))
    // The others run in a process that is warm: BLAS makes its threads and buffers at the first products.
    var few = options
    few.iterations = min(3, iterations)
    _ = try method.factor(input, options: few, control: WorkControl()) { _ in }
    var points: [Point] = []
    let result = try method.factor(input, options: options, control: WorkControl()) { progress in
      points.append(Point(iteration: progress.iteration, seconds: progress.seconds, error: progress.error))
    }
    return try json(
      Run(points: points, error: result.progress.error, norm: input.summary.frobeniusNorm, kernels: BLASKernels.name))
  }

  private struct Point: Encodable {
    let iteration: Int
    let seconds: Double
    let error: Double
  }

  private struct Run: Encodable {
    let points: [Point]
    let error: Double
    let norm: Double
    let kernels: String
  }

  private static func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }
}

/// Why nothing was run.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The entries of the file at `path`, column by column without a header.
private func entries(_ path: String, _ shape: Shape, _ isFloat: Bool) throws -> AnyMatrix {
  let bytes = try Data(contentsOf: URL(filePath: path))
  guard bytes.count == shape.count * (isFloat ? 4 : 8) else { throw BenchError("\(path) does not hold \(shape)") }
  return isFloat ? .float(matrix(bytes, shape)) : .double(matrix(bytes, shape))
}

private func matrix<Scalar: RealScalar>(_ bytes: Data, _ shape: Shape) -> Matrix<Scalar> {
  Matrix<Scalar>(shape) { target in
    _ = bytes.withUnsafeBytes { $0.copyBytes(to: UnsafeMutableRawBufferPointer(target)) }
  }
}

/// A matrix of `shape` from a row of entries.
private func part(_ all: AnyMatrix, _ start: Int, _ shape: Shape) -> AnyMatrix {
  all.isFloat
    ? .float(Matrix<Float>(shape) { i, j in Float(all[0, start + i + j * shape.rows]) })
    : .double(Matrix<Double>(shape) { i, j in all[0, start + i + j * shape.rows] })
}

/// 2n³ over the shortest of five products of two n × n matrices.
private func gemmRate(_ side: Int, worksInFloat: Bool) -> Double {
  worksInFloat ? rate(of: Float.self, side) : rate(of: Double.self, side)
}

private func rate<Scalar: RealScalar>(of: Scalar.Type, _ side: Int) -> Double {
  let a = Matrix<Scalar>(Shape(side, side)) { i, j in Scalar((i * 7 + j * 3) % 11) / 11 }
  let best = (0..<5).map { _ in ContinuousClock().measure { _ = a.multiplied(by: a) } / .seconds(1) }.min()
  return 2 * Double(side) * Double(side) * Double(side) / (best ?? .infinity)
}
