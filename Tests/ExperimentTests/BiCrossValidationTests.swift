import Experiments
import Factorizations
import LinearAlgebra
import Testing

@Suite("Bi-cross-validation")
struct BiCrossValidationTests {
  private func run(
    _ subject: ExperimentSubject, _ experiment: BiCrossValidation = BiCrossValidation()
  ) throws(ExperimentError) -> ValidationFinding {
    try experiment.run(on: subject, control: WorkControl()) { _ in }
  }

  /// The relative mean squared errors of every fold by the formula, each rank on its own.
  private func byFormula(_ x: Matrix<Double>, _ finding: ValidationFinding) throws -> [[Double]] {
    let mean = x.withEntries { sumOfSquares($0) } / Double(x.shape.count)
    func indices(_ groups: [Int], _ test: (Int) -> Bool) -> [Int] { groups.indices.filter { test(groups[$0]) } }
    var folds: [[Double]] = []
    for g in 0..<finding.rowFolds {
      for h in 0..<finding.columnFolds {
        let (i, notI) = (indices(finding.rowGroups) { $0 == g }, indices(finding.rowGroups) { $0 != g })
        let (j, notJ) = (indices(finding.columnGroups) { $0 == h }, indices(finding.columnGroups) { $0 != h })
        let (a, b) = (x.selecting(rows: i, columns: j), x.selecting(rows: i, columns: notJ))
        let (c, d) = (x.selecting(rows: notI, columns: j), x.selecting(rows: notI, columns: notJ))
        let (u, values, vt) = try DivideAndConquer.thinSVD(d)
        folds.append(
          finding.ranks.map { k in
            let inverse = u.scaledLeadingColumns(values.prefix(k).map { 1 / $0 })
              .multiplied(by: vt.leadingRows(k), transposeLeft: false).transposed()
            let rest = b.multiplied(by: inverse).multiplied(by: c).subtracted(from: a)
            return rest.withEntries { sumOfSquares($0) } / Double(a.shape.count) / mean
          })
      }
    }
    return folds
  }

  @Test("gives every fold the error of the formula at every rank", arguments: [(2, 2), (3, 2), (4, 5)])
  func formula(folds: (Int, Int)) throws {
    let x = Matrix<Double>.planted(Shape(31, 24), rank: 3, noise: 0.7, seed: 8)
    var experiment = BiCrossValidation()
    (experiment.rowFolds, experiment.columnFolds) = folds
    let finding = try run(ExperimentSubject(x), experiment)
    let expected = try byFormula(x, finding)
    #expect(finding.foldErrors.count == folds.0 * folds.1)
    for (fold, truths) in zip(finding.foldErrors, expected) {
      for (error, truth) in zip(fold, truths) { #expect(abs(error - truth) <= 1e-8 * truth) }
    }
  }

  @Test("finds the rank of a matrix without noise, and leaves nothing there", arguments: [1, 2, 5])
  func noiseFree(rank: Int) throws {
    let x = Matrix<Double>.planted(Shape(40, 30), rank: rank, noise: 0, seed: 3)
    let finding = try run(ExperimentSubject(x))
    #expect(finding.rank == rank)
    #expect(finding.errors[rank] < 1e-24)
    #expect(finding.errors[rank - 1] > 1e-3)
    // Beyond the rank of D the answer stays.
    #expect(finding.errors.dropFirst(rank).allSatisfy { $0 == finding.errors[rank] })
    let inFloat = try run(ExperimentSubject(x.rounded))
    #expect(inFloat.rank == rank)
    #expect(inFloat.errors[rank] < 1e-10)
  }

  @Test("finds two components in noise, and none in noise alone", arguments: 1...5)
  func planted(seed: Int) throws {
    var experiment = BiCrossValidation()
    experiment.seed = UInt64(seed)
    let two = Matrix<Double>.planted(Shape(50, 20), rank: 2, noise: 0.5, seed: UInt64(seed))
    let finding = try run(ExperimentSubject(two), experiment)
    #expect(finding.rank == 2)
    // Down to the rank, and up again; training errors fall to nothing.
    #expect(finding.errors[2] < finding.errors[1] && finding.errors[10] > finding.errors[2])
    #expect(zip(finding.trainingErrors, finding.trainingErrors.dropFirst()).allSatisfy { $0 > $1 })
    #expect(finding.trainingErrors[10] == 0)
    let noise = Matrix<Double>.gaussian(Shape(50, 20), seed: UInt64(100 + seed))
    #expect(try run(ExperimentSubject(noise), experiment).rank == 0)
  }

  @Test("an answer of zeros has the mean square of the entries for its error")
  func rankZero() throws {
    let x = Matrix<Double>.gaussian(Shape(12, 9), seed: 5)
    var experiment = BiCrossValidation()
    (experiment.rowFolds, experiment.columnFolds) = (3, 3)
    let finding = try run(ExperimentSubject(x), experiment)
    // Blocks of one size: their means have the mean of all.
    #expect(abs(finding.errors[0] - 1) < 1e-14)
    #expect(abs(finding.trainingErrors[0] - 1) < 1e-14)
    #expect(finding.ranks == Array(0...6))
  }

  @Test("the same seed gives the same finding, another one other groups; repetitions add folds")
  func seeds() throws {
    let subject = ExperimentSubject(Matrix<Double>.planted(Shape(30, 20), rank: 2, noise: 0.5, seed: 1))
    var experiment = BiCrossValidation()
    let first = try run(subject, experiment)
    #expect(try run(subject, experiment) == first)
    experiment.repeats = 3
    let more = try run(subject, experiment)
    #expect(more.foldErrors.count == 12 && Array(more.foldErrors.prefix(4)) == first.foldErrors)
    #expect(Set(more.foldErrors).count == 12)
    #expect(more.standardErrors.allSatisfy { $0 > 0 })
    experiment.seed = 2
    #expect(try run(subject, experiment).rowGroups != first.rowGroups)
  }

  @Test("a matrix that is stored as its transpose has the same errors")
  func transposed() throws {
    let x = Matrix<Double>.planted(Shape(26, 17), rank: 2, noise: 0.4, seed: 9)
    let plain = try run(ExperimentSubject(x))
    let stored = try run(ExperimentSubject(DenseMatrix(.double(x.transposed()), isStoredTransposed: true), .f64))
    for (a, b) in zip(plain.errors, stored.errors) { #expect(abs(a - b) <= 1e-10 * a) }
    #expect(stored.rowGroups == plain.rowGroups)
  }

  @Test("units do not matter, not at the ends of the range either", arguments: [1e-200, 1e150])
  func units(scale: Double) throws {
    let x = Matrix<Double>.planted(Shape(30, 20), rank: 2, noise: 0.3, seed: 2)
    let plain = try run(ExperimentSubject(x))
    let scaled = try run(ExperimentSubject(Matrix<Double>(x.shape) { i, j in x[i, j] * scale }))
    #expect(scaled.rank == plain.rank)
    for (a, b) in zip(plain.errors, scaled.errors) { #expect(abs(a - b) <= 1e-9 * a) }
    #expect(scaled.meanSquare(scaled.errors[0]).isFinite)
  }

  @Test("a zero matrix has rank 0 and no error")
  func zero() throws {
    let finding = try run(ExperimentSubject(Matrix<Double>(zeros: Shape(6, 6))))
    #expect(finding.rank == 0)
    #expect(finding.errors == [0, 0, 0, 0])
  }

  @Test("says fold after fold what it knows, and how far it is")
  func partial() throws {
    let subject = ExperimentSubject(Matrix<Double>.gaussian(Shape(30, 20), seed: 1))
    var counts: [Int] = []
    var last: ValidationFinding?
    let finding = try BiCrossValidation().run(on: subject, control: WorkControl()) {
      counts.append($0.foldErrors.count)
      last = $0
    }
    #expect(counts == [1, 2, 3, 4])
    #expect(finding == last && finding.isComplete)
  }

  @Test("says why it cannot be made")
  func refusals() throws {
    var experiment = BiCrossValidation()
    (experiment.rowFolds, experiment.columnFolds) = (5, 2)
    #expect(
      throws: ExperimentError.refused(
        "5 × 2 folds need at least 5 rows and 2 columns, and this matrix is 4 × 9: take fewer")
    ) { try run(ExperimentSubject(Matrix<Double>.gaussian(Shape(4, 9), seed: 1)), experiment) }
    experiment.rowFolds = 1
    #expect(
      throws: ExperimentError.refused("1 × 2 folds hold nothing out: take at least 2 groups of rows and 2 of columns")
    ) { try run(ExperimentSubject(Matrix<Double>.gaussian(Shape(4, 9), seed: 1)), experiment) }
    let bad = Matrix<Double>(rows: [[1, .nan], [2, 3]])
    #expect(throws: ExperimentError.factorization(.nonFinite(count: 1))) { try run(ExperimentSubject(bad)) }
    let token = CancellationToken()
    token.cancel()
    #expect(throws: ExperimentError.cancelled) {
      try BiCrossValidation().run(
        on: ExperimentSubject(Matrix<Double>.gaussian(Shape(8, 8), seed: 1)), control: WorkControl(token: token)
      ) { _ in }
    }
  }
}

@Suite("Held-out rows")
struct HeldOutRowTests {
  private func run(
    _ subject: ExperimentSubject, folds: Int = 2
  ) throws(ExperimentError) -> ValidationFinding {
    var experiment = HeldOutRows()
    experiment.rowFolds = folds
    return try experiment.run(on: subject, control: WorkControl()) { _ in }
  }

  @Test("their error falls at every rank, through noise as well: nothing is validated")
  func falls() throws {
    let x = Matrix<Double>.planted(Shape(60, 20), rank: 2, noise: 0.5, seed: 4)
    let finding = try run(ExperimentSubject(x), folds: 3)
    #expect(finding.ranks == Array(0...20))
    #expect(zip(finding.errors, finding.errors.dropFirst()).allSatisfy { $0 > $1 })
    #expect(finding.rank == 20)
    #expect(finding.errors[20] == 0)
  }

  @Test("are projected as the formula has it, also where the others do not span them", arguments: [(21, 8), (12, 30)])
  func formula(sides: (Int, Int)) throws {
    let x = Matrix<Double>.gaussian(Shape(sides.0, sides.1), seed: 6)
    let finding = try run(ExperimentSubject(x))
    let mean = x.withEntries { sumOfSquares($0) } / Double(x.shape.count)
    let all = Array(0..<sides.1)
    for group in 0..<2 {
      let held = x.selecting(rows: finding.rowGroups.indices.filter { finding.rowGroups[$0] == group }, columns: all)
      let kept = x.selecting(rows: finding.rowGroups.indices.filter { finding.rowGroups[$0] != group }, columns: all)
      let vt = try DivideAndConquer.thinSVD(kept).vt
      for (place, k) in finding.ranks.enumerated() {
        let basis = vt.leadingRows(k)
        let rest = held.multiplied(by: basis, transposeRight: true).multiplied(by: basis).subtracted(from: held)
        let truth = rest.withEntries { sumOfSquares($0) } / Double(held.shape.count) / mean
        #expect(abs(finding.foldErrors[group][place] - truth) < 1e-12)
      }
    }
  }

  @Test("more groups than rows are refused")
  func refusals() throws {
    let x = Matrix<Double>.gaussian(Shape(3, 5), seed: 1)
    #expect(
      throws: ExperimentError.refused("4 groups need at least 4 rows, and this matrix is 3 × 5: take fewer")
    ) { try run(ExperimentSubject(x), folds: 4) }
  }
}

@Suite("Held-out entries")
struct HeldOutEntryTests {
  private func run(
    _ subject: ExperimentSubject, _ experiment: HeldOutEntries = HeldOutEntries()
  ) throws(ExperimentError) -> ValidationFinding {
    try experiment.run(on: subject, control: WorkControl()) { _ in }
  }

  @Test("are told at the planted rank, and worse by more; the others are told ever better", arguments: [1, 2])
  func planted(seed: Int) throws {
    var experiment = HeldOutEntries()
    experiment.seed = UInt64(seed)
    experiment.largestRank = 6
    let x = Matrix<Double>.planted(Shape(60, 40), rank: 3, noise: 0.3, seed: UInt64(seed))
    let finding = try run(ExperimentSubject(x), experiment)
    #expect(finding.ranks == [0, 1, 2, 3, 4, 6])
    #expect(finding.rank == 3)
    // The variance of the noise, 0.09, and little more.
    let variance = finding.meanSquare(finding.errors[3])
    #expect(variance < 0.15 && variance > 0.06)
    #expect(finding.errors[5] > 1.1 * finding.errors[3])
    #expect(zip(finding.trainingErrors, finding.trainingErrors.dropFirst()).allSatisfy { $0 > $1 })
    #expect(finding.isComplete)
  }

  @Test("are found exactly where there is no noise")
  func noiseFree() throws {
    let x = Matrix<Double>.planted(Shape(40, 30), rank: 2, noise: 0, seed: 5)
    var experiment = HeldOutEntries()
    experiment.largestRank = 2
    #expect(try run(ExperimentSubject(x), experiment).errors[2] < 1e-6)
  }

  @Test("the same seed hides the same entries, however the matrix is stored; repetitions hide others")
  func seeds() throws {
    let x = Matrix<Double>.planted(Shape(30, 20), rank: 2, noise: 0.3, seed: 1)
    var experiment = HeldOutEntries()
    experiment.largestRank = 2
    let first = try run(ExperimentSubject(x), experiment)
    #expect(try run(ExperimentSubject(x), experiment) == first)
    let stored = try run(
      ExperimentSubject(DenseMatrix(.double(x.transposed()), isStoredTransposed: true), .f64), experiment)
    #expect(abs(stored.errors[0] - first.errors[0]) < 1e-12)
    experiment.repeats = 2
    let twice = try run(ExperimentSubject(x), experiment)
    #expect(twice.foldErrors.count == 2 && twice.foldErrors[0] == first.foldErrors[0])
    #expect(twice.foldErrors[0] != twice.foldErrors[1])
  }

  @Test("a matrix of one row has none to hide")
  func refusals() throws {
    #expect(
      throws: ExperimentError.refused(
        "no entry of this 1 × 4 matrix can be hidden and leave one in its row and its column: hold out more, or take a "
          + "larger matrix")
    ) { try run(ExperimentSubject(Matrix<Double>(rows: [[1, 2, 3, 4]]))) }
  }
}
