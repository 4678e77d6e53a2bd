import LinearAlgebra
import Testing

@testable import MatrixFiles

@Suite("NumPy files")
struct NumPyTests {
  static let arrays: [String] = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"].flatMap {
    type in
    ["C", "F"].flatMap { order in
      ["le", "be"].filter { $0 == "le" || !["b1", "i1", "u1"].contains(type) }.map { "\(type)-\(order)-\($0).npy" }
    }
  }

  @Test("every type, order and byte order", arguments: arrays)
  func types(name: String) throws {
    let loaded = try Fixture.read(name)
    #expect(Fixture.rows(loaded) == Fixture.formula(5, 3, try #require(name.first)))
    #expect(loaded.matrix.storage.precisionName == (name.hasPrefix("f2") || name.hasPrefix("f4") ? "f32" : "f64"))
    #expect(loaded.matrix.isStoredTransposed == name.contains("-C-"), "C order is kept as the transpose it is")
    #expect(loaded.notes.isEmpty)
    #expect(loaded.entry.bytes == 15 * loaded.entry.type.block.bytes)
  }

  @Test("versions 2 and 3, and Python 2's headers", arguments: ["version2.npy", "version3.npy", "python2.npy"])
  func versions(name: String) throws {
    #expect(Fixture.rows(try Fixture.read(name)) == Fixture.formula(5, 3, "f"))
  }

  @Test("stacks fold the same way in either order", arguments: ["axes3-C.npy", "axes3-F.npy"])
  func folds(name: String) throws {
    let loaded = try Fixture.read(name)
    #expect(Fixture.rows(loaded) == Fixture.formula(3, 8, "f"))
    #expect(loaded.notes == ["axes 3 × 2 × 4 folded to 3 × 8"])
  }

  @Test("one axis is a column, none is refused, and an empty matrix is a matrix")
  func axes() throws {
    let column = try Fixture.read("axes1.npy")
    #expect(Fixture.rows(column) == Fixture.formula(6, 1, "f"))
    #expect(column.notes == ["one axis, read as a column"])
    #expect(throws: FileError.self) { try Fixture.read("axes0.npy") }
    #expect(try Fixture.read("empty.npy").matrix.shape == Shape(0, 4))
  }

  @Test("all finite halves are exact")
  func halves() throws {
    for bits in UInt16.min...UInt16.max {
      let value = Float(half: bits)
      let expected = Float(Float16(bitPattern: bits))
      #expect(value == expected && value.sign == expected.sign || value.isNaN && expected.isNaN)
    }
    let loaded = try Fixture.read("halves.npy")
    #expect(loaded.matrix.shape == Shape(32, 124))
    #expect(loaded.matrix[31, 123] == Double(Float16(bitPattern: 248 * 124 + 123)))
  }

  @Test(
    "bfloat16, as ml_dtypes has it written and by its name", arguments: ["bf16-C.npy", "bf16-F.npy", "bf16-named.npy"])
  func brainFloats(name: String) throws {
    let loaded = try Fixture.read(name)
    #expect(Fixture.rows(loaded) == Fixture.rows(try Fixture.read("bf16.f32.npy")))
    #expect(loaded.entry.type == .bf16 && loaded.matrix.storage.precisionName == "f32")
    #expect(loaded.notes == (name == "bf16-named.npy" ? [] : ["2-byte void elements read as bfloat16"]))
    #expect(loaded.entry.type.factorType == .bf16 && loaded.entry.type.storageRounding == 0x1p-8)
  }

  @Test("integers that f64 cannot hold are told")
  func wideIntegers() throws {
    let loaded = try Fixture.read("wide-i8.npy")
    #expect(loaded.notes == ["2 integers beyond 2⁵³ rounded to f64"])
    #expect(loaded.matrix[1, 1] == 0x1p53)
  }

  @Test("NaN and infinity: how many, and where the first is")
  func nonFinite() {
    func cells(first: String, rows: Int) -> MissingCells {
      MissingCells(count: 2, rows: rows, allRows: 5, first: first)
    }
    for (name, first) in [("nan-C.npy", "row 2, column 3"), ("nan-F.npy", "row 4, column 1")] {
      #expect(
        throws: FileError.missingValues(Fixture.path(name), subject: "it", cells(first: first, rows: 2))
      ) { try Fixture.read(name) }
    }
  }

  @Test(
    "what is no matrix of real numbers is refused by name",
    arguments: [
      ("complex.npy", "complex"), ("object.npy", "Python objects"), ("structured.npy", "structured"),
      ("string.npy", "strings"), ("date.npy", "dates"), ("longdouble.npy", "extended-precision"),
    ])
  func refusals(name: String, word: String) throws {
    let reason = try #require(Fixture.refusal(try Fixture.bytes(name)))
    #expect(reason.contains(word) && !reason.contains("\n"))
  }

  @Test(
    "damaged headers are refused",
    arguments: [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 4), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 4), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (5), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4611686018427387904, 4), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000), }",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)} x",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), 'extra': 1}",
      "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}",
      "{'descr': '<f8', 'shape': (1, 1)}", "{'descr': '<f8", "", "{", "__import__('os')",
    ])
  func damagedHeaders(text: String) {
    let header = Array(text.utf8)
    let bytes = NPYHeader.magic + [1, 0, UInt8(header.count), 0] + header + Array(repeating: 0, count: 64)
    #expect(Fixture.refusal(bytes) != nil)
  }

  @Test("a header longer than NumPy's own limit is refused")
  func longHeader() {
    let bytes = NPYHeader.magic + [2, 0, 0x11, 0x27, 0, 0] + Array(repeating: 0x20, count: 20_000)
    #expect(Fixture.refusal(bytes)?.contains("10001 bytes") == true)
  }
}

@Suite("NumPy archives")
struct NumPyArchiveTests {
  @Test("stored, deflated and ZIP64 members")
  func members() throws {
    #expect(Fixture.rows(try Fixture.read("stored.npz", tensor: "weights")) == Fixture.formula(5, 3, "f"))
    #expect(Fixture.rows(try Fixture.read("stored.npz", tensor: "bias")) == Fixture.formula(5, 3, "f"))
    #expect(Fixture.rows(try Fixture.read("zip64.npz", tensor: "b")) == Fixture.formula(5, 3, "f"))
    let tiled = try Fixture.read("deflated.npz", tensor: "weights")
    #expect(tiled.matrix.shape == Shape(40, 24))
    #expect(tiled.matrix[39, 23] == Fixture.formula(5, 3, "f")[4][2])
  }

  @Test("several arrays must be chosen from")
  func choice() throws {
    let file = try MatrixFileOpener.open(Fixture.path("stored.npz"))
    #expect(file.tensors.map(\.name) == ["weights", "bias"])
    #expect(throws: FileError.chooseTensor(file.source, names: ["weights", "bias"], asked: nil)) {
      try file.tensor(named: nil)
    }
    #expect(throws: FileError.chooseTensor(file.source, names: ["weights", "bias"], asked: "x")) {
      try file.tensor(named: "x")
    }
  }

  @Test("what is no matrix does not hide the one that is, and says why when it is asked for")
  func others() throws {
    let file = try MatrixFileOpener.open(Fixture.path("single.npz"))
    #expect(Fixture.rows(try Fixture.read("single.npz")) == Fixture.formula(5, 3, "f"))
    #expect(file.unreadable.map(\.name) == ["count", "label"])
    #expect(throws: FileError.invalid(file.source, reason: "“count” is a single number, not a matrix")) {
      try file.tensor(named: "count")
    }
  }

  @Test("a flipped bit in the data does not pass the checksum", arguments: ["stored.npz", "zip64.npz"])
  func checksum(name: String) throws {
    var bytes = try Fixture.bytes(name)
    let file = try MatrixFileOpener.open(Fixture.path(name))
    bytes[200] ^= 1
    let reason = "\(file.tensors[0].subject) is damaged: its checksum does not match"
    #expect(throws: FileError.invalid("test", reason: reason)) { try Fixture.read(bytes, tensor: file.tensors[0].name) }
  }

  @Test("entries that overlap are refused")
  func overlap() throws {
    var bytes = try Fixture.bytes("stored.npz")
    // The second directory header is made to point at the first entry.
    let headers = (0..<bytes.count - 4).filter { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) }
    let second = try #require(headers.dropFirst().first)
    for index in 42..<46 { bytes[second + index] = 0 }
    #expect(Fixture.refusal(bytes)?.contains("overlap") == true)
  }

  @Test("other archives are called by their name")
  func office() throws {
    #expect(Fixture.refusal(try Fixture.bytes("office.zip"))?.contains("Office document") == true)
  }
}
