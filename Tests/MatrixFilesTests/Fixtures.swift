import LinearAlgebra
import Testing

@testable import MatrixFiles

/// The files that NumPy and Pillow wrote, beside this source.
enum Fixture {
  static let directory = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Fixtures/"

  /// The path of a fixture.
  static func path(_ name: String) -> String { directory + name }

  /// The bytes of a fixture.
  static func bytes(_ name: String) throws -> [UInt8] {
    let source = try openSource(path(name), control: WorkControl())
    return try source.bytes(at: 0, count: source.count)
  }

  /// Opens and reads a fixture's only matrix, or the one called `tensor`.
  static func read(
    _ name: String, tensor: String? = nil, options: ReadOptions = ReadOptions()
  ) throws -> LoadedMatrix {
    let file = try MatrixFileOpener.open(path(name))
    return try file.read(file.tensor(named: tensor), options: options, control: WorkControl())
  }

  /// Reads bytes as a file.
  static func read(_ bytes: [UInt8], tensor: String? = nil) throws -> LoadedMatrix {
    let file = try MatrixFileOpener.open(SpooledBytes(name: "test", bytes))
    return try file.read(file.tensor(named: tensor), control: WorkControl())
  }

  /// Reads a text as a file.
  static func read(text: String) throws -> LoadedMatrix { try read(Array(text.utf8)) }

  /// The error's words when `text` is read, or nil if it is.
  static func refusal(_ bytes: [UInt8]) -> String? {
    do {
      _ = try read(bytes)
      return nil
    } catch { return "\(error)" }
  }

  /// The rows of a matrix.
  static func rows(_ loaded: LoadedMatrix) -> [[Double]] {
    let matrix = loaded.matrix
    return (0..<matrix.shape.rows).map { i in (0..<matrix.shape.columns).map { j in matrix[i, j] } }
  }

  /// What `make.py` puts into an array.
  static func formula(_ rows: Int, _ columns: Int, _ kind: Character) -> [[Double]] {
    func entry(_ i: Int, _ j: Int) -> Double {
      switch kind {
      case "b": (i + j) % 3 == 0 ? 1 : 0
      case "u": Double((7 * i + 3 * j) % 11)
      default: Double((7 * i + 3 * j) % 11 - 4)
      }
    }
    return (0..<rows).map { i in (0..<columns).map { j in entry(i, j) } }
  }
}
