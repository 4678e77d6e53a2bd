import Glibc

/// Where a writer puts its bytes: a buffer in front of an open file.
package final class FileSink {
  private let path: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 20

  init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
    buffer.reserveCapacity(Self.bufferSize)
  }

  /// Writes `bytes`.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    if buffer.count + bytes.count > Self.bufferSize { try flush() }
    if bytes.count < Self.bufferSize {
      buffer += bytes
    } else {
      var failure: FileError?
      bytes.withUnsafeBytes { raw in
        do throws(FileError) { try send(raw) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }

  /// Writes `bytes`, which are not copied when they are many.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    if buffer.count + bytes.count > Self.bufferSize { try flush() }
    if bytes.count < Self.bufferSize {
      buffer.append(contentsOf: bytes)
    } else {
      try send(bytes)
    }
  }

  /// Writes `text` in UTF-8.
  package func write(_ text: String) throws(FileError) {
    if buffer.count >= Self.bufferSize / 2 { try flush() }
    buffer.append(contentsOf: text.utf8)
  }

  /// Hands everything to the system.
  func flush() throws(FileError) {
    var failure: FileError?
    buffer.withUnsafeBytes { raw in
      do throws(FileError) { try send(raw) } catch { failure = error }
    }
    buffer.removeAll(keepingCapacity: true)
    if let failure { throw failure }
  }

  func close() {
    if descriptor >= 0 { _ = Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Writes until all is gone. A pipe that nobody reads is an error, not a signal.
  private func send(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    var failure: Int32 = 0
    withoutPipeSignal {
      var done = 0
      while done < bytes.count {
        let sent = Glibc.write(descriptor, base + done, bytes.count - done)
        if sent >= 0 {
          done += sent
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    if failure != 0 { throw .cannotWrite(path, reason: systemMessage(failure)) }
  }
}

/// Runs `body` with SIGPIPE held back from this thread; one that `body` raised is taken away.
private func withoutPipeSignal(_ body: () -> Void) {
  var pipe = sigset_t()
  var before = sigset_t()
  var pending = sigset_t()
  sigemptyset(&pipe)
  sigaddset(&pipe, SIGPIPE)
  sigpending(&pending)
  let wasPending = sigismember(&pending, SIGPIPE) == 1
  pthread_sigmask(SIG_BLOCK, &pipe, &before)
  body()
  if !wasPending {
    var now = timespec()
    _ = sigtimedwait(&pipe, nil, &now)
  }
  pthread_sigmask(SIG_SETMASK, &before, nil)
}
