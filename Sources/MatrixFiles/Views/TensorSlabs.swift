/// The stretches of bytes that a traversal is read in, in the order they lie.
///
/// A slab takes the inner loops whole and some turns of the first that does not fit. It reads over small gaps between
/// wanted elements, and ends before large ones.
struct TensorSlabs {
  /// One stretch; offsets and steps count elements and entries.
  struct Slab {
    /// Its first element, from the first wanted one.
    let from: Int
    /// The entry that the first element becomes.
    let to: Int
    /// The elements from the first to the last wanted one.
    let span: Int
    /// The wanted ones.
    let count: Int
    /// From the stretch to its wanted elements alone, in order.
    let gathering: [ElementLoop]
    /// From these to the entries; the loop that writes closest runs fastest.
    let scattering: [ElementLoop]
  }

  /// The bytes of a slab: what it writes should stay in the cache together with what it reads.
  private static let slabSize = 1 << 20
  /// Gaps of more bytes are left out.
  private static let gapSize = 1 << 16

  private let whole: ArraySlice<ElementLoop>
  private let cut: ElementLoop
  private let piece: Int
  private let outer: ArraySlice<ElementLoop>
  private let wholeSpan: Int

  /// How many there are.
  let count: Int
  /// The elements of the longest.
  let largestSpan: Int
  /// The most wanted elements of one.
  let largestCount: Int

  /// Cuts `loops`, the fastest first.
  init(_ loops: [ElementLoop], elementSize: Int) {
    let limit = Self.slabSize / elementSize
    var span = 1
    var inner = 0
    while inner < loops.count {
      let loop = loops[inner]
      let next = span + (loop.count - 1) * loop.fromStep
      if next > limit || (loop.fromStep - span) * elementSize > Self.gapSize { break }
      span = next
      inner += 1
    }
    whole = loops[..<inner]
    wholeSpan = span
    if inner < loops.count {
      cut = loops[inner]
      let isGapSmall = (cut.fromStep - span) * elementSize <= Self.gapSize
      piece = isGapSmall ? max(1, min(cut.count, (limit - span) / cut.fromStep + 1)) : 1
      outer = loops[(inner + 1)...]
    } else {
      cut = ElementLoop(count: 1, fromStep: 1, toStep: 1)
      piece = 1
      outer = []
    }
    count = outer.reduce((cut.count + piece - 1) / piece) { $0 * $1.count }
    largestSpan = span + (piece - 1) * cut.fromStep
    largestCount = whole.reduce(piece) { $0 * $1.count }
  }

  /// The slab at `index`, from 0 to ``count``.
  subscript(_ index: Int) -> Slab {
    let pieces = (cut.count + piece - 1) / piece
    let first = index % pieces * piece
    let turns = min(piece, cut.count - first)
    var (from, to) = (first * cut.fromStep, first * cut.toStep)
    var remainder = index / pieces
    for loop in outer {
      from += remainder % loop.count * loop.fromStep
      to += remainder % loop.count * loop.toStep
      remainder /= loop.count
    }
    var gathering: [ElementLoop] = []
    var scattering: [ElementLoop] = []
    var packed = 1
    for loop in Array(whole) + [ElementLoop(count: turns, fromStep: cut.fromStep, toStep: cut.toStep)] {
      gathering.append(ElementLoop(count: loop.count, fromStep: loop.fromStep, toStep: packed))
      scattering.append(ElementLoop(count: loop.count, fromStep: packed, toStep: loop.toStep))
      packed *= loop.count
    }
    return Slab(
      from: from, to: to, span: wholeSpan + (turns - 1) * cut.fromStep, count: packed, gathering: gathering,
      scattering: scattering.filter { $0.count > 1 }.sorted { $0.toStep < $1.toStep })
  }
}
