import Glibc

/// The memory that work took beside what was resident before it.
struct PeakMemory {
  private let before: Int

  /// Starts watching: gives freed memory back to the kernel and forgets the peak so far.
  init() {
    giveBackFreedMemory()
    if let file = fopen("/proc/self/clear_refs", "w") {
      fputs("5", file)
      fclose(file)
    }
    before = status("VmRSS:")
  }

  /// The bytes beyond those resident at the start, at the highest point since.
  var extraBytes: Int { max(0, status("VmHWM:") - before) }
  /// All resident bytes at the highest point since.
  var totalBytes: Int { status("VmHWM:") }
}

/// A figure of the kernel about this process, in bytes.
private func status(_ label: String) -> Int {
  guard let file = fopen("/proc/self/status", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, Int32(line.count), file) != nil {
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard text.hasPrefix(label) else { continue }
    return (Int(text.dropFirst(label.count).filter(\.isWholeNumber)) ?? 0) << 10
  }
  return 0
}

/// glibc's `malloc_trim`, which its module does not show to Swift; where there is none, nothing happens.
private func giveBackFreedMemory() {
  typealias Trim = @convention(c) (Int) -> Int32
  guard let symbol = dlsym(nil, "malloc_trim") else { return }
  _ = unsafeBitCast(symbol, to: Trim.self)(0)
}
