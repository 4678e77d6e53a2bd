import Glibc
import Testing

@testable import LinearAlgebra
@testable import MatrixFiles

@Suite("Writing")
struct WriterTests {
  /// A 6 × 4 product of rank 2, and its entries.
  static func approximation() -> (LowRankApproximation, [[Double]]) {
    let left = Matrix<Double>(Shape(6, 2)) { i, j in Double(i + 1) * (j == 0 ? 10 : 0.1) }
    let right = Matrix<Double>(Shape(2, 4)) { i, j in i == 0 ? Double(j) : Double(3 - j) / 3 }
    let rows = (0..<6).map { i in (0..<4).map { j in left.multiplied(by: right)[i, j] } }
    return (LowRankApproximation(left: .double(left), right: .double(right), singularValues: [3, 2]), rows)
  }

  static func floats() -> LowRankApproximation {
    LowRankApproximation(
      left: .float(Matrix(Shape(3, 1)) { i, _ in Float(i) + 0.1 }),
      right: .float(Matrix(Shape(1, 2)) { _, j in Float(j + 1) }), singularValues: [1])
  }

  private func written(_ approximation: LowRankApproximation, _ name: String) throws -> String {
    let path = Scratch.path(name)
    try MatrixWriter.write(WrittenApproximation(approximation), to: path)
    return path
  }

  @Test("the product comes back bit for bit", arguments: ["product.npy", "product.csv", "PRODUCT.NPY"])
  func product(name: String) throws {
    let (approximation, rows) = Self.approximation()
    let path = try written(approximation, name)
    defer { unlink(path) }
    let file = try MatrixFileOpener.open(path)
    #expect(file.tensors[0].type == .f64)
    #expect(Fixture.rows(try file.read(file.tensors[0], control: WorkControl())) == rows)
  }

  @Test("single precision stays single")
  func single() throws {
    let path = try written(Self.floats(), "single.npy")
    defer { unlink(path) }
    let file = try MatrixFileOpener.open(path)
    #expect(file.tensors[0].type == .f32)
    let rows = Fixture.rows(try file.read(file.tensors[0], control: WorkControl()))
    let expected: [[Float]] = [[0.1, 0.2], [1.1, 2.2], [2.1, 4.2]]
    #expect(rows == expected.map { $0.map(Double.init) })
    let text = try written(Self.floats(), "single.csv")
    defer { unlink(text) }
    #expect(try Scratch.contents(text) == Array("0.1,0.2\n1.1,2.2\n2.1,4.2\n".utf8))
  }

  @Test("the factors come back by name")
  func factors() throws {
    let (approximation, _) = Self.approximation()
    let path = try written(approximation, "factors.npz")
    defer { unlink(path) }
    let file = try MatrixFileOpener.open(path)
    #expect(file.tensors.map(\.name) == ["left", "right", "singular_values"])
    #expect(file.tensors.map(\.axes) == [[6, 2], [2, 4], [2]])
    for (name, factor) in [("left", approximation.left), ("right", approximation.right)] {
      let loaded = try file.read(file.tensor(named: name), control: WorkControl())
      let expected = (0..<factor.shape.rows).map { i in (0..<factor.shape.columns).map { j in factor[i, j] } }
      #expect(Fixture.rows(loaded) == expected)
    }
    let values = try file.read(file.tensor(named: "singular_values"), control: WorkControl())
    #expect(Fixture.rows(values) == [[3], [2]])
  }

  @Test("ZIP64 fields are written where they are needed", arguments: [0, 100, 1000])
  func zip64(wideFrom: Int) throws {
    let path = Scratch.path("wide-\(wideFrom).npz")
    defer { unlink(path) }
    let header = NPYHeader.bytes(scalarSize: 8, axes: [2, 50], isFortranOrder: false)
    let entries = (0..<100).map { Double($0) }
    try AtomicFile.write(to: path) { (sink) throws(FileError) in
      var archive = ZipWriter(sink, wideFrom: wideFrom)
      for name in ["a.npy", "b.npy"] {
        try Matrix<Double>(Shape(100, 1)) { i, _ in entries[i] }.withEntries { (raw) throws(FileError) in
          try archive.add(name, header, UnsafeRawBufferPointer(raw))
        }
      }
      try archive.finish()
    }
    let file = try MatrixFileOpener.open(path)
    let loaded = try file.read(file.tensor(named: "b"), control: WorkControl())
    #expect(Fixture.rows(loaded).flatMap { $0 } == entries)
  }

  @Test("a picture is rounded and cut to 0 … 255")
  func picture() throws {
    let row = Matrix<Double>(rows: [[-7, 0.4, 0.6, 127.5, 254.6, 300]])
    let approximation = LowRankApproximation(
      left: .double(Matrix(rows: [[1], [0.5]])), right: .double(row), singularValues: [1])
    let path = try written(approximation, "picture.png")
    defer { unlink(path) }
    let file = try MatrixFileOpener.open(path)
    let rows = Fixture.rows(try file.read(file.tensors[0], control: WorkControl()))
    #expect(rows == [[0, 0, 1, 128, 255, 255], [0, 0, 0, 64, 127, 150]])
  }

  @Test(
    "rank zero is the zero matrix, and empty matrices are written", arguments: ["zero.npy", "zero.csv", "zero.png"])
  func rankZero(name: String) throws {
    let zero = LowRankApproximation(
      left: .double(Matrix(zeros: Shape(2, 0))), right: .double(Matrix(zeros: Shape(0, 3))), singularValues: [])
    let path = try written(zero, name)
    defer { unlink(path) }
    let file = try MatrixFileOpener.open(path)
    #expect(Fixture.rows(try file.read(file.tensors[0], control: WorkControl())) == [[0, 0, 0], [0, 0, 0]])
  }

  @Test("an unknown extension names those there are, and nothing is written")
  func unknownExtension() {
    let path = Scratch.path("matrix.txt")
    #expect(throws: FileError.unknownOutputFormat(path, extensions: [".npz", ".npy", ".csv", ".png"])) {
      try MatrixWriter.write(WrittenApproximation(Self.floats()), to: path)
    }
    #expect(access(path, F_OK) != 0)
  }
}

@Suite("Atomic files")
struct AtomicFileTests {
  /// The names in a new directory, which is removed with its files at the end.
  private func inDirectory(_ name: String, _ body: (String) throws -> Void) throws {
    let directory = Scratch.path(name)
    try #require(mkdir(directory, 0o700) == 0)
    defer {
      for file in Scratch.names(directory) { unlink("\(directory)/\(file)") }
      rmdir(directory)
    }
    try body(directory)
  }

  @Test("a failure leaves what was there, and nothing else")
  func failure() throws {
    try inDirectory("failure") { directory in
      let path = "\(directory)/file"
      try AtomicFile.write("before", to: path)
      #expect(throws: FileError.cancelled) {
        try AtomicFile.write(to: path) { (sink) throws(FileError) in
          try sink.write(Array(repeating: 7, count: 3 << 20))
          throw .cancelled
        }
      }
      #expect(try Scratch.contents(path) == Array("before".utf8))
      #expect(Scratch.names(directory) == ["file"])
    }
  }

  @Test("a directory is no target, and a missing directory is told")
  func targets() throws {
    try inDirectory("target") { directory in
      #expect(throws: FileError.cannotWrite(directory, reason: "Is a directory")) {
        try AtomicFile.write("x", to: directory)
      }
      let path = "\(directory)/none/file"
      #expect(throws: FileError.cannotWrite(path, reason: "No such file or directory")) {
        try AtomicFile.write("x", to: path)
      }
      #expect(Scratch.names(directory).isEmpty)
    }
  }

  @Test("a full device is an error and stays a device")
  func fullDevice() throws {
    #expect(throws: FileError.cannotWrite("/dev/full", reason: "No space left on device")) {
      try AtomicFile.write("x", to: "/dev/full")
    }
    var status = stat()
    #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("permissions are kept, and a symbolic link stays one")
  func permissions() throws {
    try inDirectory("link") { directory in
      let (path, link) = ("\(directory)/file", "\(directory)/link")
      try AtomicFile.write("one", to: path)
      chmod(path, 0o640)
      symlink("file", link)
      try AtomicFile.write("two", to: link)
      #expect(try Scratch.contents(path) == Array("two".utf8))
      var status = stat()
      lstat(link, &status)
      #expect(status.st_mode & S_IFMT == S_IFLNK)
      stat(path, &status)
      #expect(status.st_mode & 0o777 == 0o640)
    }
  }

  @Test("a pipe that nobody reads is an error, not a signal")
  func brokenPipe() throws {
    let path = Scratch.path("broken")
    defer { unlink(path) }
    try #require(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    #expect(throws: FileError.cannotWrite(path, reason: "Broken pipe")) {
      try AtomicFile.write(to: path) { (sink) throws(FileError) in
        close(reader)
        try sink.write("x")
      }
    }
  }
}

extension Scratch {
  static func contents(_ path: String) throws -> [UInt8] {
    let source = try openSource(path, control: WorkControl())
    return try source.bytes(at: 0, count: source.count)
  }

  /// The names in a directory, sorted.
  static func names(_ directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
