import LinearAlgebra
import RankAnalysis
import Testing

@Suite("Layers")
struct TripletTests {
  @Test("a layer has its σ, and its vectors' largest entries first")
  func triplet() throws {
    // u₁ = (0.6, 0.8, 0 …), u₂ at right angles to it.
    let left = Matrix<Double>(Shape(5, 2)) { i, j in [[0.6, 0.8, 0, 0, 0], [-0.8, 0.6, 0, 0, 0]][j][i] }
    let right = Matrix<Double>(Shape(3, 2)) { i, j in [[0, 1, 0], [1, 0, 0]][j][i] }
    let svd = SVD(leftVectors: .double(left), singularValues: [4, 2], rightVectors: .double(right))
    let first = SingularTriplet(svd, index: 1)
    #expect(first.index == 1 && first.value == 4)
    #expect(first.left.count == 5 && first.right.count == 3)
    #expect(first.left.largest.map(\.index) == [1, 0, 2, 3, 4])
    #expect(first.left.largest.map(\.value) == [0.8, 0.6, 0, 0, 0])
    #expect(first.right.means == [0, 1, 0] && first.right.largest.first?.index == 1)
    // Signs are fixed by U: the largest entry of u₂ was negative, so v₂ turned, too.
    let second = SingularTriplet(svd, index: 2)
    #expect(second.left.largest.map(\.value).prefix(2) == [0.8, -0.6])
    #expect(second.right.largest.first?.value == -1)
  }

  @Test("a layer's share of the energy is σᵢ² over ‖A‖², and bounds what rounding may have done to it")
  func energy() {
    func analysis(_ values: [Double], rounding: Double) -> SpectrumAnalysis {
      SpectrumAnalysis(
        Spectrum(
          shape: Shape(values.count, values.count), values: values, frobeniusNorm: 5, precisionFloor: 1e-15,
          rounding: rounding))
    }
    let exact = analysis([4, 3, 0], rounding: 0)
    #expect((1...3).map { NumberFormat.percent(exact.energy(ofLayer: $0)) } == ["64.00 %", "36.00 %", "0 %"])
    let rounded = analysis([4, 3, 0], rounding: 1e-3)
    let share = rounded.energy(ofLayer: 2)
    #expect(share.lower < 0.36 && 0.36 < share.upper)
    #expect(abs(share.lower - 0.599 * 0.599) < 1e-12 && abs(share.upper - 0.601 * 0.601) < 1e-12)
    #expect(NumberFormat.percent(share) == "36 %", "two digits survive")
    #expect(analysis([0, 0], rounding: 1e-3).energy(ofLayer: 1).upper <= 1e-6)
  }

  private func profile(_ values: [Double]) -> VectorProfile {
    let vector = Matrix<Double>(Shape(values.count, 1)) { i, _ in values[i] }
    return SingularTriplet(
      SVD(leftVectors: .double(vector), singularValues: [1], rightVectors: .double(Matrix(rows: [[1]]))), index: 1
    ).left
  }

  @Test("long vectors share bins, each with its mean and extremes; no spike is lost")
  func bins() {
    let values = (0..<4096).map { $0 == 2500 ? 1.0 : Double($0 % 4) / 1000 }
    let profile = profile(values)
    #expect(profile.count == 4096 && profile.means.count == VectorProfile.binLimit)
    #expect(profile.lows.allSatisfy { $0 == 0 || $0 == 0.001 })
    // Bin 625 holds entries 2500 … 2503.
    #expect(profile.highs[625] == 1 && profile.highs[624] == 0.003)
    #expect(abs(profile.means[625] - (1 + 0.001 + 0.002 + 0.003) / 4) < 1e-15)
    for cells in [1, 7, 80, 1024, 3000] {
      let covered = (0..<cells).flatMap { Array(profile.bins(cell: $0, of: cells)) }
      #expect(Set(covered) == Set(0..<1024) && covered == covered.sorted())
      if cells <= 1024 { #expect(covered.count == 1024) }
    }
  }

  @Test("64 loadings at most; of equal ones the first comes first, whatever their signs")
  func loadings() {
    let profile = profile((0..<200).map { $0 % 2 == 0 ? 0.5 : -0.5 })
    #expect(profile.largest.map(\.index) == Array(0..<64))
    let ordered = self.profile((0..<200).map { Double($0 + 1) })
    #expect(ordered.largest.map(\.index) == (136..<200).reversed())
  }

  @Test(
    "values within 1 % of their neighbour form a group",
    arguments: [(1, 1...1), (2, 2...4), (3, 2...4), (4, 2...4), (5, 5...5), (6, 6...7), (7, 6...7)])
  func nearlyEqual(index: Int, group: ClosedRange<Int>) {
    // 100.5 is 1 % above 99.5 but not above 100; 98 is more than 1 % below.
    let analysis = SpectrumAnalysis(spectrum([200, 100.5, 100, 99.5, 98, 0, 0]))
    #expect(analysis.nearlyEqual(to: index) == group)
  }
}

@Suite("Windows and detail")
struct WindowTests {
  /// Entry (i, j) is 1000·i + j.
  private static func numbered(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    Matrix<Double>(Shape(rows, columns)) { i, j in Double(1000 * i + j) }
  }

  @Test("a window takes its entries, of three channels the same ones in each", arguments: [false, true])
  func part(isStoredTransposed: Bool) {
    let a = Self.numbered(6, 12)
    let matrix = isStoredTransposed ? DenseMatrix(.double(a.transposed()), isStoredTransposed: true) : DenseMatrix(a)
    let window = EntryWindow(rows: 2..<4, columns: 1..<3)
    let grey = window.part(of: matrix, channels: 1)
    #expect(grey.shape == Shape(2, 2) && grey[0, 0] == 2001 && grey[1, 1] == 3002)
    let colour = window.part(of: matrix, channels: 3)
    #expect(colour.shape == Shape(2, 6))
    #expect((0..<6).map { colour[0, $0] } == [2001, 2002, 2005, 2006, 2009, 2010])
    let offsets = window.part(rows: Array(0..<6).map(Double.init), columns: (0..<12).map(Double.init), channels: 3)
    #expect(offsets.0 == [2, 3] && offsets.1 == [1, 2, 5, 6, 9, 10])
  }

  @Test("the window's part of A_k is A_k's part")
  func approximation() throws {
    let a = TestMatrices.gaussian(9, 7)
    let svd = try Sample(a).thinSVD()
    let window = EntryWindow(rows: 3..<8, columns: 2..<4)
    let whole = try svd.truncated(to: 3).product()
    let part = try window.part(of: svd, channels: 1).truncated(to: 3).product()
    #expect(part.shape == Shape(5, 2))
    for i in 0..<5 { for j in 0..<2 { #expect(abs(part[i, j] - whole[i + 3, j + 2]) < 1e-14) } }
  }

  /// A faint slope with a checkerboard of `size` in one place.
  private static func planted(_ shape: Shape, row: Int, column: Int, size: Int) -> Matrix<Double> {
    Matrix<Double>(shape) { i, j in
      let isInside = (row..<row + size).contains(i) && (column..<column + size).contains(j)
      return Double(i + j) / 100 + (isInside ? Double((i + j) % 2) : 0)
    }
  }

  @Test(
    "the sharpest region is found where it was planted",
    arguments: [(0, 0), (96, 32), (160, 224), (40, 200), (101, 57)], [false, true])
  func detail(place: (Int, Int), isStoredTransposed: Bool) throws {
    let a = Self.planted(Shape(192, 256), row: place.0, column: place.1, size: 32)
    let matrix =
      isStoredTransposed
      ? DenseMatrix(.float(TestMatrices.float(a).transposed()), isStoredTransposed: true) : DenseMatrix(a)
    let map = try DetailMap(of: matrix, channels: 1, control: WorkControl())
    let window = map.strongest(height: 32, width: 32)
    #expect(window.rows.count == 32 && window.columns.count == 32)
    // To a block: 3 × 4 entries here.
    #expect(abs(window.rows.lowerBound - place.0) <= 3 && abs(window.columns.lowerBound - place.1) <= 4, "\(window)")
  }

  @Test("of three channels the first decides; a window as large as the matrix is all of it")
  func edges() throws {
    let channel = Self.planted(Shape(64, 64), row: 40, column: 8, size: 16)
    let colour = Matrix<Double>(Shape(64, 192)) { i, j in j < 64 ? channel[i, j] : Double((i * j) % 2) * 100 }
    let map = try DetailMap(of: DenseMatrix(colour), channels: 3, control: WorkControl())
    #expect(map.strongest(height: 16, width: 16) == EntryWindow(rows: 40..<56, columns: 8..<24))
    #expect(map.strongest(height: 99, width: 64) == EntryWindow(rows: 0..<64, columns: 0..<64))
    let flat = map.strongest(height: 99, width: 16)
    #expect(flat.rows == 0..<64 && flat.columns.count == 16)
    for shape in [Shape(0, 5), Shape(5, 0), Shape(1, 1)] {
      let map = try DetailMap(of: DenseMatrix(Matrix<Double>(zeros: shape)), channels: 1, control: WorkControl())
      #expect(map.strongest(height: 8, width: 8) == EntryWindow(rows: 0..<shape.rows, columns: 0..<shape.columns))
    }
  }

  @Test("a cancelled look stops")
  func cancels() {
    let control = WorkControl()
    control.token.cancel()
    #expect(throws: Cancelled.self) {
      try DetailMap(of: DenseMatrix(TestMatrices.gaussian(4, 4)), channels: 1, control: control)
    }
  }
}

@Suite("Pictures of centred matrices")
struct PooledOffsetsTests {
  @Test(
    "the picture with the means added back is the picture of the matrix",
    arguments: [PictureGrid(rows: 4, columns: 5), PictureGrid(rows: 12, columns: 9), PictureGrid(rows: 30, columns: 3)])
  func addsBack(grid: PictureGrid) throws {
    let x = TestMatrices.gaussian(12, 9)
    let (rows, columns) = ((0..<12).map { Double($0 * $0) }, (0..<9).map { Double(-$0) })
    let a = Matrix<Double>(x.shape) { i, j in x[i, j] + rows[i] + columns[j] }
    let wanted = try pooledPicture(of: DenseMatrix(a), grid: grid, control: WorkControl())
    let picture = PooledOffsets(rows: rows, columns: columns, grid: grid)
      .added(to: try pooledPicture(of: DenseMatrix(x), grid: grid, control: WorkControl()))
    for (one, other) in zip(picture.values, wanted.values) { #expect(abs(one - other) < 2e-5) }
  }
}
