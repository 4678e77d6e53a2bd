import LinearAlgebra

/// The most bytes asked for at once, between two looks at whether the work is still wanted.
let readBlock = 1 << 22

/// Reads the elements of a tensor from its bytes to the entries of a matrix, block by block.
struct ElementReading {
  let traversal: TensorTraversal
  /// The bytes of a stored element.
  let elementSize: Int
  let stream: any ByteStream
  let control: WorkControl

  /// Fills `target`; `decode` turns stored elements into entries and returns how many it had to round.
  ///
  /// - Parameter isStoredAsEntries: whether the elements have the size of entries, so that they may be read in place and
  ///   decoded there.
  /// - Returns: how many were rounded.
  func fill<Scalar: RealScalar & BitwiseCopyable>(
    _ target: UnsafeMutableBufferPointer<Scalar>, isStoredAsEntries: Bool,
    decode: (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<Scalar>) -> Int
  ) throws(FileError) -> Int {
    guard let base = target.baseAddress, !target.isEmpty else { return 0 }
    let rounded =
      traversal.isContiguous
      ? try fillInOrder(target, isStoredAsEntries: isStoredAsEntries, decode: decode)
      : try fillBySlabs(base, decode: decode)
    try control.advance(1)
    return rounded
  }

  private func fillInOrder<Scalar: RealScalar>(
    _ target: UnsafeMutableBufferPointer<Scalar>, isStoredAsEntries: Bool,
    decode: (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<Scalar>) -> Int
  ) throws(FileError) -> Int {
    try stream.skip(traversal.offset * elementSize, control: control)
    let capacity = min(target.count, readBlock / elementSize)
    let block = UnsafeMutableRawBufferPointer.allocate(
      byteCount: isStoredAsEntries ? 0 : capacity * elementSize, alignment: 16)
    defer { block.deallocate() }
    var rounded = 0
    for start in stride(from: 0, to: target.count, by: capacity) {
      try control.advance(Double(start) / Double(target.count))
      let part = UnsafeMutableBufferPointer(rebasing: target[start..<min(start + capacity, target.count)])
      let bytes =
        isStoredAsEntries
        ? UnsafeMutableRawBufferPointer(part)
        : UnsafeMutableRawBufferPointer(rebasing: block[0..<part.count * elementSize])
      try stream.read(into: bytes)
      rounded += decode(UnsafeRawBufferPointer(bytes), part)
    }
    return rounded
  }

  /// Reads slabs – stretches of bytes that hold wanted elements, and few others – and scatters each over the entries.
  private func fillBySlabs<Scalar: RealScalar & BitwiseCopyable>(
    _ target: UnsafeMutablePointer<Scalar>,
    decode: (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<Scalar>) -> Int
  ) throws(FileError) -> Int {
    let slabs = TensorSlabs(traversal.loops, elementSize: elementSize)
    let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: slabs.largestSpan * elementSize, alignment: 16)
    let entries = UnsafeMutableBufferPointer<Scalar>.allocate(capacity: slabs.largestCount)
    defer {
      raw.deallocate()
      entries.deallocate()
    }
    var position = 0
    var rounded = 0
    for index in 0..<slabs.count {
      let slab = slabs[index]
      try control.advance(Double(index) / Double(slabs.count))
      let start = traversal.offset + slab.from
      try stream.skip((start - position) * elementSize, control: control)
      let bytes = UnsafeMutableRawBufferPointer(rebasing: raw[0..<slab.span * elementSize])
      try stream.read(into: bytes)
      position = start + slab.span
      if slab.count < slab.span { close(bytes, slab.gathering) }
      let part = UnsafeMutableBufferPointer(rebasing: entries[0..<slab.count])
      rounded += decode(UnsafeRawBufferPointer(rebasing: bytes[0..<slab.count * elementSize]), part)
      if let base = part.baseAddress { copyElements(from: base, to: target + slab.to, slab.scattering[...]) }
    }
    return rounded
  }

  /// Moves the wanted elements together, in place: none moves up.
  private func close(_ bytes: UnsafeMutableRawBufferPointer, _ loops: [ElementLoop]) {
    func close<Element: BitwiseCopyable>(_: Element.Type) {
      guard let base = bytes.bindMemory(to: Element.self).baseAddress else { return }
      copyElements(from: base, to: base, loops[...])
    }
    switch elementSize {
    case 1: close(UInt8.self)
    case 2: close(UInt16.self)
    case 4: close(UInt32.self)
    default: close(UInt64.self)
    }
  }
}
