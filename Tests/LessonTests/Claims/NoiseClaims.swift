import LinearAlgebra
import RankAnalysis
import Testing

extension LessonClaims {
  private static let plain = "gallery:noise,rows=300,columns=200"
  private static let planted = "gallery:planted,rows=300,columns=200,rank=5,noise="
  /// √m + √n.
  private static let sides = 300.0.squareRoot() + 200.0.squareRoot()

  /// ‖A_k − S‖/‖S‖ of the matrix under noise of 4, with other σ where they are given.
  private static func trueError(_ rank: Int, values: [Double]? = nil) throws -> Double {
    let signal = try Numbers.matrix(planted + "0")
    return try Numbers.svd(planted + "4").product(rank, values: values).distance(to: signal) / signal.norm
  }

  /// σ of the matrix under noise of 4, shrunk.
  private static func shrunk() throws -> [Double] {
    let shrinkage = SingularValueShrinkage(Shape(300, 200), noise: 4)
    return try Numbers.values(planted + "4").map { shrinkage.shrunk($0) }
  }

  static let noise = LessonClaims(
    lesson: "noise",
    claims: [
      Claim("pure", "near s(√m + √n) = §:") { [decimals(sides, 1)] },
      Claim("edge", "long slope that ends near §.") { [decimals(sides, 1)] },
      Claim("sensor", "more than twice the edge") {
        try #require(try Numbers.values(plain + " | multiply 4 column=7")[0] > 2 * sides)
        return []
      },
      Claim("sensor", "seed 4 of the plain noise reaches §") {
        let largest = try Numbers.values(plain + ",seed=4")[0]
        try #require(largest > sides)
        return [decimals(largest, 1)]
      },
      Claim("better", "‖A₂ − S‖ is § of ‖S‖, ‖A₅ − S‖ §: worse than saying nothing") {
        try [percent(trueError(2)), percent(trueError(5))]
      },
      Claim("better", "A₂.") {
        let errors = try (0...12).map { try trueError($0) }
        try #require(errors.min() == errors[2] && errors[5] > 1)
        return []
      },
      Claim("too-large", "§: all kept singular values are too large, the fifth") {
        let (clean, noisy) = (try Numbers.values(planted + "0"), try Numbers.values(planted + "4"))
        try #require((0..<5).allSatisfy { noisy[$0] > clean[$0] })
        return [decimals(clean[0])]
      },
      Claim("too-large", "and was §.") { [decimals(try Numbers.values(planted + "0")[4])] },
      Claim("too-large", "§ for the first") { [decimals(try shrunk()[0])] },
      Claim("too-large", "the error falls from § to §.") {
        try [percent(trueError(2)), percent(trueError(200, values: shrunk()))]
      },
      Claim("vanish", "which is § here; ours have § and less") {
        let threshold = 10 * (300.0 * 200).squareRoot().squareRoot()
        // Rounded up: below it nothing shows.
        return [decimals(threshold), decimals(try Numbers.values(planted + "0")[0])]
      },
      Claim("more-rows", "kept § of 5 patterns") { ["\(try Numbers.rank("gavish_donoho", of: planted + "4"))"] },
      Claim("more-rows", "Four times the rows double the σ of a pattern, while the edge goes from § to § only") {
        let tall = try Numbers.values("gallery:planted,rows=1200,columns=200,rank=5,noise=0")
        let ratio = tall[0] / (try Numbers.values(planted + "0"))[0]
        try #require(abs(ratio - 2) < 0.2)
        return [decimals(4 * sides), decimals(4 * (1200.0.squareRoot() + 200.0.squareRoot()))]
      },
      Claim("grain", "It is § away from the clean one") {
        let clean = try Numbers.matrix("sample:camera")
        return [percent(try Numbers.matrix("sample:camera | noise 40").distance(to: clean) / clean.norm)]
      },
      Claim(
        "grain", "A₁₉ is § away from the clean photograph: half of the distance is gone, and no rank does better than §"
      ) {
        let clean = try Numbers.matrix("sample:camera")
        let noisy = try Numbers.svd("sample:camera | noise 40")
        try #require(try Numbers.rank("gavish_donoho", of: "sample:camera | noise 40") == 19)
        // ‖A_k − S‖² = ‖S‖² + Σ_{i≤k} σ_i(σ_i − 2·u_iᵀSv_i).
        let inner = noisy.left.multiplied(by: clean, transposeLeft: true).multiplied(
          by: noisy.right, transposeRight: true)
        let norm = clean.norm
        var squares = [norm * norm]
        for (index, value) in noisy.values.enumerated() {
          squares.append(squares[index] + value * (value - 2 * inner[index, index]))
        }
        let errors = squares.map { $0.squareRoot() / norm }
        return [percent(errors[19]), percent(errors.min() ?? 0, 2)]
      },
      Claim("trained", "§\nNone.") {
        let (layer, shuffled) = (
          try Numbers.values("sample:minilm-query"), try Numbers.values("sample:minilm-query | shuffle entries")
        )
        try #require(layer[300] < shuffled[300])
        return ["\(layer.count { $0 > shuffled[0] })"]
      },
      Claim("trained", "where shuffled entries have §") {
        [decimals(try Numbers.values("sample:minilm-query | shuffle entries")[191], 2)]
      },
    ],
    given: [
      ("pure", "mean 0, standard deviation 1"), ("edge", "noise of standard deviation 1"),
      ("sensor", "the 200 sensors"),
      ("better", "noise of standard deviation 4"), ("better", "The truth is 5"),
      ("vanish", "has standard deviation 10"), ("more-rows", "Back to noise of 4"), ("more-rows", "2 of 5 patterns"),
      ("grain", "standard deviation 40"), ("grain", "99 % of the energy"),
    ])
}

extension Factors {
  /// σ·u·vᵀ, the layer `index` from 1.
  func layer(_ index: Int) -> Matrix<Double> {
    Matrix(Shape(left.rows, right.columns)) {
      left[$0, index - 1] * values[index - 1] * right[index - 1, $1]
    }
  }
}
