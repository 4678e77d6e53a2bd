import Synchronization

/// Where results wait for the thread that owns the screen, which a wake-up tells to look.
package final class Mailbox<Item: Sendable>: Sendable {
  private let items = Mutex<[Item]>([])
  private let wake: @Sendable () -> Void

  /// A mailbox that calls `wake` after every delivery, from any thread.
  package init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Leaves `item` and wakes the reader.
  package func post(_ item: Item) {
    items.withLock { $0.append(item) }
    wake()
  }

  /// Takes everything that waits, oldest first.
  package func take() -> [Item] {
    items.withLock { waiting in
      let taken = waiting
      waiting = []
      return taken
    }
  }
}
