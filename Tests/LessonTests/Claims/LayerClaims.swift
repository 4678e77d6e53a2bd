import LinearAlgebra
import RankAnalysis
import Testing

extension LessonClaims {
  private static let query = "sample:minilm-query"

  static let layer = LessonClaims(
    lesson: "layer",
    claims: [
      Claim("ten-percent", "as a pair of factors, a layer exact to 10 % is larger than the layer") {
        let costs = ParameterCosts(shape: Shape(384, 384), sourceElementSize: 4, factorElementSize: 4)
        try #require(costs.factored(try Numbers.rank("error_10", of: query)) > costs.dense)
        return []
      },
      Claim("half", "Half of the break-even rank is about §.") {
        let costs = ParameterCosts(shape: Shape(384, 384), sourceElementSize: 4, factorElementSize: 4)
        return [decimals(Double(costs.breakEvenRank) / 2)]
      },
      Claim("half", "Nearly half of ‖W‖ is gone for half of the numbers") {
        try #require((0.45...0.5).contains(try Numbers.svd(query).error(96)))
        return []
      },
      Claim("shuffled", "§ directions stand above all that shuffled entries have; the tail is lower") {
        let (values, shuffled) = (try Numbers.values(query), try Numbers.values(query + " | shuffle entries"))
        try #require((192..<380).allSatisfy { values[$0] < shuffled[$0] })
        return ["\(values.count { $0 > shuffled[0] })"]
      },
      Claim("aligned", "At most §, as of the weights.") { [percent(try Numbers.svd(query).error(191))] },
      Claim("aligned", "100 %") {
        // W₁₉₁v₃₀₀, beside Wv₃₀₀.
        let factors = try Numbers.svd(query)
        let direction = Matrix<Double>(Shape(384, 1)) { row, _ in factors.right[299, row] }
        let output = try Numbers.matrix(query).multiplied(by: direction)
        let cut = factors.product(191).multiplied(by: direction)
        try #require(percent(output.distance(to: cut) / output.norm) == "100 %")
        return []
      },
      Claim("aligned", "\n0 %\nFor x along v₁ … v₁₉₁ it is.") {
        let factors = try Numbers.svd(query)
        let direction = Matrix<Double>(Shape(384, 1)) { row, _ in factors.right[190, row] }
        let output = try Numbers.matrix(query).multiplied(by: direction)
        let cut = factors.product(191).multiplied(by: direction)
        try #require(output.distance(to: cut) < 1e-12 * output.norm)
        return []
      },
      Claim("inputs", "The product of W with a square root of XᵀX.") {
        // Inputs that point along few directions: cutting W·L and dividing by L serves the outputs better than cutting W,
        // and the weights worse.
        let matrix = try Numbers.matrix("\(query) | crop rows=1-60 columns=1-60")
        var scales = Matrix<Double>(zeros: Shape(60, 60))
        for i in 0..<60 { scales[i, i] = i < 10 ? 5 : 0.5 }
        let turn = Matrix<Double>.orthogonal(Shape(60, 60), seed: 1)
        let root = turn.multiplied(by: scales)
        var inverse = Matrix<Double>(zeros: Shape(60, 60))
        for i in 0..<60 { inverse[i, i] = 1 / scales[i, i] }
        let plain = try Numbers.svd(of: matrix).product(20)
        let weighted = try Numbers.svd(of: matrix.multiplied(by: root)).product(20)
          .multiplied(by: inverse.multiplied(by: turn, transposeRight: true))
        func outputs(_ cut: Matrix<Double>) -> Double { matrix.difference(cut).multiplied(by: root).norm }
        try #require(outputs(weighted) < outputs(plain))
        try #require(weighted.distance(to: matrix) > plain.distance(to: matrix))
        return []
      },
      Claim("heads", "More than three quarters. For the whole layer it was § of §, less than half") {
        let (head, whole) = (
          try Numbers.rank("energy_90", of: query + " | crop rows=1-32"), try Numbers.rank("energy_90", of: query)
        )
        try #require(4 * head > 3 * 32 && 2 * whole < 384)
        return ["\(try Numbers.rank("energy_90", of: query))", "\(try Numbers.matrix(query).rows)"]
      },
    ],
    given: [
      ("ten-percent", "an error of 10 %"), ("lora", "with r = 8"), ("lora", "cut to rank 8"), ("delta", "So rank 8 is"),
      ("delta", "rank 8 of W"), ("delta", "give or take 8"), ("aligned", "to rank 191"), ("aligned", "W₁₉₁v₃₀₀ = 0"),
      ("aligned", "direction 300"),
      ("heads", "12 attention heads of 32 rows"), ("heads", "of the 32 directions hold 90 % of"),
      ("end", "for 10 % within"),
    ])
}
