import Glibc
import LinearAlgebra

/// The bytes of one input, readable at any offset: a regular file, or a pipe that was spooled to memory.
package protocol ByteSource: Sendable {
  /// What the user called it: a path, or "-".
  var name: String { get }
  /// How many bytes there are.
  var count: Int { get }

  /// Fills `target` with the bytes from `offset` on.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when they end before that.
  func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError)
}

extension ByteSource {
  /// The `count` bytes from `offset` on, or as many of them as there are. Keep `count` small: it is allocated.
  package func bytes(at offset: Int, count wanted: Int) throws(FileError) -> [UInt8] {
    guard offset >= 0, offset < count, wanted > 0 else { return [] }
    let length = min(wanted, count - offset)
    var bytes = [UInt8](repeating: 0, count: length)
    // A closure passed to the standard library cannot throw a typed error in every release: carry it out by hand.
    var failure: FileError?
    bytes.withUnsafeMutableBytes { target in
      do throws(FileError) { try read(at: offset, into: target) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  /// The error for a source that ends before the bytes it should have.
  func endsEarly(at offset: Int) -> FileError {
    .invalid(name, reason: "it ends at byte \(offset), before its data does; copy or save it again")
  }
}

/// A regular file, read with `pread` so that several readers need not share a position.
final class FileBytes: ByteSource {
  let name: String
  let count: Int
  private let descriptor: Int32

  /// Takes over `descriptor`, which is closed with this object.
  init(name: String, descriptor: Int32, count: Int) {
    self.name = name
    self.descriptor = descriptor
    self.count = count
  }

  deinit { close(descriptor) }

  func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    guard let base = target.baseAddress else { return }
    var done = 0
    while done < target.count {
      let got = pread(descriptor, base + done, target.count - done, offset + done)
      if got > 0 {
        done += got
      } else if got == 0 {
        throw endsEarly(at: offset + done)
      } else if errno != EINTR {
        throw .cannotOpen(name, reason: systemMessage())
      }
    }
  }
}

/// Bytes that arrived once and are kept: standard input, a pipe, or an array in a test.
final class SpooledBytes: ByteSource {
  let name: String
  let count: Int
  private let chunks: [[UInt8]]
  /// Every chunk but the last has this many bytes.
  static let chunkSize = 1 << 22

  init(name: String, chunks: [[UInt8]], count: Int) {
    self.name = name
    self.chunks = chunks
    self.count = count
  }

  /// The bytes of an array.
  convenience init(name: String, _ bytes: [UInt8]) {
    let starts = stride(from: 0, to: bytes.count, by: Self.chunkSize)
    let chunks = starts.map { Array(bytes[$0..<min($0 + Self.chunkSize, bytes.count)]) }
    self.init(name: name, chunks: chunks, count: bytes.count)
  }

  func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) {
    guard offset >= 0, offset <= count, target.count <= count - offset else { throw endsEarly(at: count) }
    var done = 0
    while done < target.count {
      let chunk = chunks[(offset + done) / Self.chunkSize]
      let start = (offset + done) % Self.chunkSize
      let length = min(target.count - done, chunk.count - start)
      chunk.withUnsafeBytes { bytes in
        UnsafeMutableRawBufferPointer(rebasing: target[done..<done + length])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + length]))
      }
      done += length
    }
  }
}

/// What the last failed system call says, in the C locale's words: "No such file or directory".
func systemMessage(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }
