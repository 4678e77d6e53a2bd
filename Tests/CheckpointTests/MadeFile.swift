import Foundation
import LinearAlgebra
import MatrixFiles

/// Tensors that were made rather than read.
struct MadeFile: MatrixFile {
  let source = "made"
  let format = "made"
  let tensors: [TensorEntry]
  private let matrices: [Matrix<Float>]
  private let whileReading: @Sendable (String) -> Void

  /// Tensors of these names and entries; `whileReading` is told the name of each before it is read.
  init(
    _ matrices: KeyValuePairs<String, Matrix<Float>>, whileReading: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    tensors = matrices.map { TensorEntry(name: $0.key, type: .f32, axes: [$0.value.rows, $0.value.columns]) }
    self.matrices = matrices.map(\.value)
    self.whileReading = whileReading
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    whileReading(entry.name ?? "")
    guard let index = tensors.firstIndex(of: entry) else { throw .invalid(source, reason: "no such tensor") }
    if matrices[index].shape == Shape(1, 1) { throw .invalid(source, reason: "“\(entry.name ?? "")” is damaged") }
    return LoadedMatrix(
      matrix: DenseMatrix(matrices[index]), entry: entry, summary: EntrySummary(matrices[index]))
  }
}

/// A directory of this test's own, removed in the end.
final class Scratch {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "lowrank-scan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a NumPy array of f32 in C order; its path.
  func write(_ name: String, rows: [[Float]]) throws -> String {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows.count), \(rows.first?.count ?? 0)), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var bytes = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0]) + Data(header.utf8)
    for value in rows.joined() { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
    let file = path + "/" + name
    try bytes.write(to: URL(filePath: file))
    return file
  }
}

/// A matrix of standard normal entries.
func noise(_ rows: Int, _ columns: Int, seed: UInt64 = 1, scale: Double = 1) -> Matrix<Float> {
  var random = SeededGenerator(seed: seed)
  return Matrix(Shape(rows, columns)) { _, _ in Float(random.gaussian() * scale) }
}
