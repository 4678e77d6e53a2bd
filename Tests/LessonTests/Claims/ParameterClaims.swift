import LinearAlgebra
import RankAnalysis
import Testing

extension LessonClaims {
  /// A grey value of the photograph has one byte, a number of its factors four.
  private static let photo = ParameterCosts(shape: Shape(512, 512), sourceElementSize: 1, factorElementSize: 4)

  static let parameters = LessonClaims(
    lesson: "parameters",
    claims: [
      Claim("half", "A quarter of …") {
        try #require(photo.rank(parameterShare: 0.5) == 512 / 4)
        return []
      },
      Claim("freedom", "k² of the numbers are a free choice") {
        for rank in [1, 40, 256, 512] {
          try #require(photo.factored(rank) - photo.degreesOfFreedom(rank) == rank * rank)
        }
        return []
      },
      Claim("freedom", "at full rank, which is mn") {
        try #require(photo.degreesOfFreedom(512) == photo.dense)
        return []
      },
      Claim("dof", "hold exactly … numbers, as many as the photograph") {
        try #require(photo.factored(256) == photo.dense)
        return []
      },
      Claim("dof", "three quarters of …") {
        try #require(4 * photo.degreesOfFreedom(256) == 3 * photo.dense)
        return []
      },
      Claim("dof", "it pays at every k below full rank") {
        try #require((1..<512).allSatisfy { photo.degreesOfFreedom($0) < photo.dense })
        return []
      },
      Claim("bytes", "A quarter of what the numbers promised") {
        try #require(abs(Double(photo.byteBreakEvenRank) / Double(photo.breakEvenRank) - 0.25) < 0.01)
        return []
      },
      Claim("bytes", "40 layers are § of the numbers and § of the bytes") {
        [percent(photo.ratio(40), 1), percent(Double(photo.factoredBytes(40)) / Double(512 * 512), 1)]
      },
      Claim("weights", "paid nearly the full price and lost a fifth") {
        let costs = ParameterCosts(shape: Shape(384, 384), sourceElementSize: 4, factorElementSize: 4)
        try #require((0.99..<1).contains(costs.ratio(costs.breakEvenRank)))
        try #require(abs(try Numbers.svd("sample:minilm-query").error(191) - 0.2) < 0.01)
        return []
      },
      Claim("sparse", "Of its … numbers § are not zero") {
        ["\(try Numbers.matrix("gallery:identity").withEntries { $0.count { $0 != 0 } })"]
      },
      Claim("sparse", "Twice as many as the dense matrix has") {
        let costs = ParameterCosts(shape: Shape(64, 64), sourceElementSize: 8, factorElementSize: 8)
        try #require(costs.factored(64) == 2 * costs.dense)
        return []
      },
    ],
    given: [
      ("budget", "spend 20 % of"), ("budget", "at most 7 %"), ("budget", "Look beyond 40"), ("budget", "to 20 %”"),
      ("budget", "“7 % error”"), ("freedom", "a matrix of rank 512"), ("freedom", "its rank is not 512"),
      ("dof", "At k = 256"), ("dof", "a 512 × 512 matrix of rank 256"), ("bytes", "as 32-bit floats"),
      ("bytes", "takes four. 40 layers"), ("weights", "as 32-bit floats"), ("weights", "10 % of error"),
      ("sparse", "a list of 64 ones"),
    ])
}
