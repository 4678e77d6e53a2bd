import LinearAlgebra

/// How much memory a matrix may take on this machine, asked before it is allocated.
enum MemoryBudget {
  /// Refuses a matrix of `shape` and `scalarSize`-byte entries, with `extra` bytes beside it, that would not fit.
  static func require(_ shape: Shape, scalarSize: Int, extra: Int = 0, source: String) throws(FileError) {
    guard shape.rows < 1 << 31, shape.columns < 1 << 31 else {
      throw .tooLarge(source, reason: "\(shape) is beyond 2³¹ − 1 rows or columns")
    }
    guard let bytes = checkedProduct([shape.rows, shape.columns, scalarSize]) else {
      throw .tooLarge(source, reason: "\(shape) entries cannot be counted in 64 bits")
    }
    let limit = AvailableMemory.bytes
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
}
