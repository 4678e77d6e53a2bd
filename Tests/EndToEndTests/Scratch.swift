import Glibc

/// A directory of a test's own, removed when the test is done with it.
final class Scratch {
  let path: String

  init() throws {
    var template = Array("/tmp/lowrank-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw TerminalEmulator.Failure(description: "cannot make a directory: error \(errno)")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// The files in it, sorted.
  var names: [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The bytes of a file in it.
  func read(_ name: String) -> [UInt8] {
    guard let file = fopen("\(path)/\(name)", "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return bytes
  }

  /// A file in it as text.
  func text(_ name: String) -> String { String(decoding: read(name), as: UTF8.self) }

  /// Writes a file.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    guard let file = fopen("\(path)/\(name)", "w") else {
      throw TerminalEmulator.Failure(description: "cannot write \(path)/\(name): error \(errno)")
    }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  /// Writes `name` as a version 1 `.npy` of f64, row after row.
  func writeMatrix(_ name: String, rows: Int, columns: Int, _ entry: (Int, Int) -> Double) throws {
    var bytes = Self.header(type: "<f8", rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        withUnsafeBytes(of: entry(row, column).bitPattern.littleEndian) { bytes += $0 }
      }
    }
    try write(name, bytes)
  }

  /// Writes `name` as a `size` × `size` `.npy` of bytes without order: large and quickly written.
  func writeBytes(_ name: String, size: Int) throws {
    let block = Noise(seed: 1).bytes(count: 65_537)
    let body = (0...(size * size / block.count)).flatMap { _ in block }.prefix(size * size)
    try write(name, Self.header(type: "|u1", rows: size, columns: size) + body)
  }

  private static func header(type: String, rows: Int, columns: Int) -> [UInt8] {
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let header = text + String(repeating: " ", count: (64 - (text.utf8.count + 11) % 64) % 64) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count & 0xff), UInt8(header.utf8.count >> 8)]
      + Array(header.utf8)
  }
}
