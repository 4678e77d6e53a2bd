import Glibc

/// The memory that this process may still take, asked before large work.
package enum AvailableMemory {
  /// The least of what the kernel calls available (`MemAvailable` of /proc/meminfo), what the control group leaves and
  /// what `RLIMIT_AS` leaves, in bytes; `Int.max` where nothing can be read.
  package static var bytes: Int {
    var least = Int.max
    if let kibibytes = firstNumber(in: text("/proc/meminfo"), after: "MemAvailable:") { least = kibibytes * 1024 }
    if let limit = firstNumber(in: text("/sys/fs/cgroup/memory.max")),
      let used = firstNumber(in: text("/sys/fs/cgroup/memory.current"))
    {
      least = min(least, max(0, limit - used))
    }
    return min(least, addressSpaceLeft)
  }

  private static var addressSpaceLeft: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, let allowed = Int(exactly: limit.rlim_cur),
      let pages = firstNumber(in: text("/proc/self/statm"))
    else { return .max }
    // The heap also needs room to breathe under a limit on addresses.
    return max(0, allowed - pages * sysconf(Int32(_SC_PAGESIZE)) - (16 << 20))
  }

  /// The start of a small file of the kernel; empty when it cannot be read.
  static func text(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  /// The decimal number behind the first line that starts with `label`, or behind the start of the text.
  static func firstNumber(in text: String, after label: String = "") -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix(label) {
      return Int(line.dropFirst(label.count).drop { $0 == " " }.prefix { $0.isWholeNumber })
    }
    return nil
  }
}
