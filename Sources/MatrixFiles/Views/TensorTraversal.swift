import LinearAlgebra

/// One of several nested loops over elements: so many, so far apart in what is read and in what is written.
struct ElementLoop: Hashable, Sendable {
  var count: Int
  var fromStep: Int
  var toStep: Int
}

/// How the elements of a tensor, in the order of its bytes, come to the entries of a matrix.
struct TensorTraversal: Hashable, Sendable {
  /// The matrix as it is stored: A, or Aᵀ.
  let stored: Shape
  /// Whether ``stored`` is Aᵀ.
  let isTransposed: Bool
  /// The loops from the fastest in the bytes to the slowest, as few as there can be; steps count elements and entries.
  let loops: [ElementLoop]
  /// The first element that is wanted.
  let offset: Int

  /// Whether the wanted elements follow one another in the bytes just as the entries do.
  var isContiguous: Bool { loops.isEmpty || loops == [ElementLoop(count: stored.count, fromStep: 1, toStep: 1)] }

  /// The way from a tensor of `axes`, whose neighbours along each lie `strides` elements apart, to the matrix of `viewed`.
  ///
  /// No two elements may lie at the same place. Of A and Aᵀ it takes the one in which the axis that runs fastest in the
  /// bytes may run fastest too.
  init(_ viewed: ViewedAxes, of axes: [Int], strides: [Int]) {
    // Of equal strides only one belongs to an axis of more than one element.
    let order = axes.indices.sorted { (strides[$0], axes[$0], $1) < (strides[$1], axes[$1], $0) }
    let fastest = order.first { viewed.held[$0] == nil }
    isTransposed = fastest.map(viewed.columns.contains) ?? false
    stored = isTransposed ? viewed.shape.transposed : viewed.shape

    var entryStep = [Int](repeating: 0, count: axes.count)
    var step = 1
    let (inner, outer) = isTransposed ? (viewed.columns, viewed.rows) : (viewed.rows, viewed.columns)
    for axis in inner.reversed() + outer.reversed() {
      entryStep[axis] = step
      step *= axes[axis]
    }

    var loops: [ElementLoop] = []
    var offset = 0
    for axis in order where stored.count > 0 {
      let elementStep = strides[axis]
      if let index = viewed.held[axis] {
        offset += index * elementStep
      } else if axes[axis] > 1 {
        // A loop that goes on where the one within it ends is the same loop.
        if let last = loops.last, elementStep == last.fromStep * last.count,
          entryStep[axis] == last.toStep * last.count
        {
          loops[loops.count - 1].count *= axes[axis]
        } else {
          loops.append(ElementLoop(count: axes[axis], fromStep: elementStep, toStep: entryStep[axis]))
        }
      }
    }
    self.loops = loops
    self.offset = offset
  }
}

/// How far apart the neighbours along each of `axes` lie when elements follow one another without a gap.
func denseStrides(of axes: [Int], isFortranOrder: Bool) -> [Int] {
  var strides = [Int](repeating: 1, count: axes.count)
  var step = 1
  for axis in isFortranOrder ? Array(axes.indices) : axes.indices.reversed() {
    strides[axis] = step
    step *= max(1, axes[axis])
  }
  return strides
}

/// Copies elements along `loops`, the last of them outermost.
func copyElements<Element: BitwiseCopyable>(
  from source: UnsafePointer<Element>, to target: UnsafeMutablePointer<Element>, _ loops: ArraySlice<ElementLoop>
) {
  guard let loop = loops.last else {
    target.pointee = source.pointee
    return
  }
  if loops.count > 1 {
    let rest = loops.dropLast()
    for index in 0..<loop.count {
      copyElements(from: source + index * loop.fromStep, to: target + index * loop.toStep, rest)
    }
  } else if loop.fromStep == 1, loop.toStep == 1 {
    target.update(from: source, count: loop.count)
  } else {
    for index in 0..<loop.count { target[index * loop.toStep] = source[index * loop.fromStep] }
  }
}
