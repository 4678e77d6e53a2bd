import Glibc
import LinearAlgebra
import Synchronization
import Testing

@testable import MatrixFiles

@Suite("Opening files")
struct OpeningTests {
  @Test("sentences are joined without their full stops")
  func clauses() {
    #expect(clause("Unknown option.") == "Unknown option" && clause("so on ...") == "so on ..." && clause("") == "")
  }

  @Test("what cannot be opened is told in the system's words")
  func cannotOpen() {
    #expect(throws: FileError.cannotOpen("/no/such/file", reason: "No such file or directory")) {
      try MatrixFileOpener.open("/no/such/file")
    }
    #expect(throws: FileError.cannotOpen("/", reason: "Is a directory")) { try MatrixFileOpener.open("/") }
    #expect(throws: FileError.invalid("/dev/null", reason: "it is empty")) { try MatrixFileOpener.open("/dev/null") }
  }

  @Test(
    "formats that are not read are called by their name",
    arguments: [
      ([0x1F, 0x8B, 8, 0], "damaged or cut short"), ([0xFF, 0xD8, 0xFF, 0xE0], "JPEG"), (Array("%PDF-1.7".utf8), "PDF"),
      ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], "HDF5"), (Array("MATLAB 5.0 MAT-file, x".utf8), "MATLAB"),
      (Array("GGUF\u{3}\0\0\0".utf8), "GGUF header is damaged"),
      ([0x80, 2, 0x8A, 0x0A], "pickle"), (Array("PAR1".utf8), "Parquet"), ([0xFF, 0xFE, 0x31, 0, 0x2C, 0], "UTF-16"),
      (Array("P4\n2 2\n".utf8), "PBM"),
      (Array(" {\"a\": [1]}".utf8), "JSON"), (Array("<html>".utf8), "HTML"), ([1, 2, 0, 4], "binary data"),
      ([1, 2, 3, 4], "not known"),
    ] as [([UInt8], String)])
  func foreign(bytes: [UInt8], word: String) throws {
    let refusal = try #require(Fixture.refusal(bytes))
    #expect(refusal.contains(word) && !refusal.contains("\n"))
  }

  @Test("content decides, not the name")
  func content() throws {
    let path = Scratch.path("really-npy.csv")
    defer { unlink(path) }
    try AtomicFile.write(try Fixture.bytes("f8-C-le.npy"), to: path)
    #expect(try MatrixFileOpener.open(path).format == "npy")
  }

  @Test("a pipe is read to its end, however slowly it fills")
  func pipes() throws {
    let path = Scratch.path("fifo")
    defer { unlink(path) }
    try #require(mkfifo(path, 0o600) == 0)
    let bytes = try Fixture.bytes("deflated.npz")
    Scratch.feed(bytes, to: path, by: 300)
    let file = try MatrixFileOpener.open(path)
    #expect(try file.read(file.tensor(named: "weights"), control: WorkControl()).matrix.shape == Shape(40, 24))
  }

  @Test("waiting for a pipe can be cancelled")
  func cancelledPipe() throws {
    let path = Scratch.path("silent")
    defer { unlink(path) }
    try #require(mkfifo(path, 0o600) == 0)
    // Open at both ends, it never ends and never has anything.
    let descriptor = Glibc.open(path, O_RDWR)
    defer { close(descriptor) }
    let token = CancellationToken()
    token.cancel()
    #expect(throws: FileError.cancelled) { try MatrixFileOpener.open(path, control: WorkControl(token: token)) }
  }

  @Test("reading tells how far it is, and stops when told", arguments: ["f8-C-le.npy", "f2-C-le.npy", "grey8.png"])
  func progress(name: String) throws {
    let told = Mutex<[Double]>([])
    let file = try MatrixFileOpener.open(Fixture.path(name))
    _ = try file.read(file.tensors[0], control: WorkControl { fraction in told.withLock { $0.append(fraction) } })
    let fractions = told.withLock { $0 }
    #expect(fractions.last == 1 && fractions == fractions.sorted())
    let token = CancellationToken()
    token.cancel()
    #expect(throws: FileError.cancelled) { try file.read(file.tensors[0], control: WorkControl(token: token)) }
  }

  @Test("a file that shrinks after it was opened is an error")
  func shrinking() throws {
    let path = Scratch.path("shrinking.npy")
    defer { unlink(path) }
    try AtomicFile.write(try Fixture.bytes("f8-C-le.npy"), to: path)
    let file = try MatrixFileOpener.open(path)
    try #require(truncate(path, 200) == 0)
    #expect(throws: FileError.self) { try file.read(file.tensors[0], control: WorkControl()) }
  }

  @Test("a sparse file larger than memory is refused before anything is allocated")
  func tooLarge() throws {
    let path = Scratch.path("huge.npy")
    defer { unlink(path) }
    let header = NPYHeader.bytes(scalarSize: 8, axes: [1 << 20, 1 << 20], isFortranOrder: false)
    try AtomicFile.write(header, to: path)
    try #require(truncate(path, header.count + 1 << 43) == 0)
    let file = try MatrixFileOpener.open(path)
    #expect {
      try file.read(file.tensors[0], control: WorkControl())
    } throws: {
      guard case .tooLarge(_, let reason) = $0 as? FileError else { return false }
      return reason.hasPrefix("1048576 × 1048576 needs 8.79 TB of memory as f64")
    }
  }

  @Test("sizes are told to three digits")
  func sizes() {
    #expect(
      [0, 999, 1000, 1234, 12_345, 123_456, 1_005_000_000].map(MemoryBudget.describe) == [
        "0 B", "999 B", "1.00 kB", "1.23 kB", "12.3 kB", "123 kB", "1.00 GB",
      ])
  }

  @Test(
    "the sample data is read",
    arguments: [
      ("camera.png", Shape(512, 512)), ("digits.csv", Shape(1797, 64)), ("minilm-query.npy", Shape(384, 384)),
      ("wine.csv", Shape(178, 13)),
    ])
  func samples(name: String, shape: Shape) throws {
    let file = try MatrixFileOpener.open(Fixture.directory + "../../../SampleData/" + name)
    #expect(try file.read(file.tensor(named: nil), control: WorkControl()).matrix.shape == shape)
  }
}

/// Files that a test makes and removes.
enum Scratch {
  static func path(_ name: String) -> String { "/tmp/lowrank-test-\(getpid())-\(name)" }

  /// Writes `bytes` to a FIFO from another thread, `step` at a time.
  static func feed(_ bytes: [UInt8], to path: String, by step: Int) {
    final class Job: Sendable {
      let bytes: [UInt8], path: String, step: Int
      init(_ bytes: [UInt8], _ path: String, _ step: Int) { (self.bytes, self.path, self.step) = (bytes, path, step) }
    }
    var thread = pthread_t()
    let job = Unmanaged.passRetained(Job(bytes, path, step)).toOpaque()
    pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        let job = Unmanaged<Job>.fromOpaque(raw).takeRetainedValue()
        let descriptor = Glibc.open(job.path, O_WRONLY)
        for start in stride(from: 0, to: job.bytes.count, by: job.step) {
          let part = job.bytes[start..<min(start + job.step, job.bytes.count)]
          _ = part.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
          usleep(500)
        }
        close(descriptor)
        return nil
      }, job)
    pthread_detach(thread)
  }
}
