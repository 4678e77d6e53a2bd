import Glibc
import LinearAlgebra

/// Opens `path` for reading; "-" is standard input.
///
/// A regular file is read in place. Anything else – a pipe, a FIFO, a terminal – is spooled to memory as its bytes
/// arrive, and refused once it exceeds the memory available.
func openSource(_ path: String, control: WorkControl) throws(FileError) -> any ByteSource {
  let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .cannotOpen(path, reason: systemMessage()) }
  var status = stat()
  guard fstat(descriptor, &status) == 0 else {
    let reason = systemMessage()
    close(descriptor)
    throw .cannotOpen(path, reason: reason)
  }
  let kind = status.st_mode & S_IFMT
  if kind == S_IFDIR {
    close(descriptor)
    throw .cannotOpen(path, reason: systemMessage(EISDIR))
  }
  // Standard input redirected from a file that nobody has read from yet is that file.
  if kind == S_IFREG, path != "-" || lseek(descriptor, 0, SEEK_CUR) == 0 {
    // A file of /proc or /sys says it has no bytes: it is read as a pipe is.
    if status.st_size > 0 { return FileBytes(name: path, descriptor: descriptor, count: Int(status.st_size)) }
  }
  defer { close(descriptor) }
  return try spool(descriptor, name: path, control: control)
}

/// Reads `descriptor` to its end, in chunks that are never copied again.
private func spool(_ descriptor: Int32, name: String, control: WorkControl) throws(FileError) -> SpooledBytes {
  let limit = AvailableMemory.bytes
  var chunks: [[UInt8]] = []
  var count = 0
  while true {
    var failure: FileError?
    let chunk = [UInt8](unsafeUninitializedCapacity: SpooledBytes.chunkSize) { buffer, filled in
      do throws(FileError) {
        filled = try fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor, name: name, control: control)
      } catch { failure = error }
    }
    if let failure { throw failure }
    count += chunk.count
    if count > limit {
      throw .tooLarge(
        name, reason: "it is larger than the \(MemoryBudget.describe(limit)) of memory available; save it to a file")
    }
    if !chunk.isEmpty { chunks.append(chunk) }
    if chunk.count < SpooledBytes.chunkSize { return SpooledBytes(name: name, chunks: chunks, count: count) }
  }
}

/// Reads until `target` is full or the input ends, looking for cancellation while it waits; returns the bytes read.
private func fill(
  _ target: UnsafeMutableRawBufferPointer, from descriptor: Int32, name: String, control: WorkControl
) throws(FileError) -> Int {
  guard let base = target.baseAddress else { return 0 }
  var done = 0
  while done < target.count {
    if control.token.isCancelled { throw .cancelled }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&waiting, 1, 100) == 0 { continue }
    let got = Glibc.read(descriptor, base + done, target.count - done)
    if got > 0 {
      done += got
    } else if got == 0 {
      break
    } else if errno != EINTR && errno != EAGAIN {
      throw .cannotOpen(name, reason: systemMessage())
    }
  }
  return done
}
