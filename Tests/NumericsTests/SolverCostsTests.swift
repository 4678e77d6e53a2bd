import Factorizations
import LinearAlgebra
import Testing

@Suite("Costs of solvers")
struct SolverCostsTests {
  /// Rates in Gflop/s by short side and aspect.
  private static let measured: [(short: Int, aspect: Int, rate: Double)] = [
    (64, 1, 1), (64, 4, 2), (64, 16, 3), (512, 1, 8), (512, 4, 20), (4096, 1, 5),
  ]
  private static let costs = table(measured.map { line($0.short, $0.short * $0.aspect, rate: $0.rate) })

  private static func table(_ lines: [String]) -> SolverCosts { SolverCosts(text: lines.joined(separator: "\n")) }

  private static func line(_ short: Int, _ long: Int, rate: Double, threads: Int = 1) -> String {
    let flops = Double(short * short) * Double(long)
    return "one values f32 \(threads) \(short) \(long) \(flops) \(flops / (rate * 1e9))"
  }

  /// The rate in Gflop/s that the table gives for a shape.
  private func rate(
    _ costs: SolverCosts, _ shape: Shape, threads: Int = 1, method: String = "one", worksInFloat: Bool = true
  ) -> Double {
    let request = SolveRequest(shape: shape, worksInFloat: worksInFloat, outcome: .values, threads: threads)
    return 1 / costs.seconds(method, request, flops: 1e9)
  }

  @Test("what was measured is recovered, standing or lying")
  func exact() {
    for (short, aspect, expected) in Self.measured {
      for shape in [Shape(short, short * aspect), Shape(short * aspect, short)] {
        #expect(abs(rate(Self.costs, shape) / expected - 1) < 1e-12)
      }
    }
  }

  @Test("between two measured shapes the rate goes from one to the other, never back")
  func monotonic() {
    let along = (64...1024).map { rate(Self.costs, Shape(64, $0)) }
    #expect(zip(along, along.dropFirst()).allSatisfy { $0 < $1 })
    let rising = (64...512).map { rate(Self.costs, Shape($0, $0)) }
    #expect(zip(rising, rising.dropFirst()).allSatisfy { $0 < $1 })
    let falling = stride(from: 512, through: 4096, by: 8).map { rate(Self.costs, Shape($0, $0)) }
    #expect(zip(falling, falling.dropFirst()).allSatisfy { $0 > $1 })
    // Half-way in the logarithms.
    #expect(abs(rate(Self.costs, Shape(64, 128)) - 2.0.squareRoot()) < 1e-12)
  }

  @Test("beyond the table the nearest rate holds, so that seconds grow with the flops")
  func beyond() {
    #expect(abs(rate(Self.costs, Shape(100_000, 100_000)) - 5) < 1e-12)
    #expect(abs(rate(Self.costs, Shape(3, 3)) - 1) < 1e-12)
    #expect(abs(rate(Self.costs, Shape(64, 1_000_000)) - 3) < 1e-12)
    let request = SolveRequest(shape: Shape(9000, 9000), worksInFloat: true, outcome: .values, threads: 1)
    let (once, twice) = (
      Self.costs.seconds("one", request, flops: 1e12), Self.costs.seconds("one", request, flops: 2e12)
    )
    #expect(abs(twice / once - 2) < 1e-12)
    #expect(rate(Self.costs, Shape(0, 5)) > 0)
  }

  @Test("the closest number of threads counts")
  func threads() {
    let costs = Self.table([Self.line(64, 64, rate: 1), Self.line(64, 64, rate: 6, threads: 8)])
    for (threads, expected) in [(1, 1.0), (4, 1), (5, 6), (8, 6), (64, 6)] {
      #expect(abs(rate(costs, Shape(64, 64), threads: threads) - expected) < 1e-12)
    }
  }

  @Test("what was never measured has a guess")
  func unmeasured() {
    #expect(rate(Self.costs, Shape(64, 64), method: "another") == 16)
    #expect(rate(Self.costs, Shape(64, 64), worksInFloat: false) == 8)
    #expect(rate(SolverCosts(text: ""), Shape(64, 64)) == 16)
  }

  @Test("lines that are no measurements are passed over, the last of two alike counts")
  func text() {
    let costs = SolverCosts(
      text: """
        # one values f32 1 64 64 1e9 100
        one values f32 1 64 64 1e9 1
        one values f32 1 64 64 1e9 0.5

        one values f32 1 64 64 1e9
        one values f32 1 64 64 1e9 0.1 more
        one vectors f32 1 64 64 1e9 0.1
        one values f32 x 64 64 1e9 0.1
        one values f32 1 64 64 1e9 0
        one values f32 1 64 64 nan 0.1
        one values f32 1 64 64 inf 0.1
        one values f32 1 64 64 -1e9 0.1
        one values f32 1 64 64 1e9 inf
        one values f32 1 64 32 1e9 0.1
        one values f32 0 64 64 1e9 0.1
        one values f64 1 64 64 1e9 4
        """)
    #expect(abs(rate(costs, Shape(64, 64)) - 2) < 1e-12)
    #expect(abs(rate(costs, Shape(64, 64), worksInFloat: false) - 0.25) < 1e-12)
  }

  @Test("the table that the program carries answers for every method and shape")
  func shared() throws {
    for name in SolverCatalog.names {
      for shape in [Shape(1, 1), Shape(40, 4000), Shape(700, 700), Shape(5000, 5000)] {
        let seconds = SolverCosts.shared.seconds(
          name, SolveRequest(shape: shape, worksInFloat: true, outcome: .values), flops: 1e9)
        #expect(seconds.isFinite && seconds > 0)
      }
    }
  }
}
