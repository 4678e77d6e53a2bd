import Glibc
import LinearAlgebra

/// How much memory a matrix may take on this machine, asked before it is allocated.
enum MemoryBudget {
  /// The bytes this process can still allocate: the least of what the kernel calls available (`MemAvailable`), what the
  /// control group leaves, and what `RLIMIT_AS` leaves.
  static func available() -> Int {
    var least = Int.max
    if let kilobytes = number(after: "MemAvailable:", in: systemFile("/proc/meminfo")) { least = kilobytes * 1024 }
    if let limit = number(after: "", in: systemFile("/sys/fs/cgroup/memory.max")),
      let used = number(after: "", in: systemFile("/sys/fs/cgroup/memory.current"))
    {
      least = min(least, max(0, limit - used))
    }
    var limits = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits) == 0, limits.rlim_cur < rlim_t(Int.max),
      let pages = number(after: "", in: systemFile("/proc/self/statm"))
    {
      // The heap also needs room to breathe under a limit on addresses.
      least = min(least, max(0, Int(limits.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE)) - (16 << 20)))
    }
    return least
  }

  /// Refuses a matrix of `shape` and `scalarSize`-byte entries, with `extra` bytes beside it, that would not fit.
  static func require(_ shape: Shape, scalarSize: Int, extra: Int = 0, source: String) throws(FileError) {
    guard shape.rows < 1 << 31, shape.columns < 1 << 31 else {
      throw .tooLarge(source, reason: "\(shape) is beyond 2³¹ − 1 rows or columns")
    }
    guard let bytes = checkedProduct([shape.rows, shape.columns, scalarSize]) else {
      throw .tooLarge(source, reason: "\(shape) entries cannot be counted in 64 bits")
    }
    let limit = available()
    guard bytes <= limit - extra else {
      let needed = bytes.addingReportingOverflow(extra)
      throw .tooLarge(
        source,
        reason: "\(shape) needs \(describe(needed.overflow ? .max : needed.partialValue)) of memory as "
          + "f\(8 * scalarSize), and \(describe(limit)) is available; read a smaller part of it")
    }
  }

  /// `bytes` to three digits: "1.23 GB".
  static func describe(_ bytes: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
    var unit = 0
    var scale = 1
    while unit < units.count - 1, bytes / scale >= 1000 {
      scale *= 1000
      unit += 1
    }
    let whole = bytes / scale
    guard unit > 0, whole < 100 else { return "\(whole) \(units[unit])" }
    let hundredths = bytes % scale / (scale / 100)
    if whole >= 10 { return "\(whole).\(hundredths / 10) \(units[unit])" }
    return "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths) \(units[unit])"
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
