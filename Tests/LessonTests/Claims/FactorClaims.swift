import LinearAlgebra
import MatrixSources
import RankAnalysis
import Testing

extension LessonClaims {
  private static let ratings = "gallery:ratings"
  private static let blank = "gallery:ratings | blank 80%"

  /// What A₆ of the table with gaps, and the mean of what is known, say where nothing was known.
  private static func predictions() throws -> (mean: Double, error: Double, known: Double, errorOfMean: Double) {
    let (truth, table) = (try Numbers.matrix(ratings), try Numbers.matrix(blank))
    let predicted = try Numbers.svd(blank).product(6)
    let known = table.withEntries { $0.filter { $0 != 0 } }
    let mean = known.reduce(0, +) / Double(known.count)
    var (count, sum, squares, squaresOfMean) = (0.0, 0.0, 0.0, 0.0)
    for j in 0..<table.columns {
      for i in 0..<table.rows where table[i, j] == 0 {
        count += 1
        sum += predicted[i, j]
        squares += (predicted[i, j] - truth[i, j]) * (predicted[i, j] - truth[i, j])
        squaresOfMean += (mean - truth[i, j]) * (mean - truth[i, j])
      }
    }
    return (sum / count, (squares / count).squareRoot(), mean, (squaresOfMean / count).squareRoot())
  }

  static let factors = LessonClaims(
    lesson: "factors",
    claims: [
      Claim("iris", "§ irises of three species") {
        let file = try SourceOpener.open("sample:iris")
        let loaded = try file.read(try #require(file.tensors.first), options: .init(), control: WorkControl())
        try #require(Set(loaded.labels.rows).count == 3)
        return ["\(loaded.shape.rows)"]
      },
      Claim("iris", "one species stands apart from the other two") {
        // The first fifty rows are one species: along the first direction none of them is among the others.
        let first = try Numbers.svd(of: Numbers.centred("sample:iris")).left
        let (one, others) = ((0..<50).map { first[$0, 0] }, (50..<150).map { first[$0, 0] })
        try #require((one.max() ?? 0) < (others.min() ?? 0) || (one.min() ?? 0) > (others.max() ?? 0))
        return []
      },
      Claim("tastes", "from § to §.") {
        let table = try Numbers.matrix(ratings)
        let (low, high) = table.withEntries { ($0.min() ?? 0, $0.max() ?? 0) }
        return [decimals(low), decimals(high)]
      },
      Claim("tastes", "the largest “factor” is just the mean") {
        let table = try Numbers.matrix(ratings)
        let means = (0..<table.columns).map { column in
          (0..<table.rows).reduce(0) { $0 + table[$1, column] } / Double(table.rows)
        }
        let first = try Numbers.svd(ratings).right
        let dot = (0..<table.columns).reduce(0) { $0 + first[0, $1] * means[$1] }
        try #require(abs(dot) > 0.99 * means.reduce(0) { $0 + $1 * $1 }.squareRoot())
        return []
      },
      Claim("centred", "As many as tastes were planted") {
        let values = try Numbers.svd(of: Numbers.doublyCentred(ratings)).values
        let shape = Shape(240, 120)
        try #require(try Numbers.rank("gavish_donoho", of: Numbers.analysis(of: values, shape), shape) == 4)
        return []
      },
      Claim("causes", "All three, mixed, in each of them.") {
        let layers = try Numbers.svd("gallery:outer,terms=3").left
        for layer in 0..<3 {
          try #require(Set((0..<96).map { Int((layers[$0, layer] * 1e6).rounded()) }).count > 3)
        }
        return []
      },
      Claim("missing", "Those that are known have a mean of §.") { [decimals(try predictions().known, 1)] },
      Claim("missing", "About §.\nThat would") { [decimals(try predictions().known, 1)] },
      Claim("missing", "About §.\nExactly 0") { [decimals(try predictions().mean, 1)] },
      Claim("missing", "Typical errors are § stars; answering § always would make §.") {
        let found = try predictions()
        return [decimals(found.error, 1), decimals(found.known, 1), decimals(found.errorOfMean, 1)]
      },
      Claim("digits", "§ handwritten digits") { ["\(try Numbers.matrix("sample:digits").rows)"] },
    ],
    given: [
      ("rotation", "invertible 2 × 2 matrix"), ("rotation", "since the 1930s"), ("tastes", "nobody rates 0"),
      ("missing", "80 % of the ratings"), ("missing", "stand as 0"), ("missing", "those entries are 0"),
      ("missing", "Exactly 0"), ("missing", "Rank 6 is"),
    ])
}
