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
  init(_ viewed: ViewedAxes, strides: [Int]) {
    let parts = viewed.parts
    let steps = parts.map { $0.spacing * strides[$0.axis] }
    // Of equal steps only one belongs to a part of more than one element.
    let order = parts.indices.sorted { (steps[$0], parts[$0].count, $1) < (steps[$1], parts[$1].count, $0) }
    let kept = Set(viewed.rows + viewed.columns)
    let fastest = order.first(where: kept.contains)
    isTransposed = fastest.map(viewed.columns.contains) ?? false
    stored = isTransposed ? viewed.shape.transposed : viewed.shape

    var entryStep = [Int](repeating: 0, count: parts.count)
    var step = 1
    let (inner, outer) = isTransposed ? (viewed.columns, viewed.rows) : (viewed.rows, viewed.columns)
    for part in inner.reversed() + outer.reversed() {
      entryStep[part] = step
      step *= parts[part].count
    }

    var loops: [ElementLoop] = []
    var offset = 0
    for place in order where stored.count > 0 {
      let (part, elementStep) = (parts[place], steps[place])
      offset += part.first * elementStep
      guard part.count > 1 else { continue }
      // A loop that goes on where the one within it ends is the same loop.
      if let last = loops.last, elementStep == last.fromStep * last.count, entryStep[place] == last.toStep * last.count
      {
        loops[loops.count - 1].count *= part.count
      } else {
        loops.append(ElementLoop(count: part.count, fromStep: elementStep, toStep: entryStep[place]))
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
