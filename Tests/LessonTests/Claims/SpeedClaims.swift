import LinearAlgebra
import RankAnalysis
import Testing

extension LessonClaims {
  static let speed = LessonClaims(
    lesson: "speed",
    claims: [
      Claim("flops", "Five times fewer") {
        let (m, n, k) = (400, 400, 40)
        try #require(2 * m * n == 5 * 2 * k * (m + n))
        return []
      },
      Claim("parentheses", "About § times more.") {
        let (m, n, k) = (400, 400, 40)
        return ["\((2 * m * n * k + 2 * m * n) / (2 * m * n))"]
      },
      Claim("price", "22n³ / (2n² − 4nk) = §.") {
        let (n, k) = (400, 40)
        return [NumberFormat.grouped(22 * n * n * n / (2 * n * n - 4 * n * k))]
      },
      Claim("price", "About §.\n") {
        let (n, k) = (400, 40)
        return [NumberFormat.grouped(22 * n * n * n / (2 * n * n - 4 * n * k))]
      },
      Claim("price", "cost some 4n²k and pay after §.") {
        let (n, k) = (400, 40)
        return ["\(4 * n * n * k / (2 * n * n - 4 * n * k))"]
      },
      Claim("condition", "Some twenty thousand times as much.") {
        let values = try Numbers.values("gallery:hilbert")
        let ratio = values[4] / values[9]
        try #require((ratio / 10_000).rounded() == 2)
        return []
      },
      Claim("inverse", "About §, as for A.") { [percent(try Numbers.svd("gallery:decay").error(5))] },
      Claim("inverse", "About §, the other part.") { [percent(1 - (try Numbers.svd("gallery:decay").error(5)))] },
      Claim("inverse", "99.99 %") {
        let inverses = try Numbers.values("gallery:decay").map { 1 / $0 }
        let all = inverses.reduce(0) { $0 + $1 * $1 }
        let error = (inverses.dropFirst(5).reduce(0) { $0 + $1 * $1 } / all).squareRoot()
        try #require(percent(error, 2) == "99.99 %")
        return []
      },
      Claim("ridge", "1,000 times.") {
        let (side, rank) = (400, 40)
        let ratio: Int = (side / rank) * (side / rank) * (side / rank)
        try #require(ratio == 1000)
        return []
      },
    ],
    given: [
      ("flops", "at rank 40"), ("parentheses", "2mn(k + 1)"), ("price", "with n = 400 and rank 40"),
      ("price", "About 55."), ("price", "About 550."), ("condition", "cut to rank 5"), ("condition", "with rank 10"),
      ("inverse", "σᵢ = 1/i"), ("inverse", "Rank 5 leaves"), ("inverse", "values 1/σᵢ"), ("inverse", "1/σ turns"),
      ("ridge", "with m = 400"), ("ridge", "Cholesky of 40 × 40 in place of 400 × 400"),
      ("ridge", "10 times."), ("ridge", "100 times."), ("ridge", "m³/3"),
    ])
}
