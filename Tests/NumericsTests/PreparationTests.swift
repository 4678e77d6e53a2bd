import LinearAlgebra
import MatrixFiles
import Preparation
import RankAnalysis
import Testing

@Suite("Preparing a matrix")
struct PreparationTests {
  /// [1 2 6; 3 4 8]: means 3, 7/4, …, all of them exact in binary but those by thirds.
  private static let small = Matrix<Double>(rows: [[1, 2, 6], [3, 4, 8]])

  /// A table of `matrix` under `names`.
  private func loaded(_ matrix: DenseMatrix, names: [String] = []) -> LoadedMatrix {
    LoadedMatrix(
      matrix: matrix, entry: TensorEntry(name: nil, type: .f64, axes: [matrix.shape.rows, matrix.shape.columns]),
      labels: AxisLabels(columns: names), summary: EntrySummary(matrix.storage))
  }

  private func prepared(
    _ matrix: DenseMatrix, _ preparation: Preparation, names: [String] = []
  ) throws -> PreparedMatrix {
    try preparation.prepare(loaded(matrix, names: names), isTable: true, source: "a.csv")
  }

  private func rows(_ matrix: DenseMatrix) -> [[Double]] {
    (0..<matrix.shape.rows).map { i in (0..<matrix.shape.columns).map { matrix[i, $0] } }
  }

  @Test(
    "what is left after each kind of mean is taken away",
    arguments: [
      (.none, [[1, 2, 6], [3, 4, 8]], 0), (.mean, [[-3, -2, 2], [-1, 0, 4]], 1),
      (.columns, [[-1, -1, -1], [1, 1, 1]], 3), (.rows, [[-2, -1, 3], [-2, -1, 3]], 2),
      // Rows and columns add up here: nothing is left.
      (.both, [[0, 0, 0], [0, 0, 0]], 4),
    ] as [(Centering, [[Double]], Int)], [false, true])
  func centering(expected: (Centering, [[Double]], Int), isStoredTransposed: Bool) throws {
    let (centering, entries, parameters) = expected
    let matrix =
      isStoredTransposed
      ? DenseMatrix(.double(Self.small.transposed()), isStoredTransposed: true) : DenseMatrix(Self.small)
    let found = try prepared(matrix, Preparation(centering: centering))
    #expect(found.offsetParameters == parameters)
    #expect((found.offsets == nil) == (centering == .none) && found.scales == nil)
    for (row, wanted) in zip(rows(found.loaded.matrix), entries) {
      for (entry, value) in zip(row, wanted) { #expect(abs(entry - value) < 4e-15, "\(centering)") }
    }
    // A = X + r + c, and the summary is that of X.
    for i in 0..<2 {
      for j in 0..<3 {
        let back = found.loaded.matrix[i, j] + (found.offsets?.rows[i] ?? 0) + (found.offsets?.columns[j] ?? 0)
        #expect(abs(back - Self.small[i, j]) < 4e-15)
      }
    }
    #expect(found.loaded.summary == EntrySummary(found.loaded.matrix.storage))
    #expect(try found.pictureRange(control: WorkControl()) == 1...8, "pictures show the means, too")
  }

  @Test("after centring both ways every row and column sums to zero", arguments: Centering.allCases)
  func sums(centering: Centering) throws {
    let (m, n) = (9, 5)
    let matrix = try prepared(DenseMatrix(TestMatrices.gaussian(m, n)), Preparation(centering: centering)).loaded.matrix
    let rowSums = (0..<m).map { i in abs((0..<n).reduce(0) { $0 + matrix[i, $1] }) }.max() ?? 0
    let columnSums = (0..<n).map { j in abs((0..<m).reduce(0) { $0 + matrix[$1, j] }) }.max() ?? 0
    #expect((rowSums < 1e-13) == [.rows, .both].contains(centering))
    #expect((columnSums < 1e-13) == [.columns, .both].contains(centering))
  }

  @Test("a constant column becomes exactly zero and is not divided by its rounding")
  func constant() throws {
    let matrix = Matrix<Double>(Shape(7, 2)) { i, j in j == 0 ? 0.1 : Double(i) }
    let found = try prepared(DenseMatrix(matrix), Preparation(centering: .columns, scaling: .columns))
    #expect((0..<7).allSatisfy { found.loaded.matrix[$0, 0] == 0 })
    #expect(found.scales == [1, 2])
  }

  @Test("scaled columns have deviation 1 over all m entries; centred ones then the energy mn")
  func scaling() throws {
    let matrix = Matrix<Double>(rows: [[1, 10], [3, 10], [1, -10], [3, -10]])
    let scaled = try prepared(DenseMatrix(matrix), Preparation(scaling: .columns))
    #expect(scaled.scales == [1, 10] && scaled.offsets == nil && scaled.offsetParameters == 2)
    #expect(rows(scaled.loaded.matrix) == [[1, 1], [3, 1], [1, -1], [3, -1]])
    let both = try prepared(DenseMatrix(matrix), Preparation(centering: .columns, scaling: .columns))
    #expect(both.offsets?.columns == [2, 0] && both.offsetParameters == 4)
    #expect(abs(both.loaded.summary.frobeniusNorm - 8.0.squareRoot()) < 1e-15)
    #expect(abs(both.roundingGrowth - 3.0.squareRoot()) < 1e-15, "rounding was relative to what the means were part of")
  }

  @Test("f32 stays f32")
  func precision() throws {
    let single = DenseMatrix(TestMatrices.float(Self.small))
    guard case .float = try prepared(single, Preparation(centering: .both)).loaded.matrix.storage else {
      Issue.record("it was widened")
      return
    }
  }

  @Test("transposing comes before centring, after choosing columns")
  func transposed() throws {
    let found = try prepared(
      DenseMatrix(Self.small), Preparation(columns: ColumnList("3,1"), isTransposed: true, centering: .columns),
      names: ["a", "b", "c"])
    #expect(rows(found.loaded.matrix) == [[2.5, 2.5], [-2.5, -2.5]])
    #expect(found.loaded.labels.rows == ["c", "a"] && found.loaded.labels.columns.isEmpty)
    #expect(found.loaded.notes == ["2 of 3 columns", "transposed", "column means removed"])
  }

  @Test(
    "columns are kept in the order they are written, and dropped",
    arguments: [
      ("3,1", nil, [[6.0, 1], [8, 3]], ["gamma", "Alpha"]), ("1-3", "beta", [[1, 6], [3, 8]], ["Alpha", "gamma"]),
      (nil, "2-3", [[1], [3]], ["Alpha"]), ("GAMMA, 2 ,2", nil, [[6, 2], [8, 4]], ["gamma", "beta"]),
    ] as [(String?, String?, [[Double]], [String])])
  func columns(kept: String?, dropped: String?, entries: [[Double]], names: [String]) throws {
    let preparation = Preparation(columns: kept.flatMap { ColumnList($0) }, dropped: dropped.flatMap { ColumnList($0) })
    for stored in [
      DenseMatrix(Self.small), DenseMatrix(.double(Self.small.transposed()), isStoredTransposed: true),
    ] {
      let found = try prepared(stored, preparation, names: ["Alpha", "beta", "gamma"]).loaded
      #expect(rows(found.matrix) == entries && found.labels.columns == names)
    }
  }

  @Test(
    "columns that are not there, or none at all",
    arguments: [
      ("4", nil, "a.csv has no column 4: there are 3, counted from 1"),
      ("2-9", nil, "a.csv has no column 9: there are 3, counted from 1"),
      ("delta", nil, "a.csv has no column “delta”; it has Alpha, beta, gamma"),
      (nil, "1-3", "a.csv: no column is left; drop fewer"),
    ] as [(String?, String?, String)])
  func refusals(kept: String?, dropped: String?, sentence: String) {
    let preparation = Preparation(columns: kept.flatMap { ColumnList($0) }, dropped: dropped.flatMap { ColumnList($0) })
    #expect(throws: FileError.unknownColumn(sentence)) {
      try prepared(DenseMatrix(Self.small), preparation, names: ["Alpha", "beta", "gamma"])
    }
  }

  @Test("without names there are only numbers")
  func unnamed() {
    #expect(
      throws: FileError.unknownColumn(
        "a.csv has no column “x”; its 3 columns have no names: give their numbers, as in 1-3,7")
    ) { try prepared(DenseMatrix(Self.small), Preparation(dropped: ColumnList("x"))) }
  }

  @Test("what is no list of columns", arguments: ["", ",", "0", "3-1", "0-2", "1, ,2", " "])
  func noList(text: String) { #expect(ColumnList(text) == nil) }

  @Test("names may look almost like numbers, and a list remembers how it was written")
  func almostNumbers() throws {
    let list = try #require(ColumnList("od280/od315,x-1,1.5"))
    #expect(list.description == "od280/od315,x-1,1.5")
    #expect(try list.resolved(labels: ["1.5", "X-1", "od280/od315"], count: 3, source: "") == [2, 1, 0])
  }

  @Test("an empty matrix is left as it is", arguments: [Shape(0, 3), Shape(3, 0)])
  func empty(shape: Shape) throws {
    let found = try prepared(
      DenseMatrix(Matrix<Double>(zeros: shape)), Preparation(centering: .both, scaling: .columns))
    #expect(found.offsets == nil && found.scales == nil && found.loaded.matrix.shape == shape)
  }
}

@Suite("The way back to the file's entries")
struct RestoringTests {
  @Test(
    "at full rank what is written is the matrix that was read", arguments: Centering.allCases,
    ColumnScaling.allCases)
  func fullRank(centering: Centering, scaling: ColumnScaling) throws {
    let a = Matrix<Double>(Shape(8, 5)) { i, j in
      TestMatrices.gaussian(8, 5)[i, j] * Double(j * j + 1) * 10 + Double(100 * j)
    }
    let matrix = DenseMatrix(a)
    let loaded = LoadedMatrix(
      matrix: matrix, entry: TensorEntry(name: nil, type: .f64, axes: [8, 5]), summary: EntrySummary(matrix.storage))
    let prepared = try Preparation(centering: centering, scaling: scaling)
      .prepare(loaded, isTable: false, source: "a.csv")
    let svd = try Sample(prepared.loaded.matrix).thinSVD()
    let written = prepared.written(try svd.truncated(to: 5))
    let restored = written.restored.product()
    for i in 0..<8 { for j in 0..<5 { #expect(abs(restored[i, j] - a[i, j]) < 1e-11) } }
    #expect(written.factors.rank == 5)
    let isPlain = centering == .none && scaling == .none
    #expect(written.restored.rank == (isPlain ? 5 : 7))
    #expect(
      written.vectors.map(\.name)
        == (centering == .none ? [] : ["row_offsets", "column_offsets"])
        + (scaling == .none ? [] : ["column_scales"]))
    // From the vectors by name, as a reader of the file would do it.
    let vectors = Dictionary(uniqueKeysWithValues: written.vectors.map { ($0.name, $0.values) })
    let product = written.factors.product()
    let back =
      (product[7, 4] + (vectors["row_offsets"]?[7] ?? 0) + (vectors["column_offsets"]?[4] ?? 0))
      * (vectors["column_scales"]?[4] ?? 1)
    #expect(abs(back - a[7, 4]) < 1e-11)
  }

  @Test("at rank 0 the means are what is left")
  func rankZero() throws {
    let a = Matrix<Double>(rows: [[1, 10], [3, 30]])
    let loaded = LoadedMatrix(
      matrix: DenseMatrix(a), entry: TensorEntry(name: nil, type: .f64, axes: [2, 2]), summary: EntrySummary(a))
    let prepared = try Preparation(centering: .columns).prepare(loaded, isTable: false, source: "")
    let restored = prepared.written(try Sample(prepared.loaded.matrix).thinSVD().truncated(to: 0)).restored.product()
    for i in 0..<2 { #expect(restored[i, 0] == 2 && restored[i, 1] == 20) }
  }

  @Test("means and scales count among the parameters, at every rank")
  func costs() throws {
    let a = TestMatrices.gaussian(20, 10)
    let loaded = LoadedMatrix(
      matrix: DenseMatrix(a), entry: TensorEntry(name: nil, type: .f64, axes: [20, 10]), summary: EntrySummary(a))
    func costs(_ centering: Centering, _ scaling: ColumnScaling = .none) throws -> ParameterCosts {
      ParameterCosts(
        try Preparation(centering: centering, scaling: scaling).prepare(loaded, isTable: false, source: ""))
    }
    // 6 · 30 = 180 < 200; with 10 means 190 < 200; with 20 numbers 200 is no longer fewer.
    #expect(try costs(.none).breakEvenRank == 6 && costs(.none).factored(6) == 180)
    #expect(try costs(.columns).breakEvenRank == 6 && costs(.columns).factored(6) == 190)
    #expect(try costs(.columns, .columns).breakEvenRank == 5 && costs(.columns, .columns).factored(0) == 20)
    #expect(try costs(.both).offsets == 29 && costs(.both).breakEvenRank == 5)
    #expect(try costs(.columns).rank(parameters: 189) == 5 && costs(.columns).rank(parameters: 190) == 6)
    #expect(try costs(.columns).rank(parameters: 9) == 0 && costs(.columns).rank(parameterShare: 0.5) == 3)
    #expect(try costs(.columns).ratio(3) == 0.5)
    // f64 in the file, f32 in the factors: half the bytes, so that even the full rank saves some.
    #expect(try costs(.columns, .columns).byteBreakEvenRank == 10)
    let same = ParameterCosts(shape: Shape(20, 10), sourceElementSize: 4, factorElementSize: 4, offsets: 20)
    #expect(same.byteBreakEvenRank == 5)
    // More offsets than entries: no rank saves anything.
    let tiny = ParameterCosts(shape: Shape(2, 2), sourceElementSize: 8, factorElementSize: 8, offsets: 4)
    #expect(tiny.breakEvenRank == 0 && tiny.byteBreakEvenRank == 0 && tiny.ratio(0) == 1)
  }
}
