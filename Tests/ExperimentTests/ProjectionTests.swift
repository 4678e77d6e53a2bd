import Experiments
import Factorizations
import Foundation
import LinearAlgebra
import MatrixFiles
import MatrixGallery
import Preparation
import RankAnalysis
import Testing

/// A sample of the project, prepared, with its SVD.
private func sample(_ name: String, _ preparation: Preparation) throws -> ExperimentSubject {
  let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "SampleData")
  return try solved(at: directory.appending(path: name), preparation)
}

private func solved(at url: URL, _ preparation: Preparation) throws -> ExperimentSubject {
  let file = try MatrixFileOpener.open(url.path())
  let prepared = try preparation.read(try file.tensor(named: nil), of: file, control: WorkControl())
  let (svd, _) = try SolverPlanner().thinSVD(of: prepared.solveInput, control: WorkControl())
  return ExperimentSubject(
    prepared, analysis: SpectrumAnalysis(Spectrum(svd, of: prepared.solveInput)), svd: svd, isTimed: false)
}

private func project(_ experiment: ProjectionExperiment, _ subject: ExperimentSubject) throws -> ProjectionFinding {
  try experiment.run(on: subject, control: WorkControl()) { _ in }
}

/// The share of nearest neighbours that are of a point's own class, over every so many points.
private func agreement(
  _ subject: ExperimentSubject, rank: Int, _ metric: PointMetric, every step: Int
) throws -> Double {
  let count = subject.prepared.loaded.shape.rows
  let shares = try stride(from: 0, to: count, by: step).map { point in
    let near = ProjectionExperiment(rank: rank, point: point, neighbours: 5, metric: metric)
    return try #require(try project(near, subject).agreement)
  }
  return shares.reduce(0, +) / Double(shares.count)
}

@Suite("Projection")
struct ProjectionTests {
  private let centred = Preparation(centering: .columns)

  @Test("the plane of the irises is scikit-learn's, and its classes part along the first component")
  func iris() throws {
    let subject = try sample("iris.csv", centred)
    let finding = try project(ProjectionExperiment(), subject)
    // PCA(2).fit(iris.data): explained_variance_ratio_ and components_[0].
    #expect(abs(finding.across.share - 0.924618723) < 1e-8 && abs(finding.up.share - 0.0530664831) < 1e-9)
    let loadings = finding.across.loadings.sorted { $0.index < $1.index }.map { abs($0.value) }
    for (loading, known) in zip(loadings, [0.36138659, 0.08452251, 0.85667061, 0.35828920]) {
      #expect(abs(loading - known) < 1e-7)
    }
    #expect(finding.isCentered && finding.loadingName(finding.across.loadings[0].index) == "petal length")
    let classes = try #require(finding.classes)
    #expect(classes.names == ["setosa", "versicolor", "virginica"] && classes.counts == [50, 50, 50])
    let ends = (0..<3).map { kind in
      let scores = zip(finding.across.scores, classes.of).filter { $0.1 == kind }.map(\.0)
      return (scores.min() ?? 0)...(scores.max() ?? 0)
    }
    #expect(!ends[0].overlaps(ends[1]) && !ends[0].overlaps(ends[2]))
    #expect(try agreement(subject, rank: 2, .euclidean, every: 1) > 0.93)
  }

  @Test("loadings that share a name are told apart by their numbers; single names stay as they are")
  func sharedNames() throws {
    let flowers = try project(ProjectionExperiment(axis: .columns), try sample("iris.csv", centred))
    let names = flowers.across.loadings.map { flowers.loadingName($0.index) }
    #expect(Set(names).count == names.count)
    #expect(zip(names, flowers.across.loadings).allSatisfy { $0.hasSuffix(", row \($1.index + 1)") })
    let columns = try project(ProjectionExperiment(), try sample("iris.csv", centred))
    #expect(columns.sharedLoadingLabels.isEmpty)
  }

  @Test("scores are UΣ, and with columns as points VΣ")
  func scores() throws {
    let subject = try sample("iris.csv", centred)
    let matrix = subject.prepared.loaded.matrix
    let rows = try project(ProjectionExperiment(across: 2, up: 1), subject)
    let v = try #require(subject.svd).rightVectors
    for i in [0, 77, 149] {
      let score = (0..<4).reduce(0) { $0 + matrix[i, $1] * v[$1, 1] }
      #expect(abs(rows.across.scores[i] - score) < 1e-12)
    }
    let columns = try project(ProjectionExperiment(axis: .columns), subject)
    let u = try #require(subject.svd).leftVectors
    #expect(columns.count == 4 && columns.name(2) == "petal length")
    let score = (0..<150).reduce(0) { $0 + matrix[$1, 2] * u[$1, 0] }
    #expect(abs(columns.across.scores[2] - score) < 1e-11)
  }

  @Test("digits: the column digit names the rows and is no pixel; twenty components keep like beside like")
  func digits() throws {
    var preparation = centred
    preparation.reading.label = "digit"
    let subject = try sample("digits-labelled.csv.gz", preparation)
    #expect(subject.prepared.loaded.shape == Shape(1797, 64))
    let finding = try project(ProjectionExperiment(rank: 20), subject)
    // PCA(2).fit(digits.data).explained_variance_ratio_.
    #expect(abs(finding.across.share - 0.148905936) < 1e-8 && abs(finding.up.share - 0.136187712) < 1e-8)
    #expect(finding.classes?.names == (0..<10).map(String.init))
    #expect(try agreement(subject, rank: 20, .euclidean, every: 37) > 0.95)
    #expect(try agreement(subject, rank: 2, .euclidean, every: 37) < 0.75)
  }

  @Test("words: names are the words; by their angle in ten components, words of a group are near each other")
  func words() throws {
    let named = try project(ProjectionExperiment(rank: 20), sample("words.csv.gz", centred))
    #expect(named.classes == nil && named.name(0) == "dog" && named.count == 154)
    var preparation = centred
    preparation.reading.label = "group"
    let grouped = try sample("words.csv.gz", preparation)
    #expect(try #require(try project(ProjectionExperiment(), grouped).classes).names.count == 10)
    #expect(try agreement(grouped, rank: 10, .cosine, every: 3) > 0.9)
  }

  @Test("ratings: without centring the first component is the average, all of one sign; the tastes follow it")
  func ratings() throws {
    let entry = try #require(GalleryCatalog.all.first { $0.name == "ratings" })
    let values = Dictionary(uniqueKeysWithValues: entry.parameters.map { ($0.key, $0.defaultValue) })
    let matrix = entry.make { values[$0] ?? 0 }
    let finding = try project(ProjectionExperiment(), solvedSubject(matrix))
    #expect(!finding.isCentered && finding.across.share > 0.8)
    #expect(finding.across.scores.allSatisfy { $0 > 0 } || finding.across.scores.allSatisfy { $0 < 0 })
    #expect(finding.up.scores.contains { $0 > 0 } && finding.up.scores.contains { $0 < 0 })
  }

  @Test("one component spans no plane, and no entries none")
  func tooSmall() throws {
    for (matrix, says) in [
      (Matrix<Double>(rows: [[3, 4]]), "only one component"),
      (Matrix(zeros: Shape(0, 4)), "a 0 × 4 matrix has no entries"),
    ] {
      let subject = try solvedSubject(matrix)
      let error = #expect(throws: ExperimentError.self) { try project(ProjectionExperiment(), subject) }
      #expect(error?.description.contains(says) == true)
    }
  }

  @Test("neighbours are those of the distances themselves, by distance and by angle")
  func neighbours() {
    let w = Matrix<Double>.gaussian(Shape(30, 5), seed: 4)
    let weights = [3.0, 2, 0.5]
    func vector(_ row: Int) -> [Double] { weights.indices.map { w[row, $0] * weights[$0] } }
    func length(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    for metric in PointMetric.allCases {
      let all = (0..<30).filter { $0 != 6 }.map { row -> (row: Int, distance: Double) in
        let (x, y) = (vector(6), vector(row))
        let inner = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
        let distance = metric == .cosine ? 1 - inner / length(x) / length(y) : length(zip(x, y).map { $0 - $1 })
        return (row, distance)
      }.sorted { $0.distance < $1.distance }
      let found = AnyMatrix.double(w).nearestRows(to: 6, weights: weights, count: 4, metric: metric)
      #expect(found.map(\.row) == all.prefix(4).map(\.row))
      for (a, b) in zip(found, all) { #expect(abs(a.distance - b.distance) < 1e-12) }
    }
    #expect(AnyMatrix.double(w).nearestRows(to: 0, weights: [], count: 4, metric: .euclidean).isEmpty)
  }

  @Test("classes are few labels of many points; names and single labels are none")
  func classes() {
    #expect(PointClasses(["10", "9", "9", "10"])?.names == ["9", "10"])
    #expect(PointClasses(["a", "b", "c", "d"]) == nil)
    #expect(PointClasses(["a", "a", "a"]) == nil)
    #expect(PointClasses((0..<100).map { "\($0 % 13)" }) == nil)
    #expect(PointClasses([]) == nil)
  }

  @Test(
    "a column of words or numbers names the rows",
    arguments: [
      ("a,b,kind\n1,2,7\n3,4,8\n", "kind", ["7", "8"], ["a", "b"]),
      ("a,b,kind\n1,2,7\n3,4,8\n", "3", ["7", "8"], ["a", "b"]),
      ("name,a,kind\nx,1,dog\ny,2,cat\n", "kind", ["dog", "cat"], ["a"]),
      ("name,a,b\nx,1,5\ny,2,6\n", "b", ["5", "6"], ["a"]), ("1 2 3\n4 5 6\n", "1", ["1", "4"], []),
    ] as [(String, String, [String], [String])])
  func label(text: String, label: String, rows: [String], columns: [String]) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "label-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try text.write(to: url, atomically: true, encoding: .utf8)
    var preparation = Preparation()
    preparation.reading.label = label
    let loaded = try solved(at: url, preparation).prepared.loaded
    #expect(loaded.labels == AxisLabels(rows: rows, columns: columns))
    #expect(loaded.shape == Shape(2, columns.isEmpty ? 2 : columns.count))
    preparation.reading.label = "nobody"
    #expect(throws: FileError.self) { try solved(at: url, preparation) }
  }
}
