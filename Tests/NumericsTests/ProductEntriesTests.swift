import Factorizations
import LinearAlgebra
import RankAnalysis
import Testing

/// What goes through the entries of a product without forming it finds what it finds in the formed one.
@Suite("Entries of products, block by block")
struct ProductEntriesTests {
  /// A product of two random factors that lie as they may in a file.
  struct Case: CustomTestStringConvertible {
    let m: Int, r: Int, n: Int
    var isFloat = true
    var transposes = (left: false, right: false)
    var testDescription: String { "\(m) × \(r) × \(n), \(isFloat ? "f32" : "f64"), transposed \(transposes)" }

    /// Relative to the largest magnitude.
    var tolerance: Double { isFloat ? 1e-6 : 1e-12 }

    func product(scale: Double = -0.5) throws -> ThinProduct {
      func factor(_ rows: Int, _ columns: Int, seed: UInt64, isTransposed: Bool) -> DenseMatrix {
        let entries =
          isTransposed
          ? TestMatrices.gaussian(columns, rows, seed: seed) : TestMatrices.gaussian(rows, columns, seed: seed)
        return DenseMatrix(
          isFloat ? .float(TestMatrices.float(entries)) : .double(entries), isStoredTransposed: isTransposed)
      }
      return try ThinProduct(
        left: factor(m, r, seed: 1, isTransposed: transposes.left),
        right: factor(r, n, seed: 2, isTransposed: transposes.right), scale: scale)
    }
  }

  static let cases = [
    // Several blocks, the last one narrower.
    Case(m: 1500, r: 3, n: 1600), Case(m: 1500, r: 3, n: 1600, isFloat: false, transposes: (true, true)),
    Case(m: 700, r: 2, n: 1700, transposes: (false, true)),
    Case(m: 40, r: 5, n: 30, transposes: (true, false)), Case(m: 40, r: 5, n: 30, isFloat: false),
    // The inner side is the longest; one row, one column.
    Case(m: 6, r: 20, n: 9), Case(m: 1, r: 2, n: 50), Case(m: 50, r: 2, n: 1, isFloat: false),
  ]

  private func isClose(_ a: PooledPicture, _ b: PooledPicture, within tolerance: Double) -> Bool {
    a.grid == b.grid
      && zip(a.values, b.values).allSatisfy { abs(Double($0) * a.scale - Double($1) * b.scale) <= tolerance }
  }

  @Test("the blocks are the columns in order, with the next one behind them", arguments: cases)
  func blocks(one: Case) throws {
    let product = try one.product()
    let formed = product.factors.formed()
    let largest = EntrySummary(formed.storage).largestMagnitude
    var (next, count) = (0, 0)
    product.factors.forEachBlock(overlap: 1) { block in
      #expect(block.columns.lowerBound == next && block.entries.isFloat == one.isFloat)
      let behind = block.columns.upperBound < one.n ? 1 : 0
      #expect(block.entries.shape == Shape(one.m, block.columns.count + behind))
      #expect(block.columns.count * one.m <= 1 << 20)
      var distance = 0.0
      for j in 0..<block.entries.shape.columns {
        for i in 0..<one.m { distance = max(distance, abs(block.entries[i, j] - formed[i, next + j])) }
      }
      #expect(distance <= one.tolerance * largest)
      next = block.columns.upperBound
      count += 1
    }
    #expect(next == one.n && (count > 1) == (one.m * one.n > 1 << 20))
    #expect(abs(formed[0, 0] - definition(product, 0, 0)) <= one.tolerance * largest)
    #expect(abs(formed[one.m - 1, one.n - 1] - definition(product, one.m - 1, one.n - 1)) <= one.tolerance * largest)
  }

  private func definition(_ product: ThinProduct, _ i: Int, _ j: Int) -> Double {
    product.scale * (0..<product.innerSide).reduce(0) { $0 + product.left[i, $1] * product.right[$1, j] }
  }

  @Test("range, pictures and detail are those of the formed matrix, and of its transpose", arguments: cases)
  func pictures(one: Case) throws {
    for product in [try one.product(), try one.product().transposed] {
      let (factors, formed) = (product.factors, product.factors.formed())
      let summary = EntrySummary(formed.storage)
      let tolerance = one.tolerance * summary.largestMagnitude
      let range = try factors.range(control: WorkControl())
      #expect(abs(range.lowerBound - summary.minimum) <= tolerance)
      #expect(abs(range.upperBound - summary.maximum) <= tolerance)
      #expect(try formed.range(control: WorkControl()) == summary.minimum...summary.maximum)
      for grid in [PictureGrid(rows: 7, columns: 11), PictureGrid(rows: 60, columns: 33)] {
        let picture = try pooledPicture(of: factors, grid: grid, control: WorkControl())
        let expected = try pooledPicture(of: formed, grid: grid, control: WorkControl())
        #expect(isClose(picture, expected, within: max(tolerance, 1e-6 * summary.largestMagnitude)))
      }
      let map = try DetailMap(of: factors, channels: 1, control: WorkControl())
      let expected = try DetailMap(of: formed, channels: 1, control: WorkControl())
      for side in [1, 8, 100] {
        #expect(map.strongest(height: side, width: side) == expected.strongest(height: side, width: side))
      }
    }
  }

  @Test("the residual of A_k is that of the formed matrix", arguments: cases)
  func residuals(one: Case) throws {
    let product = try one.product()
    let (factors, formed) = (product.factors, product.factors.formed())
    let summary = EntrySummary(formed.storage)
    let input = SolveInput(
      source: .product(product), summary: EntrySummary(product),
      sourceEpsilon: one.isFloat ? Float.epsilon : Double.epsilon)
    let svd = try SolverPlanner(method: "product").thinSVD(of: input, control: WorkControl()).0
    let grid = PictureGrid(rows: 9, columns: 6)
    for rank in [0, 1, one.r] {
      let found = try measureResidual(
        of: factors, summary: input.summary, svd: svd, rank: rank, grid: grid, control: WorkControl())
      let expected = try measureResidual(
        of: formed, summary: summary, svd: svd, rank: rank, grid: grid, control: WorkControl())
      #expect(abs(found.computedFrobeniusError - expected.computedFrobeniusError) <= one.tolerance)
      #expect(abs(found.largestError - expected.largestError) <= one.tolerance * summary.largestMagnitude)
      let (a, b) = (try #require(found.rootMeanSquare), try #require(expected.rootMeanSquare))
      #expect(isClose(a, b, within: 1e-6 * summary.largestMagnitude))
      if rank == 0 { #expect(found.largestError > 0.9 * summary.largestMagnitude) }
      if rank == one.r { #expect(found.computedFrobeniusError < 10 * one.tolerance) }
    }
  }

  @Test("a window takes its rows and columns of the factors", arguments: cases)
  func windows(one: Case) throws {
    let (factors, formed) = (try one.product().factors, try one.product().factors.formed())
    let tolerance = one.tolerance * EntrySummary(formed.storage).largestMagnitude
    let window = EntryWindow(rows: one.m / 3..<(2 * one.m + 2) / 3, columns: one.n / 4..<(one.n + 1) / 2)
    let (part, expected) = (window.part(of: factors, channels: 1), window.part(of: formed, channels: 1))
    #expect(part.shape == expected.shape && part.isFloat == one.isFloat && part.innerSide == one.r)
    let entries = part.formed()
    for i in 0..<part.shape.rows where i % 37 == 0 {
      for j in 0..<part.shape.columns { #expect(abs(entries[i, j] - expected[i, j]) <= tolerance) }
    }
  }

  @Test("an empty product has no blocks, and pictures of it are zero")
  func empty() throws {
    let product = try Case(m: 0, r: 2, n: 3).product()
    #expect(try product.factors.range(control: WorkControl()) == 0...0)
    let picture = try pooledPicture(
      of: product.factors, grid: PictureGrid(rows: 2, columns: 2), control: WorkControl())
    #expect(picture.values == [0, 0, 0, 0])
    var count = 0
    product.transposed.factors.forEachBlock { _ in count += 1 }
    #expect(count == 0)
  }

  @Test("cancelling ends a pass between blocks")
  func cancelled() throws {
    let factors = try Case(m: 1500, r: 3, n: 1600).product().factors
    let token = CancellationToken()
    let control = WorkControl(token: token) { if $0 > 0 { token.cancel() } }
    #expect(throws: Cancelled.self) { try factors.range(control: control) }
  }

  @Test("a method that takes entries counts those of a product among its bytes")
  func budget() throws {
    let product = try Case(m: 400, r: 4, n: 300).product()
    let input = SolveInput(
      source: .product(product), summary: EntrySummary(product), sourceEpsilon: Float.epsilon)
    let planner = SolverPlanner(method: "gesdd", threads: 1)
    let dense = SolveRequest(shape: Shape(400, 300), worksInFloat: true, outcome: .values, threads: 1)
    let (there, formed) = (try planner.decide(dense).plan, try planner.decide(planner.request(.values, of: input)).plan)
    #expect(formed.estimatedBytes == there.estimatedBytes + 400 * 300 * 4)
    let tight = SolverPlanner(method: "gesdd", threads: 1, availableBytes: { Int(there.estimatedBytes) })
    #expect(throws: FactorizationError.self) { try tight.spectrum(of: input, control: WorkControl()) }
  }
}
