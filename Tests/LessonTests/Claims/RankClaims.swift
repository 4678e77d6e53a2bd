import LinearAlgebra
import RankAnalysis
import Testing

extension LessonClaims {
  static let rank = LessonClaims(
    lesson: "rank",
    claims: [
      Claim("straight", "Sixteen dark and light") {
        let row = try Numbers.matrix("gallery:stripes,angle=0").selecting(rows: [0], columns: Array(0..<160))
        let edges = (1..<160).count { row[0, $0] != row[0, $0 - 1] }
        try #require(word(edges + 1) == "sixteen")
        return []
      },
      Claim("slanted", "by 1° the stripes have rank § in place of §, and by 2° rank §") {
        try [1, 0, 2].map { "\(try Numbers.rank("numerical", of: "gallery:stripes,angle=\($0)"))" }
      },
      Claim("plus-minus", "Sixty-four squares") {
        let board = try Numbers.matrix("gallery:checkerboard,low=-1")
        let across = (1..<board.columns).count { board[0, $0] != board[0, $0 - 1] } + 1
        let down = (1..<board.rows).count { board[$0, 0] != board[$0 - 1, 0] } + 1
        try #require(across * down == 64)
        return []
      },
      Claim("zero-one", "half of the ±1 board plus half of a matrix of ones, and 1 + 1 = §") {
        let (signs, board) = (
          try Numbers.matrix("gallery:checkerboard,low=-1"), try Numbers.matrix("gallery:checkerboard")
        )
        let sum = Matrix<Double>(board.shape) { signs[$0, $1] / 2 + 0.5 }
        try #require(sum.distance(to: board) == 0)
        return ["\(try Numbers.rank("numerical", of: "gallery:checkerboard"))"]
      },
      Claim("identity", "all singular values are §") {
        let values = try Numbers.values("gallery:identity")
        try #require(values.allSatisfy { abs($0 - values[0]) < 1e-14 })
        return [decimals(values[0])]
      },
      Claim("noise", "three, then a cliff") {
        let (clean, noisy) = (
          try Numbers.values("gallery:outer,terms=3"), try Numbers.values("gallery:outer,terms=3 | noise 0.01")
        )
        try #require(clean[2] > 1 && clean[3] < 1e-10 && noisy[2] > 50 * noisy[3])
        return []
      },
      Claim("hilbert", "σ₁ times §·10⁻¹⁴") { [decimals(64 * Double.ulpOfOne * 1e14, 1)] },
      Claim("hilbert", "fall by a factor of § at first, later by more than 10 at each step") {
        let values = try Numbers.values("gallery:hilbert")
        try #require((11..<15).allSatisfy { values[$0] > 10 * values[$0 + 1] })
        return [decimals(values[0] / values[1])]
      },
      Claim("end", "±1 board: §; 0/1 board: §; identity: full") {
        try #require(try Numbers.rank("numerical", of: "gallery:identity") == 64)
        return try ["gallery:checkerboard,low=-1", "gallery:checkerboard"].map {
          "\(try Numbers.rank("numerical", of: $0))"
        }
      },
      Claim("layers", "each layer mixes all three") {
        // No left vector is constant on a single rectangle's rows and zero elsewhere: each has three levels and more.
        let factors = try Numbers.svd("gallery:outer,terms=3")
        for layer in 0..<3 {
          let levels = Set((0..<96).map { Int((factors.left[$0, layer] * 1e6).rounded()) })
          try #require(levels.count > 3)
        }
        return []
      },
    ],
    given: [
      ("straight", "from 0 to 1"), ("slanted", "turned by 10°"), ("nearly", "at most 10 %"),
      ("plus-minus", "dark for −1 and light for +1"), ("plus-minus", "is −1 times the first"),
      ("zero-one", "are now 0 and no longer −1"), ("noise", "noise of 0.01"),
      ("hilbert", "1/(i + j − 1)"), ("hilbert", "numbers of 16 digits"),
    ])
}
