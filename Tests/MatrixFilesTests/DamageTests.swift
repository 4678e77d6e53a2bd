import Glibc
import LinearAlgebra
import Testing

@testable import MatrixFiles

/// Damaged files give an error or a matrix of the right shape with finite entries: never a crash or a hang.
@Suite("Damaged files")
struct DamageTests {
  static let fixtures = Scratch.names(Fixture.directory).filter { $0 != "axes4-views.npz" }.filter { name in
    [".npy", ".npz", ".png", ".csv", ".txt", ".mtx", ".pgm", ".ppm", ".jpg", ".onnx"].contains { name.hasSuffix($0) }
  }

  /// Reads every tensor of `bytes`; returns how many there were, or nil for an error.
  @discardableResult
  private func survive(_ bytes: [UInt8]) -> Int? {
    do {
      let file = try MatrixFileOpener.open(SpooledBytes(name: "test", bytes))
      for entry in file.tensors {
        let loaded = try file.read(entry, control: WorkControl())
        #expect(loaded.matrix.shape == entry.matrixShape)
        #expect(loaded.summary.nonFiniteCount == 0)
      }
      return file.tensors.count
    } catch {
      let message = "\(error)"
      #expect(!message.contains("\n") && !message.contains("\u{1b}"))
      return nil
    }
  }

  @Test("every prefix", arguments: fixtures)
  func truncations(name: String) throws {
    let bytes = try Fixture.bytes(name)
    let isText = [".csv", ".txt", ".mtx"].contains { name.hasSuffix($0) } || name.contains("-plain")
    let wasRead = survive(bytes) != nil
    let step = max(1, bytes.count / 600)
    for count in stride(from: 0, to: bytes.count, by: step) {
      let result = survive(Array(bytes[..<count]))
      // A text can end anywhere, a model after any field, and every array has the bytes its header asks for.
      if wasRead, !isText, name != "empty.npy", !name.hasSuffix(".onnx") {
        #expect(result == nil, "\(name) cut to \(count) bytes was read")
      }
    }
  }

  @Test("thousands of flipped bits", arguments: fixtures)
  func flips(name: String) throws {
    let original = try Fixture.bytes(name)
    var random = SplitMix(seed: UInt64(original.count))
    for round in 0..<60 {
      var bytes = original
      // One flip, or several; in the first bytes, where the structure is, or anywhere.
      for _ in 0...(round % 3) {
        let range = round % 2 == 0 ? min(bytes.count, 256) : bytes.count
        bytes[Int(random.next() % UInt64(range))] ^= 1 << UInt8(random.next() % 8)
      }
      survive(bytes)
    }
  }

  @Test(
    "flips at the end, where an archive keeps its directory", arguments: ["stored.npz", "deflated.npz", "zip64.npz"])
  func directoryFlips(name: String) throws {
    let original = try Fixture.bytes(name)
    for index in max(0, original.count - 350)..<original.count {
      for bit in 0..<8 {
        var bytes = original
        bytes[index] ^= 1 << UInt8(bit)
        survive(bytes)
      }
    }
  }
}
