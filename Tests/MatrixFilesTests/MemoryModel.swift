import Glibc
import LinearAlgebra
import ModelTensors
import Testing

@testable import MatrixFiles

/// A file of f32 tensors that a test makes up, with a directory that holds its configuration.
final class MemoryModel: MatrixFile {
  let source: String
  let format = "safetensors"
  let tensors: [TensorEntry]
  let unreadable: [UnreadableTensor]
  let metadata: [String: String]
  private let bytes: [String: [UInt8]]
  private let directory: String

  /// Tensors by name, axes and elements in C order, and files beside them by name.
  init(
    _ tensors: [(name: String, axes: [Int], element: (Int) -> Float)], files: [String: String] = [:],
    metadata: [String: String] = [:], unique: String = #function
  ) throws {
    directory = Scratch.path("model-\(unique.filter(\.isLetter))-\(UInt32.random(in: 0...UInt32.max))")
    try #require(mkdir(directory, 0o700) == 0)
    for (name, text) in files { try AtomicFile.write(Array(text.utf8), to: directory + "/" + name) }
    source = directory + "/model.safetensors"
    self.tensors = tensors.filter { !$0.axes.isEmpty }.map { TensorEntry(name: $0.name, type: .f32, axes: $0.axes) }
    unreadable = tensors.filter(\.axes.isEmpty).map {
      UnreadableTensor(name: $0.name, reason: "“\($0.name)” is a single number, not a matrix", type: "F32")
    }
    self.metadata = metadata
    var bytes: [String: [UInt8]] = [:]
    for (name, axes, element) in tensors {
      bytes[name] = (0..<axes.reduce(1, *)).flatMap { index in
        withUnsafeBytes(of: element(index).bitPattern.littleEndian) { Array($0) }
      }
    }
    self.bytes = bytes
  }

  deinit {
    for name in Scratch.names(directory) where name != "." && name != ".." { unlink(directory + "/" + name) }
    rmdir(directory)
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    guard let name = entry.name, let bytes = bytes[name] else {
      throw .chooseTensor(source, names: [], asked: entry.name)
    }
    let source = SpooledBytes(name: self.source, bytes)
    return try TensorLayout(entry: entry).read(
      from: RangeStream(source, count: source.count), options: options, source: self.source, control: control)
  }
}

extension ModelFile {
  /// Reads the tensor called `name`.
  func read(_ name: String) throws -> LoadedMatrix { try read(tensor(named: name), control: WorkControl()) }

  /// The names of what is derived from the tensor called `name`.
  func names(under name: String) throws -> [String] { try derived(of: tensor(named: name)).compactMap(\.name) }
}
