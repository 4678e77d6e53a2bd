import LinearAlgebra

/// Looks for the crossover rank: halves the ranks between one that is faster and one that is slower, and times each as often
/// as it takes to be sure, up to a limit. Where the timings still do not tell, it halves on both sides of that rank, so that
/// what remains open is as narrow as the timings allow.
struct CrossoverSearch {
  /// What a rank came to: faster, slower, or nil for too near to tell.
  let decide: (Int) throws(Cancelled) -> Bool?

  /// The crossover among the ranks 1 … `limit`, the first one tried between its ends being `first`.
  ///
  /// - Parameter resolution: ranks this near to each other, at least 1, are not told apart.
  func run(first: Int, limit: Int, resolution: Int) throws(Cancelled) -> Crossover {
    guard limit >= 1 else { return Crossover(faster: 0, slower: nil, measurements: 0) }
    var measurements = 1
    if try decide(limit) == true { return Crossover(faster: limit, slower: nil, measurements: measurements) }
    // No product at all is faster than one.
    var (faster, slower) = (0, limit)
    // The lowest and the highest of the ranks at which the timings do not tell.
    var open: ClosedRange<Int>?
    func halfway() -> Int? {
      guard let open else { return slower - faster > resolution ? (faster + slower) / 2 : nil }
      if open.lowerBound - faster > resolution { return (faster + open.lowerBound) / 2 }
      return slower - open.upperBound > resolution ? (open.upperBound + slower) / 2 : nil
    }
    var next: Int? = first > 0 && first < limit ? first : halfway()
    while let rank = next {
      measurements += 1
      switch try decide(rank) {
      case true: faster = rank
      case false: slower = rank
      case nil: open = min(rank, open?.lowerBound ?? rank)...max(rank, open?.upperBound ?? rank)
      }
      next = halfway()
    }
    return Crossover(faster: faster, slower: slower, measurements: measurements)
  }
}
