import Glibc

/// The buffer behind a ``Matrix``: written only while a single matrix refers to it, which is what makes it sendable.
///
/// Its zeros are the kernel's own fresh pages, never written before they are asked for. Large buffers ask for huge pages:
/// with small ones the faults took four times as long as reading a file into them.
final class MatrixStorage<Scalar: RealScalar>: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Scalar>
  /// What to unmap; nil for a buffer from the heap.
  private let mapping: HugePages?

  /// `count` zeros.
  init(count: Int) {
    let (bytes, overflow) = max(1, count).multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
    precondition(!overflow, "a matrix of more bytes than can be counted")
    mapping = HugePages(bytes)
    guard let start = mapping?.firstPage ?? calloc(bytes, 1) else {
      fatalError("no memory for a matrix of \(bytes) bytes")
    }
    buffer = UnsafeMutableBufferPointer(start: start.bindMemory(to: Scalar.self, capacity: count), count: count)
  }

  /// A copy.
  convenience init(copying other: MatrixStorage) {
    self.init(count: other.buffer.count)
    guard let from = other.buffer.baseAddress else { return }
    buffer.baseAddress?.update(from: from, count: other.buffer.count)
  }

  deinit {
    if let mapping { mapping.unmap() } else { free(buffer.baseAddress) }
  }
}

/// Fresh zero pages from the kernel, for buffers of a huge page and more.
private struct HugePages {
  /// The bytes of a huge page on x86-64 and on most of AArch64.
  private static let size = 1 << 21

  private let start: UnsafeMutableRawPointer
  private let count: Int
  /// The first address where a huge page may begin.
  let firstPage: UnsafeMutableRawPointer

  /// Pages for `bytes` bytes; nil when that is less than a page, or when there are none.
  init?(_ bytes: Int) {
    guard bytes >= Self.size else { return nil }
    count = bytes + Self.size
    let mapped = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapped, mapped != MAP_FAILED else { return nil }
    start = mapped
    let misalignment = Int(bitPattern: mapped) & (Self.size - 1)
    firstPage = mapped + (misalignment == 0 ? 0 : Self.size - misalignment)
    // Only advice: where there are no huge pages the small ones do.
    madvise(firstPage, bytes, MADV_HUGEPAGE)
  }

  /// Gives the pages back.
  func unmap() { munmap(start, count) }
}
