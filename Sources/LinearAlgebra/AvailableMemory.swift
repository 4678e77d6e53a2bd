import Glibc

/// The memory that this process can still have.
package enum AvailableMemory {
  /// The bytes this process can still allocate: the least of what the kernel calls available (`MemAvailable`), what the
  /// control group leaves, and what `RLIMIT_AS` leaves.
  package static func bytes() -> Int {
    var least = Int.max
    if let kilobytes = number(after: "MemAvailable:", in: systemFile("/proc/meminfo")) { least = kilobytes * 1024 }
    if let limit = number(after: "", in: systemFile("/sys/fs/cgroup/memory.max")),
      let used = number(after: "", in: systemFile("/sys/fs/cgroup/memory.current"))
    {
      least = min(least, max(0, limit - used))
    }
    var limits = rlimit()
    if getrlimit(__rlimit_resource_t(9), &limits) == 0, limits.rlim_cur < rlim_t(Int.max),
      let pages = number(after: "", in: systemFile("/proc/self/statm"))
    {
      // The heap also needs room to breathe under a limit on addresses.
      least = min(least, max(0, Int(limits.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE)) - (16 << 20)))
    }
    return least
  }

  /// The first 4 KiB of a file of the system; empty if it cannot be read.
  private static func systemFile(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
  }

  /// The number that follows `label` and blanks.
  private static func number(after label: String, in bytes: [UInt8]) -> Int? {
    let wanted = Array(label.utf8)
    guard bytes.count > wanted.count,
      let start = (0..<bytes.count - wanted.count).first(where: { bytes[$0...].starts(with: wanted) })
    else { return nil }
    let digits = bytes[(start + wanted.count)...].drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
