import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("Views of a tensor")
struct TensorViewTests {
  static let views: [String] = [
    "fold=0", "fold=1", "fold=2", "fold=3", "fold=0,1", "fold=1,0", "fold=3,0", "fold=0,2", "fold=2,1,0",
    "fold=0,1,2", "fold=0,1,2,3", "slice=2", "slice=:,:,:,5", "slice=:,3,:,0", "slice=1,:,4", "slice=0,1,:,2",
    "slice=:",
  ]

  @Test("any fold and slice is NumPy's, in either order and from an archive", arguments: views)
  func matchesNumPy(text: String) throws {
    let view = try TensorView(parsing: text)
    let expected = Fixture.rows(try Fixture.read("axes4-views.npz", tensor: text))
    for name in ["axes4-C.npy", "axes4-F.npy", "axes4.npz"] {
      let loaded = try Fixture.read(name, options: ReadOptions(view: view))
      #expect(Fixture.rows(loaded) == expected, "\(name)")
      #expect(loaded.entry.matrixShape(view) == loaded.matrix.shape)
    }
    #expect(try TensorView(parsing: view.description) == view && view.description == text)
  }

  @Test("what was done is said")
  func notes() throws {
    func notes(_ view: TensorView) throws -> [String] {
      try Fixture.read("axes4-C.npy", options: ReadOptions(view: view)).notes
    }
    #expect(try notes(.usual) == ["axes 3 × 4 × 5 × 6 folded to 3 × 120"])
    #expect(try notes(.fold([0, 1])) == ["fold 0 1 | 2 3", "axes 3 × 4 × 5 × 6"])
    #expect(try notes(.slice([nil, nil, nil, 5])) == ["slice [:, :, :, 5]", "axes 3 × 4 × 5 × 6"])
    #expect(try notes(.slice([2])) == ["slice 2 of 3", "axes 3 × 4 × 5 × 6"])
  }

  @Test(
    "views that a tensor does not have",
    arguments: [
      ("fold=4", "names axis 4; axes count from 0 to 3"), ("fold=0,0", "names axis 0 twice"),
      ("slice=:,:,:,:,1", "has places for 5"),
      ("slice=3", "asks for index 3 of axis 0, whose indices count from 0 to 2"),
      ("slice=:,99999999999", "asks for index 99999999999 of axis 1, whose indices count from 0 to 3"),
      ("slice=0,0,0,0", "leaves a single number; keep an axis with “:”"),
      ("fold=9223372036854775807", "names axis 9223372036854775807; axes count from 0 to 3"),
    ])
  func refusals(text: String, reason: String) throws {
    let view = try TensorView(parsing: text)
    let path = Fixture.path("axes4.npz")
    #expect(
      throws: FileError.invalid(path, reason: "“tensor” has 4 axes (3 × 4 × 5 × 6): \(text) \(reason)")
    ) { try Fixture.read("axes4.npz", options: ReadOptions(view: view)) }
    #expect(TensorEntry(name: nil, type: .i16, axes: [3, 4, 5, 6]).matrixShape(view) == nil)
  }

  @Test(
    "texts that name no view",
    arguments: [
      "", "fold", "fold=", "fold=a", "fold=-1", "fold=0;1", "slice=", "slice=:,x", "slice=+1", "slice=0:3",
      "lines=1",
    ]
  )
  func texts(text: String) {
    #expect {
      try TensorView(parsing: text)
    } throws: {
      let sentence = "\($0)"
      return $0 is TensorViewError && (sentence.contains("fold=0,1") || sentence.contains("slice=:,:,7"))
    }
  }

  @Test("what may be chosen: nothing up to two axes, else the folds and slices worth seeing")
  func choices() {
    func views(_ axes: [Int]) -> [String] { TensorEntry(name: nil, type: .f32, axes: axes).views.map(\.description) }
    #expect(views([5]) == [] && views([5, 6]) == [] && views([5, 0, 6]) == [])
    #expect(views([5, 6, 7]) == ["usual", "fold=1", "fold=2", "fold=0,1", "slice=0", "slice=:,:,0"])
    #expect(
      views([5, 6, 7, 8]) == [
        "usual", "fold=1", "fold=2", "fold=3", "fold=0,1", "fold=0,1,2", "slice=0", "slice=:,:,:,0",
      ])
  }

  @Test("titles name the rows before the bar, and how many slices there are")
  func titles() throws {
    let titles = try ["usual", "fold=0", "fold=2,0", "fold=0,1,2", "slice=3", "slice=:,:,7", "slice=1,2"].map {
      try TensorView(parsing: $0).title(of: [200, 25, 30])
    }
    #expect(
      titles == [
        "usual", "fold 0 | 1 2", "fold 2 0 | 1", "fold 0 1 2", "slice 3 of 200", "slice [:, :, 7]", "slice [1, 2]",
      ])
  }

  @Test("a slice steps from index to index, and stops at the ends")
  func stepping() {
    let entry = TensorEntry(name: nil, type: .f32, axes: [5, 6, 7])
    #expect(TensorView.slice([2]).stepping(by: 1, in: entry) == .slice([3]))
    #expect(TensorView.slice([4]).stepping(by: 1, in: entry) == .slice([4]))
    #expect(TensorView.slice([nil, nil, 0]).stepping(by: -1, in: entry) == .slice([nil, nil, 0]))
    #expect(TensorView.slice([nil, nil, 5]).stepping(by: 10, in: entry) == .slice([nil, nil, 6]))
    #expect(TensorView.usual.stepping(by: 1, in: entry) == nil)
    #expect(TensorView.fold([1]).stepping(by: 1, in: entry) == nil)
    #expect(TensorView.slice([nil]).stepping(by: 1, in: entry) == nil)
    #expect(TensorView.slice([0, 0, 0, 0]).stepping(by: 1, in: entry) == nil)
  }

  @Test("what lies in order already is read in order, and nothing else is taken for it")
  func contiguity() throws {
    func isContiguous(_ text: String, _ isFortranOrder: Bool) throws -> Bool {
      let axes = [3, 4, 5, 6]
      let viewed = try ViewedAxes(TensorView(parsing: text), of: axes)
      return TensorTraversal(viewed, strides: denseStrides(of: axes, isFortranOrder: isFortranOrder))
        .isContiguous
    }
    let inC = ["usual", "fold=0", "fold=0,1", "fold=3", "fold=0,1,2", "fold=0,1,2,3", "slice=2", "slice=0,1,:,:"]
    for text in inC { #expect(try isContiguous(text, false), "\(text)") }
    for text in ["fold=1", "fold=1,0", "fold=2", "slice=:,:,:,5", "slice=:,3"] {
      #expect(try !isContiguous(text, false), "\(text)")
    }
    #expect(try !isContiguous("usual", true) && isContiguous("fold=2,1,0", true) && isContiguous("slice=:,:,3,5", true))
  }

  /// Counts the bytes that are asked of another source.
  private final class CountingBytes: ByteSource, @unchecked Sendable {
    let base: SpooledBytes
    var asked = 0
    init(_ bytes: [UInt8]) { base = SpooledBytes(name: "test", bytes) }
    var name: String { base.name }
    var count: Int { base.count }
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) {
      asked += target.count
      try base.read(at: offset, into: target)
    }
  }

  @Test("large tensors come in slabs: every element in its place, and gaps are not read")
  func slabs() throws {
    // 3 × 700 × 900 two-byte elements: several slabs, and rows of 1.26 MB to leave out.
    let axes = [3, 700, 900]
    let count = axes.reduce(1, *)
    let elements = [UInt8](unsafeUninitializedCapacity: 2 * count) { buffer, filled in
      for index in 0..<count {
        let value = UInt16(truncatingIfNeeded: index &* 40503)
        (buffer[2 * index], buffer[2 * index + 1]) = (UInt8(value & 255), UInt8(value >> 8))
      }
      filled = 2 * count
    }
    let entry = TensorEntry(name: nil, type: .u16, axes: axes)
    for isFortranOrder in [false, true] {
      let layout = TensorLayout(entry: entry, isBigEndian: false, isFortranOrder: isFortranOrder)
      for (view, limit) in [
        ("fold=1", 1.0), ("fold=2,0", 1.0), ("slice=:,:,5", isFortranOrder ? 0.01 : 1.0),
        ("slice=1", isFortranOrder ? 1.0 : 0.34), ("slice=:,7", isFortranOrder ? 1.0 : 0.01),
        ("block=:,:/350.1/2,10:890", 1.0), ("block=:,600:620", isFortranOrder ? 1.0 : 0.04),
        ("block=:,:,:/3.1/3.0:100/100", 1.0), ("block=2:3,:,5:7", isFortranOrder ? 0.01 : 0.34),
      ] {
        let bytes = CountingBytes(elements)
        let view = try TensorView(parsing: view)
        let loaded = try layout.read(
          from: RangeStream(bytes, count: bytes.count), options: ReadOptions(view: view), source: "test",
          control: WorkControl())
        #expect(Double(bytes.asked) <= limit * Double(bytes.count), "\(view) read \(bytes.asked)")
        let viewed = try ViewedAxes(view, of: axes)
        for (row, column) in [(0, 0), (1, 0), (2, 699), (1, 500), (0, 650), (2, 1)] {
          let place = (row % loaded.matrix.shape.rows, column % loaded.matrix.shape.columns)
          let index = viewed.index(row: place.0, column: place.1, axes: axes.count)
          let order = isFortranOrder ? [2, 1, 0] : [0, 1, 2]
          let element = order.reduce(0) { $0 * axes[$1] + index[$1] }
          #expect(loaded.matrix[place.0, place.1] == Double(UInt16(truncatingIfNeeded: element &* 40503)))
        }
      }
    }
  }

  @Test("a slice of an archive that is damaged elsewhere is refused too")
  func checksum() throws {
    var bytes = try Fixture.bytes("stored.npz")
    bytes[200] ^= 1
    #expect {
      let file = try MatrixFileOpener.open(SpooledBytes(name: "test", bytes))
      _ = try file.read(file.tensors[0], options: ReadOptions(view: .slice([4])), control: WorkControl())
    } throws: {
      "\($0)".contains("checksum")
    }
  }
}
