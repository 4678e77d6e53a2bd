import Explorer
import RankAnalysis

/// How far a scan is, in the title.
enum ScanStatus {
  /// "412 of 2,000 scanned ▰▰▱▱▱▱▱▱", and shorter.
  static func texts(_ scan: ScanProgress) -> [String] {
    guard scan.state != .none, scan.count > 0 else { return [scan.state == .running ? "scanning …" : ""] }
    let (done, count) = (NumberFormat.grouped(scan.done), NumberFormat.grouped(scan.count))
    if scan.state == .finished { return ["\(done) scanned", ""] }
    let filled = Int(scan.fraction * 8)
    let bar = String(repeating: "▰", count: filled) + String(repeating: "▱", count: 8 - filled)
    let verb = scan.isPaused ? "scanned, paused" : "scanned"
    return ["\(done) of \(count) \(verb) \(bar)", "\(done) of \(count) \(verb)", "\(done)/\(count)"]
  }
}
