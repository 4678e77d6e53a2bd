import MatrixFiles
import Preparation

/// A file's list that gives way to a file that is being opened: where a failure or Esc comes back to, as it was.
struct ListAside: Sendable {
  /// The file that is listed.
  let source: String
  /// The list with all that is chosen, hidden, searched for and found in it.
  var browser: Browser
  /// The view that Esc would have returned to.
  let home: ExplorerView
  /// The tensor that was opened last, and how it was read.
  let entry: TensorEntry?
  let preparation: Preparation
}

// From a list to another file, and back where that comes to nothing.
extension ExplorerState {
  /// Puts the list aside while another file is opened; its scan begins nothing meanwhile.
  mutating func giveWay() -> [Effect] {
    guard let browser else { return [] }
    aside = ListAside(source: sourceName, browser: browser, home: home, entry: entry, preparation: preparation)
    self.browser = nil
    if home == .tensors { home = .overview }
    return browser.scan.state == .none ? [] : [.holdScan(true)]
  }

  /// Forgets the list that was put aside, for what took its place is there.
  mutating func forgetAside() -> [Effect] {
    guard let list = aside else { return [] }
    aside = nil
    return [.stopScan] + (list.source == sourceName ? [] : [.forget(source: list.source)])
  }

  /// Comes back to the list that was put aside, whatever is under way.
  mutating func returnToAside() -> [Effect] {
    guard let list = aside else { return [] }
    aside = nil
    (sourceName, browser, home) = (list.source, list.browser, list.home)
    (entry, preparation) = (list.entry, list.preparation)
    tensorName = nil
    browser?.scan.isHeld = false
    let scan = list.browser.scan
    return leaveMatrix() + (scan.state == .none ? [] : [.holdScan(scan.isPaused)])
  }
}
