import Testing
import TerminalUI

@Suite("Axes")
struct AxisTests {
  @Test(
    "every index has a column, the thumb stands beneath the first cut bar, and back",
    arguments: [(1, 40), (3, 40), (40, 40), (41, 40), (512, 63), (4096, 150), (7, 8)], [false, true])
  func columns(pair: (Int, Int), logarithmic: Bool) {
    let (count, width) = pair
    let axis = IndexAxis(count: count, width: width, logarithmic: logarithmic)
    for rank in 0...count {
      let thumb = axis.thumb(at: rank)
      #expect((0...width).contains(thumb))
      if rank < count {
        #expect(axis.indices(in: thumb).contains(rank + 1))
        // Everything left of the thumb is kept.
        for column in 0..<thumb {
          #expect(axis.indices(in: column).upperBound <= max(rank, axis.indices(in: column).lowerBound))
        }
      } else {
        #expect(thumb == width)
      }
    }
    for column in 0...width {
      let rank = axis.rank(at: column)
      #expect((0...count).contains(rank))
      if column == width { #expect(rank == count) }
    }
    #expect(axis.rank(at: 0) == 0)
  }

  @Test("linear columns partition the indices when there are more indices than columns")
  func partition() {
    let axis = IndexAxis(count: 512, width: 63, logarithmic: false)
    let all = (0..<63).flatMap { Array(axis.indices(in: $0)) }
    #expect(all == Array(1...512))
  }

  @Test("ticks of a logarithmic axis are powers of ten inside it")
  func decades() {
    let axis = ValueAxis(values: [71000, 3200, 41, 0.9, 1e-14], floor: 1e-10, rows: 17, logarithmic: true)
    #expect(
      axis.ticks.map(\.ascii) == ["1e-1", "1e0", "1e1", "1e2", "1e3", "1e4"]
        || axis.ticks.map(\.ascii) == ["1e0", "1e1", "1e2", "1e3", "1e4"])
    #expect(axis.below([71000, 3200, 41, 0.9, 1e-14]) == 1)
    #expect(axis.eighths(71000) <= 17 * 8 && axis.eighths(71000) > 16 * 8)
    #expect(axis.eighths(0) == 0)
  }

  @Test("a linear axis starts at zero and has round ticks")
  func linear() {
    let axis = ValueAxis(values: [47, 3], floor: 0, rows: 12, logarithmic: false)
    #expect(axis.ticks.map(\.label) == ["0", "20", "40"])
    #expect(axis.eighths(47) == 96)
  }

  @Test("flat, zero and empty spectra have an axis", arguments: [[1.0, 1, 1], [0, 0], []])
  func degenerate(values: [Double]) {
    for logarithmic in [true, false] {
      let axis = ValueAxis(values: values, floor: 0, rows: 10, logarithmic: logarithmic)
      for value in values { #expect((0...80).contains(axis.eighths(value))) }
      #expect(axis.top > axis.bottom)
    }
  }
}
