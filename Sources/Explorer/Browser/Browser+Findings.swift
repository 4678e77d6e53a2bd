import Checkpoints

// What a scan found.
extension Browser {
  /// What `column` says of an item.
  package func value(_ column: ScanColumn, of item: Int) -> ScanValue {
    guard let entry = items[item].entry else { return .none }
    return column.value(entry, findings[item])
  }

  /// Takes what a scan tells.
  package mutating func take(_ events: [ScanEvent]) {
    for event in events {
      switch event {
      case .found(let index, let found, _):
        if findings.indices.contains(index) { findings[index] = found }
        scan.parts.remove(index)
      case .failed(let index, let sentence):
        failures[index] = sentence
        scan.parts.remove(index)
      case .progress(let done, let count): (scan.done, scan.count) = (done, count)
      case .finished: scan.state = .finished
      }
    }
    if sorting != nil { relist() }
  }
}
