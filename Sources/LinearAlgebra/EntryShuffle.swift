extension Matrix {
  /// A copy whose entries stand in random places: every order is equally likely, and `seed` decides which.
  ///
  /// - Complexity: two passes over memory and three deviates an entry. The entries are first dealt out to buckets that fit
  ///   a cache, then each bucket is shuffled by Fisher and Yates: shuffled as a whole, a large matrix would miss the cache
  ///   at every entry.
  ///
  /// Source: Sandelius, J. R. Stat. Soc. B 24 (1962), 479–481; Rao, Sankhyā 23 (1961), 305–307.
  package func shuffled(seed: UInt64) -> Matrix {
    Matrix(shape) { target in
      withEntries { shuffleEntries($0, into: target, seed: seed) }
    }
  }
}

extension AnyMatrix {
  /// A copy whose entries stand in random places; see ``Matrix/shuffled(seed:)``.
  package func shuffled(seed: UInt64) -> AnyMatrix {
    switch self {
    case .float(let matrix): .float(matrix.shuffled(seed: seed))
    case .double(let matrix): .double(matrix.shuffled(seed: seed))
    }
  }
}

/// Writes `source` to `target` in a random order.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func shuffleEntries<Scalar: RealScalar>(
  _ source: UnsafeBufferPointer<Scalar>, into target: UnsafeMutableBufferPointer<Scalar>, seed: UInt64
) {
  let buckets = 256
  // A deviate deals eight entries; the same deviates count them first and place them then.
  var counts = [Int](repeating: 0, count: buckets)
  var random = SeededGenerator(seed: seed)
  deal(source.count, &random) { _, bucket in counts[bucket] += 1 }
  var ends = [Int](repeating: 0, count: buckets)
  var start = 0
  for bucket in 0..<buckets {
    ends[bucket] = start
    start += counts[bucket]
  }
  random = SeededGenerator(seed: seed)
  ends.withUnsafeMutableBufferPointer { ends in
    deal(source.count, &random) { index, bucket in
      target[ends[bucket]] = source[index]
      ends[bucket] += 1
    }
  }
  for bucket in 0..<buckets {
    let first = ends[bucket] - counts[bucket]
    // Both halves of a deviate choose a place.
    var last = counts[bucket] - 1
    while last > 0 {
      let bits = random.next()
      target.swapAt(first + last, first + place(bits >> 32, below: last + 1))
      last -= 1
      guard last > 0 else { break }
      target.swapAt(first + last, first + place(bits & 0xffff_ffff, below: last + 1))
      last -= 1
    }
  }
}

/// One of `limit` places by 32 random bits, each as likely as the others to within limit/2³².
@inline(__always)
private func place(_ bits: UInt64, below limit: Int) -> Int { Int((bits &* UInt64(limit)) >> 32) }

/// Calls `body` with every index below `count` and a random bucket of 256.
@inline(__always)
private func deal(_ count: Int, _ random: inout SeededGenerator, _ body: (Int, Int) -> Void) {
  var index = 0
  while index < count {
    var bits = random.next()
    for _ in 0..<min(8, count - index) {
      body(index, Int(bits & 0xff))
      bits >>= 8
      index += 1
    }
  }
}
