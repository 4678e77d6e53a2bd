import LinearAlgebra
import RankAnalysis
import Testing

extension LessonClaims {
  private static let rectangles = "gallery:outer,terms=3"
  private static let bursts = "gallery:outer,terms=3 | outlier 1000 count=20"

  /// How much of layer `index` a single entry holds.
  private static func peak(_ source: String, _ index: Int) throws -> Double {
    let layer = try Numbers.svd(source).layer(index)
    return layer.largest * layer.largest / (layer.norm * layer.norm)
  }

  static let failure = LessonClaims(
    lesson: "failure",
    claims: [
      Claim("flat", "Half of the energy is gone, and √½ = §") {
        try #require(abs(try Numbers.svd("gallery:orthogonal").energy(64) - 0.5) < 1e-10)
        return [decimals(0.5.squareRoot(), 2)]
      },
      Claim("flat", "All singular values are §,") {
        let values = try Numbers.values("gallery:orthogonal")
        try #require(values.allSatisfy { abs($0 - values[0]) < 1e-12 })
        return [decimals(values[0])]
      },
      Claim("bump", "the rank would be §.") { ["\(try Numbers.rank("numerical", of: "gallery:moving,speed=0"))"] },
      Claim("bump", "one entry further right than in the row above") {
        let matrix = try Numbers.matrix("gallery:moving")
        for i in 1..<20 { for j in 1..<160 { try #require(abs(matrix[i, j] - matrix[i - 1, j - 1]) < 1e-12) } }
        return []
      },
      Claim("diagonal", "of rank §, with 5 added") { ["\(try Numbers.rank("numerical", of: rectangles))"] },
      Claim("outlier", "entries up to §.") { [decimals(try Numbers.matrix(rectangles).largest)] },
      Claim("outlier", "§² is more than all rectangles together") {
        let (largest, norm) = (
          try Numbers.matrix(rectangles + " | outlier 100").largest, try Numbers.matrix(rectangles).norm
        )
        try #require(largest * largest > norm * norm)
        return [decimals(largest)]
      },
      Claim("outlier", "The wrong entry and almost nothing else.") {
        try #require(try peak(rectangles + " | outlier 100", 1) > 0.98)
        return []
      },
      Claim("outlier", "One entry in twelve thousand") {
        try #require(Int((Double(try Numbers.matrix(rectangles).shape.count) / 1000).rounded()) == 12)
        return []
      },
      Claim("bursts", "Twenty entries were set to 1000 times the largest") {
        let (clean, changed) = (try Numbers.matrix(rectangles), try Numbers.matrix(bursts))
        let largest = clean.largest
        let count = changed.withEntries { entries in entries.count { $0 == 1000 * largest } }
        try #require(count == 20)
        return []
      },
      Claim("bursts", "nearly all of it bursts") {
        // Bursts alone, without the rectangles, have the same energy in three layers.
        let layers = try Numbers.svd(bursts).product(3)
        let (largest, matrix) = (try Numbers.matrix(bursts).largest, try Numbers.matrix(bursts))
        var held = 0.0
        for j in 0..<matrix.columns {
          for i in 0..<matrix.rows where matrix[i, j] == largest { held += layers[i, j] * layers[i, j] }
        }
        try #require(held > 0.97 * layers.norm * layers.norm)
        return []
      },
      Claim("bursts", "The rectangles.") {
        // The first layer after the logarithm is that of the rectangles' logarithm.
        let (clean, logged) = (
          try Numbers.svd(rectangles + " | log").layer(1), try Numbers.svd(bursts + " | log").layer(1)
        )
        try #require(logged.distance(to: clean) < 0.25 * clean.norm)
        return []
      },
      Claim("logged", "Before the logarithm it took § layers") {
        let factors = try Numbers.svd(bursts)
        return ["\((0...96).first { factors.energy($0) >= 0.8 } ?? 0)"]
      },
      Claim("scale", "§ wines, thirteen measurements") {
        let shape = try Numbers.matrix("sample:wine").shape
        try #require(word(shape.columns) == "thirteen")
        return ["\(shape.rows)"]
      },
      Claim("scale", "the first direction is proline") {
        let factors = try Numbers.svd(of: Numbers.centred("sample:wine"))
        try #require(abs(factors.right[0, 12]) > 0.999)
        return []
      },
      Claim("mean", "§ handwritten digits") { ["\(try Numbers.matrix("sample:digits").rows)"] },
      Claim("mean", "The first layer points to the mean of all digits") {
        let digits = try Numbers.matrix("sample:digits")
        let means = try Numbers.means("sample:digits")
        let first = try Numbers.svd("sample:digits").right
        let dot = (0..<digits.columns).reduce(0) { $0 + first[0, $1] * means[$1] }
        try #require(abs(dot) > 0.999 * means.reduce(0) { $0 + $1 * $1 }.squareRoot())
        return []
      },
      Claim("mean", "Hardly more than how much ink it has.") {
        // The coordinate along the first direction follows the sum of a row.
        let digits = try Numbers.matrix("sample:digits")
        let first = try Numbers.svd("sample:digits").left
        let ink = (0..<digits.rows).map { row in (0..<digits.columns).reduce(0) { $0 + digits[row, $1] } }
        try #require(abs(correlation(ink, (0..<digits.rows).map { first[$0, 0] })) > 0.9)
        return []
      },
      Claim("mean", "the first layer holds §, the first ten §.") {
        let factors = try Numbers.svd(of: Numbers.centred("sample:digits"))
        return [percent(factors.energy(1)), percent(factors.energy(10))]
      },
    ],
    given: [
      ("bump", "an error of 10 %"), ("diagonal", "with 5 added on"), ("diagonal", "of rank 3 now"),
      ("outlier", "100 times the largest"), ("bursts", "were set to 1000 times the largest"), ("bursts", "log(1 + x)"),
      ("logged", "log(1 + x)"),
      ("logged", "for 10 % is"), ("logged", "holds 80 % of"),
    ])
}

extension Numbers {
  /// The means of the columns.
  static func means(_ source: String) throws -> [Double] {
    let matrix = try matrix(source)
    return (0..<matrix.columns).map { column in
      (0..<matrix.rows).reduce(0) { $0 + matrix[$1, column] } / Double(matrix.rows)
    }
  }

  /// The matrix without the means of its columns.
  static func centred(_ source: String) throws -> Matrix<Double> {
    let (matrix, means) = (try matrix(source), try means(source))
    return Matrix(matrix.shape) { matrix[$0, $1] - means[$1] }
  }

  /// The matrix without the means of its rows and columns.
  static func doublyCentred(_ source: String) throws -> Matrix<Double> {
    let matrix = try centred(source)
    let means = (0..<matrix.rows).map { row in
      (0..<matrix.columns).reduce(0) { $0 + matrix[row, $1] } / Double(matrix.columns)
    }
    return Matrix(matrix.shape) { matrix[$0, $1] - means[$0] }
  }
}

/// Pearson's correlation of `a` and `b`.
func correlation(_ a: [Double], _ b: [Double]) -> Double {
  let count = Double(a.count)
  let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
  var (product, squareA, squareB) = (0.0, 0.0, 0.0)
  for (x, y) in zip(a, b) {
    product += (x - meanA) * (y - meanB)
    squareA += (x - meanA) * (x - meanA)
    squareB += (y - meanB) * (y - meanB)
  }
  return product / (squareA * squareB).squareRoot()
}
