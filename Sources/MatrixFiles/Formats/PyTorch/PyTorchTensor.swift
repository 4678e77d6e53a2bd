/// A tensor as a checkpoint describes it: a view of a storage.
struct PyTorchTensor: Hashable, Sendable {
  let storage: PyTorchStorage
  let type: ElementType
  let axes: [Int]
  /// In elements, like ``offset``; those of axes with one element say nothing and are made dense.
  let strides: [Int]
  /// The first element, from the start of the storage.
  let offset: Int

  /// The elements from the first to the last one used; zero for an empty tensor.
  var span: Int {
    axes.contains(0) ? 0 : zip(axes, strides).reduce(1) { $0 + ($1.0 - 1) * $1.1 }
  }

  /// Whether every element has a place of its own, and each axis steps over all that lies within the faster ones.
  var isNested: Bool {
    var span = 1
    for (count, stride) in zip(axes, strides).sorted(by: { $0.1 < $1.1 }) where count > 1 {
      guard stride >= span else { return false }
      span += (count - 1) * stride
    }
    return true
  }
}

/// A storage as a checkpoint refers to it.
struct PyTorchStorage: Hashable, Sendable {
  /// What the checkpoint calls it.
  let key: String
  /// The bytes of an element as the storage counts them.
  let elementSize: Int
  /// The elements.
  let count: Int
  /// The window of a storage that is itself a view, in elements.
  var windowStart = 0
  var windowCount: Int

  /// All its bytes.
  var byteCount: Int { count * elementSize }
}

/// Why a tensor is not one that can be read: what follows its name.
struct PyTorchRefusal: Error, Hashable {
  let reason: String
  /// As far as it is known.
  var type: String?
  var axes: [Int] = []
  var bytes: Int?
  /// The one element of a tensor without axes, as an axis of one.
  var number: PyTorchTensor?

  init(_ reason: String) { self.reason = reason }
}

extension PyTorchTensor {
  /// More axes than PyTorch allows are refused.
  private static let axisLimit = 64

  /// The view of `storage`, whose elements are `element`, at these numbers of a file.
  ///
  /// - Throws: ``PyTorchRefusal`` when it leaves the storage, is none of real numbers, or a single one.
  init(
    storage: PyTorchStorage, element: PyTorchElement, offset: Int, axes: [Int], strides: [Int]
  ) throws(PyTorchRefusal) {
    func refused(_ reason: String) -> PyTorchRefusal {
      var refusal = PyTorchRefusal(reason)
      refusal.type = element.name
      refusal.axes = axes
      return refusal
    }

    guard axes.count <= Self.axisLimit, axes.count == strides.count else {
      throw PyTorchRefusal("is damaged: it has \(axes.count) axes and \(strides.count) strides")
    }
    guard axes.allSatisfy({ (0..<1 << 31).contains($0) }),
      checkedProduct(axes.filter { $0 > 0 } + [max(8, element.size)]) != nil
    else { throw PyTorchRefusal("is damaged: it has a negative axis, or more elements than can be counted") }
    guard offset >= 0, strides.allSatisfy({ $0 >= 0 }) else {
      throw refused("is damaged: it has a negative stride or offset")
    }
    if !axes.contains(0) {
      var last = offset
      var isCounted = true
      for (count, stride) in zip(axes, strides) {
        let (step, isTooFar) = (count - 1).multipliedReportingOverflow(by: stride)
        let (next, isBeyond) = last.addingReportingOverflow(step)
        if isTooFar || isBeyond { isCounted = false }
        last = next
      }
      let available = storage.windowCount * storage.elementSize / element.size
      guard isCounted, last < available else {
        throw refused("is damaged: it reaches beyond the \(available) elements of its storage")
      }
    }
    guard let type = element.type, type.isRead else { throw refused(element.refusal) }
    self.storage = storage
    self.type = type
    self.axes = axes.isEmpty ? [1] : axes
    self.offset = offset
    self.strides =
      axes.isEmpty
      ? [1]
      : zip(axes, zip(strides, denseStrides(of: axes, isFortranOrder: false))).map { $0 > 1 ? $1.0 : $1.1 }
    if axes.isEmpty {
      var refusal = refused("is a single number, not a matrix")
      refusal.bytes = element.size
      refusal.number = self
      throw refusal
    }
  }
}

extension ElementType {
  /// Whether its elements can be read: plain numbers, and what has a decoder.
  fileprivate var isRead: Bool { !isQuantized || ElementDecoderCatalog.decoder(for: self) != nil }
}
