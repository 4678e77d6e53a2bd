import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

/// Safetensors files made in a test.
enum SafetensorsBytes {
  /// A tensor as the header names it.
  struct Tensor {
    var name: String
    var type: String
    var axes: [Int]
    var bytes: [UInt8]

    init(_ name: String, _ type: String, _ axes: [Int], _ bytes: [UInt8]) {
      (self.name, self.type, self.axes, self.bytes) = (name, type, axes, bytes)
    }

    /// A tensor of f32.
    init(_ name: String, _ axes: [Int], floats: [Float]) {
      self.init(name, "F32", axes, floats.flatMap { HostileBytes.little(Int($0.bitPattern), 4) })
    }

    /// A tensor of zeros, `size` bytes an element.
    init(zeros name: String, _ type: String, _ axes: [Int], size: Int) {
      self.init(name, type, axes, [UInt8](repeating: 0, count: size * axes.reduce(1, *)))
    }
  }

  /// A file of this header, whatever it says, and these bytes.
  static func file(header: String, _ data: [UInt8] = []) -> [UInt8] {
    HostileBytes.little(header.utf8.count, 8) + Array(header.utf8) + data
  }

  /// A file of these tensors, one after the other.
  static func file(_ tensors: [Tensor], metadata: String? = nil) -> [UInt8] {
    var members = metadata.map { ["\"__metadata__\":\($0)"] } ?? []
    var position = 0
    for tensor in tensors {
      members.append(member(tensor.name, tensor.type, tensor.axes, position, position + tensor.bytes.count))
      position += tensor.bytes.count
    }
    return file(header: "{\(members.joined(separator: ","))}", tensors.flatMap(\.bytes))
  }

  /// One member of a header.
  static func member(_ name: String, _ type: String, _ axes: [Int], _ begin: Int, _ end: Int) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(axes),\"data_offsets\":[\(begin),\(end)]}"
  }

  /// Opens bytes as a file.
  static func open(_ bytes: [UInt8]) throws -> any MatrixFile {
    try MatrixFileOpener.open(SpooledBytes(name: "test", bytes))
  }
}

/// A directory that a test makes, and that goes with this object.
final class ScratchDirectory {
  let path: String

  init(_ name: String) throws {
    path = Scratch.path(name)
    try #require(mkdir(path, 0o700) == 0)
  }

  func add(_ name: String, _ bytes: [UInt8]) throws { try AtomicFile.write(bytes, to: path + "/" + name) }

  func add(_ name: String, text: String) throws { try add(name, Array(text.utf8)) }

  deinit {
    for name in Scratch.names(path) where name != "." && name != ".." { unlink(path + "/" + name) }
    rmdir(path)
  }
}
