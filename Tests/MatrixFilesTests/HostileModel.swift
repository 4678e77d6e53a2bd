import Testing

@testable import MatrixFiles

/// A model that lies, and what must become of it.
struct HostileModel: Sendable, CustomTestStringConvertible {
  enum Verdict: Sendable {
    /// Opening or reading ends in a sentence with these words.
    case refused(String)
    /// It is read, and has these values.
    case values([[Double]])
  }

  let testDescription: String
  /// The short name of the format in the catalog.
  let format: String
  let bytes: [UInt8]
  /// The tensor that is asked for; nil asks for the only one.
  let tensor: String?
  let verdict: Verdict

  init(_ format: String, _ what: String, _ bytes: [UInt8], refused words: String, tensor: String? = nil) {
    (self.format, self.bytes, self.tensor) = (format, bytes, tensor)
    (testDescription, verdict) = ("\(format): \(what)", .refused(words))
  }

  init(_ format: String, _ what: String, _ bytes: [UInt8], values: [[Double]], tensor: String? = nil) {
    (self.format, self.bytes, self.tensor) = (format, bytes, tensor)
    (testDescription, verdict) = ("\(format): \(what)", .values(values))
  }

  /// All of them.
  static let all =
    HostileSafetensors.all + HostileGGUF.all + HostileCheckpoints.all + HostileCheckpoints.legacy + HostileONNX.all

  /// Whether the catalog has a format called `name`.
  static func isRead(_ name: String) -> Bool { FileFormatCatalog.formats.contains { $0.name == name } }
}

/// Every model that lies is refused with the right words; every odd one that does not has the right values.
@Suite("Hostile models")
struct HostileModelTests {
  @Test(
    "each gets its sentence or its values", .timeLimit(.minutes(1)),
    arguments: HostileModel.all.filter { HostileModel.isRead($0.format) })
  func verdict(model: HostileModel) throws {
    do {
      let loaded = try Fixture.read(model.bytes, tensor: model.tensor)
      guard case .values(let values) = model.verdict else {
        Issue.record("it was read: \(Fixture.rows(loaded))")
        return
      }
      #expect(Fixture.rows(loaded) == values)
    } catch {
      let sentence = "\(error)"
      guard case .refused(let words) = model.verdict else {
        Issue.record("\(sentence)")
        return
      }
      #expect(sentence.contains(words), "it says: \(sentence)")
      #expect(!sentence.unicodeScalars.contains { $0.properties.generalCategory == .control })
      #expect(sentence.utf8.count < 1000)
    }
  }

  @Test("they are many, and each is there once")
  func count() {
    let names = HostileModel.all.map(\.testDescription)
    #expect(Set(names).count == names.count && names.count >= 150)
  }
}
