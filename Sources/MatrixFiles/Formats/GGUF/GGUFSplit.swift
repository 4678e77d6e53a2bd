import LinearAlgebra

/// How a model was cut into files NAME-00001-of-00009.gguf, each of them a GGUF file with some of the tensors.
struct GGUFSplit {
  /// What the names of all parts begin with, without the directory.
  let stem: String
  /// Which part this is, from 1.
  let number: Int
  /// How many parts there are.
  let count: Int

  /// All parts stay open: more than this are refused.
  private static let countLimit = 500

  /// What the header and the name of `file` say; nil when it was never cut, or when its name does not tell where the
  /// others are.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when they contradict each other.
  init?(_ file: GGUFFile) throws(FileError) {
    let count = file.values["split.count"]?.integer ?? 0
    guard count > 1 else { return nil }
    let number = (file.values["split.no"]?.integer).flatMap { $0 >= 0 && $0 < count ? $0 + 1 : nil }
    guard count <= Self.countLimit, let number else {
      throw .invalid(
        file.source,
        reason:
          "its header says that it is part \(file.values["split.no"]?.text ?? "?") of \(count), counted from 0, of "
          + "at most \(Self.countLimit); split the model again with llama-gguf-split")
    }
    let name = file.source.split(separator: "/").last.map(String.init) ?? ""
    guard let stem = Self.stem(of: name) else { return nil }
    guard name == stem + Self.suffix(number, of: count) else {
      throw .invalid(
        file.source,
        reason: "its header says that it is part \(number) of \(count), and its name says otherwise; call it "
          + "\(printable(stem + Self.suffix(number, of: count)))")
    }
    self.stem = stem
    self.number = number
    self.count = count
  }

  /// What is to be said of `file`, which is opened alone; nothing when it is all there is.
  static func notes(ofSingle file: GGUFFile) -> [String] {
    let count = file.values["split.count"]?.integer ?? 0
    let name = file.source.split(separator: "/").last.map(String.init) ?? ""
    if count > 1 {
      return [
        "one of \(count) parts; the others are found when all are called NAME" + suffix(1, of: count) + " and so on"
      ]
    }
    return stem(of: name) == nil || name.hasSuffix(suffix(1, of: 1))
      ? [] : ["called one part of several, and opened alone: its header has no split.count"]
  }

  /// What `name` begins with, when it ends as that of a part does: "-00001-of-00009.gguf".
  private static func stem(of name: String) -> String? {
    let suffix = name.unicodeScalars.suffix(suffix(1, of: 1).count)
    let pattern = suffix.map { ("0"..."9").contains($0) ? "#" : Character($0) }
    return String(pattern) == "-#####-of-#####.gguf" ? String(name.dropLast(suffix.count)) : nil
  }

  private static func suffix(_ number: Int, of count: Int) -> String {
    func digits(_ number: Int) -> String { String(String(100_000 + number).dropFirst()) }
    return "-\(digits(number))-of-\(digits(count)).gguf"
  }

  /// All parts as one file; `file` is this one. A part that is not there, or is no part of this model, costs its own
  /// tensors only.
  func joined(with file: GGUFFile, control: WorkControl) throws(FileError) -> any MatrixFile {
    var parts: [GGUFFile] = []
    var missing: [UnreadableTensor] = []
    for other in 1...count {
      let name = stem + Self.suffix(other, of: count)
      do {
        parts.append(other == number ? file : try part(other, name: name, beside: file, control: control))
      } catch .cancelled {
        throw .cancelled
      } catch {
        missing.append(
          UnreadableTensor(
            name: name, reason: "the tensors of “\(printable(name))” are unknown: \(error); put it beside the others"))
      }
    }
    var notes: [String] = []
    if !missing.isEmpty { notes.append(missingNote(missing.count, parts)) }
    return try ShardedFile(
      source: file.source, format: file.format, parts: parts, missing: missing,
      metadata: parts.first?.metadata ?? [:], notes: notes)
  }

  /// Opens another part and checks that it is one.
  private func part(
    _ other: Int, name: String, beside file: GGUFFile, control: WorkControl
  ) throws(FileError) -> GGUFFile {
    let bytes = try SiblingFile.open(name, beside: file.source)
    guard try bytes.bytes(at: 0, count: 4) == GGUFHeader.magic else {
      throw .invalid(bytes.name, reason: "it is no GGUF file")
    }
    let part = GGUFFile(bytes, try GGUFHeader(bytes, control: control))
    guard part.values["split.count"]?.integer == count, part.values["split.no"]?.integer == other - 1 else {
      throw .invalid(
        bytes.name,
        reason: "its header says that it is part \(part.values["split.no"]?.text ?? "?") of "
          + "\(part.values["split.count"]?.text ?? "?"), counted from 0, and its name that it is part \(other) of \(count)"
      )
    }
    return part
  }

  private func missingNote(_ missing: Int, _ parts: [GGUFFile]) -> String {
    let found = parts.reduce(0) { $0 + $1.tensors.count + $1.unreadable.count }
    let all = parts.lazy.compactMap { $0.values["split.tensors.count"]?.integer }.first { $0 >= found }
    return "\(missing) of \(count) parts \(missing == 1 ? "is" : "are") missing"
      + (all.map { ", with \($0 - found) of \($0) tensors" } ?? ", with their tensors")
  }
}
