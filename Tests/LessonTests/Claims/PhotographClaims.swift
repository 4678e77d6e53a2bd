import LinearAlgebra
import RankAnalysis
import Testing

extension LessonClaims {
  private static let camera = "sample:camera"

  static let photograph = LessonClaims(
    lesson: "photograph",
    claims: [
      Claim("energy", "√0.01 = §") { [decimals((1 - 0.99).squareRoot(), 1)] },
      Claim("energy", "**99 % of the energy is an error of §**".plain) { [percent((1 - 0.99).squareRoot())] },
      Claim("energy", "90 % of it one of §") { [percent((1 - 0.9).squareRoot())] },
      Claim("energy", "error = √(1 − energy)") {
        let factors = try Numbers.svd(camera)
        let approximation = factors.product(21)
        let matrix = try Numbers.matrix(camera)
        let error = matrix.distance(to: approximation) / matrix.norm
        let energy = approximation.norm * approximation.norm / (matrix.norm * matrix.norm)
        try #require(abs(error - (1 - energy).squareRoot()) < 1e-9)
        return []
      },
      Claim("one-percent", "more than half of all layers") {
        try #require(try Numbers.rank("error_1", of: camera) > 256)
        return []
      },
      Claim("shuffled", "its § rows") { ["\(try Numbers.matrix(camera).rows)"] },
      Claim("shuffled", "All of them stay as they are.") {
        let (before, after) = (try Numbers.values(camera), try Numbers.values(camera + " | shuffle rows"))
        try #require(zip(before, after).allSatisfy { abs($0 - $1) < 1e-10 * before[0] })
        return []
      },
      Claim("entries", "One layer is left that stands out, the mean grey") {
        let values = try Numbers.values(camera + " | shuffle entries")
        let matrix = try Numbers.matrix(camera)
        let mean = matrix.withEntries { $0.reduce(0, +) } / Double(matrix.shape.count)
        try #require(values[0] > 10 * values[1] && values[1] < 1.1 * values[5])
        try #require(abs(values[0] - 512 * mean) < 0.01 * values[0])
        return []
      },
      Claim("brighter", "21 layers leave out almost the same things as before: then, the error was §") {
        let (before, after) = (try Numbers.svd(camera), try Numbers.svd(camera + " | add 100"))
        let left = after.error(21) * (try Numbers.matrix(camera + " | add 100").norm)
        let leftBefore = before.error(21) * (try Numbers.matrix(camera).norm)
        try #require(abs(left - leftBefore) < 0.01 * leftBefore)
        return [percent(before.error(21), 2)]
      },
      Claim("brighter", "About §, as before") { [percent(try Numbers.svd(camera).error(21))] },
      Claim("brighter", "About 6 %.") {
        try #require(percent(try Numbers.svd(camera + " | add 100").error(21)) == "6 %")
        return []
      },
      Claim("brighter", "‖A‖ is now mostly brightness") {
        // A matrix of the mean alone has most of ‖A‖².
        let matrix = try Numbers.matrix(camera + " | add 100")
        let mean = matrix.withEntries { $0.reduce(0, +) } / Double(matrix.shape.count)
        try #require(mean * mean * Double(matrix.shape.count) > 0.9 * matrix.norm * matrix.norm)
        return []
      },
      Claim("end", "99 % of the energy is an error of §") { [percent((1 - 0.99).squareRoot())] },
    ],
    given: [
      ("walk", "4, Enter"), ("walk", "at most 15 %"), ("energy", "for 99 % of the"),
      ("energy", "99 % of the energy is kept"),
      ("energy", "“99 % kept”"), ("one-percent", "bring the error to 10 %"), ("one-percent", "ten times smaller: 1 %"),
      ("shuffled-error", "an error of 10 %"), ("shuffled-error", "at most 10 %"), ("entries", "an error of 10 %"),
      ("brighter", "Here 100 was added"), ("brighter", "now, with 21 layers"), ("brighter", "About 14 %"),
    ])
}

extension String {
  /// Without the marks of stress, as a step's words are compared.
  var plain: String { replacing("**", with: "") }
}
