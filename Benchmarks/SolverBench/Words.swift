import Factorizations
import LinearAlgebra

/// Why a line cannot be served.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The words of a line, taken one after the other.
struct Words {
  private var rest: ArraySlice<Substring>

  init(_ line: String) { rest = line.split(separator: " ")[...] }

  /// Whether every word was taken.
  var isEmpty: Bool { rest.isEmpty }

  /// The next word, which is the `meaning`.
  mutating func next(_ meaning: String) throws(BenchError) -> String {
    guard let word = rest.popFirst() else { throw BenchError("the \(meaning) is missing") }
    return String(word)
  }

  /// The next word as a whole number of at least 1.
  mutating func count(_ meaning: String) throws(BenchError) -> Int {
    let word = try next(meaning)
    guard let number = Int(word), number > 0 else { throw BenchError("“\(word)” is no \(meaning)") }
    return number
  }

  /// Two whole numbers: rows and columns.
  mutating func shape() throws(BenchError) -> Shape {
    Shape(try count("number of rows"), try count("number of columns"))
  }

  /// Whether the next word says f32 rather than f64.
  mutating func worksInFloat() throws(BenchError) -> Bool {
    let word = try next("precision")
    switch word {
    case Float.precisionName: return true
    case Double.precisionName: return false
    default: throw BenchError("“\(word)” is neither f32 nor f64")
    }
  }

  /// The next word as what is asked of a solver.
  mutating func outcome() throws(BenchError) -> SolveRequest.Outcome {
    let word = try next("outcome")
    guard let outcome = SolveRequest.Outcome(rawValue: word) else {
      throw BenchError("“\(word)” is neither values nor thinSVD")
    }
    return outcome
  }

  /// A request for a shape that need not be loaded: outcome, rows, columns, precision, threads and, if any, the accuracy.
  mutating func request() throws(BenchError) -> SolveRequest {
    let (outcome, shape) = (try outcome(), try shape())
    let (worksInFloat, threads) = (try worksInFloat(), try count("number of threads"))
    let word = isEmpty ? SolveRequest.Accuracy.full.rawValue : try next("accuracy")
    guard let accuracy = SolveRequest.Accuracy(rawValue: word) else {
      throw BenchError("“\(word)” is neither full nor preview")
    }
    return SolveRequest(
      shape: shape, worksInFloat: worksInFloat, outcome: outcome, accuracy: accuracy, threads: threads)
  }
}
