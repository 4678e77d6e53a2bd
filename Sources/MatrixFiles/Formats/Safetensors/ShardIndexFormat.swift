import LinearAlgebra

/// The index of a checkpoint in several files: `model.safetensors.index.json`, `pytorch_model.bin.index.json`.
///
/// Its `weight_map` says which file beside it holds each tensor; all of them open as one.
struct ShardIndexFormat: FileFormat {
  let name = "shard index"
  let summary = "the index of model weights in several files (.index.json), which open as one"

  func recognises(_ prefix: [UInt8]) -> Bool {
    prefix.first { !$0.isBlank && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "{")
      && String(decoding: prefix, as: UTF8.self).contains("\"weight_map\"")
  }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    guard bytes.count <= JSONValue.sizeLimit else {
      throw .invalid(bytes.name, reason: "it is an index of \(bytes.count) bytes, more than any model needs")
    }
    let index = try ShardIndex(try bytes.bytes(at: 0, count: bytes.count), source: bytes.name)
    return try index.open(control: control)
  }
}

/// What an index of shards says.
struct ShardIndex {
  let source: String
  /// The files it names, in natural order, and the tensors it says are in each.
  let shards: [(file: String, tensors: [String])]
  let metadata: [String: String]

  /// Reads an index.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when it is not one, or names no or too many files.
  init(_ bytes: [UInt8], source: String) throws(FileError) {
    let value = try JSONValue.parse(bytes, source: source)
    guard let map = value["weight_map"]?.object else {
      throw .invalid(source, reason: "it is an index of shards whose weight_map names no files")
    }
    var shards: [ExactName: [String]] = [:]
    for tensor in map.keys {
      guard let file = map[tensor]?.string else {
        throw .invalid(source, reason: "its weight_map has no file name for “\(printable(tensor))”")
      }
      shards[ExactName(file), default: []].append(tensor)
    }
    guard !shards.isEmpty else { throw .invalid(source, reason: "its weight_map is empty") }
    guard shards.count <= MatrixCollection.fileLimit else {
      throw .tooLarge(
        source, reason: "it names \(shards.count) files; more than \(MatrixCollection.fileLimit) are refused")
    }
    self.source = source
    self.shards = shards.map { (file: $0.key.text, tensors: $0.value) }.sorted {
      NaturalOrder.precedes($0.file, $1.file)
    }
    metadata = value["metadata"]?.object.map(Self.texts) ?? [:]
  }

  private static func texts(_ object: JSONObject) -> [String: String] {
    var texts: [String: String] = [:]
    for key in object.keys {
      switch object[key] {
      case .string(let text): texts[key] = text
      case .integer(let number): texts[key] = String(number)
      case .real(let number): texts[key] = String(number)
      case .bool(let truth): texts[key] = String(truth)
      default: break
      }
    }
    return texts
  }

  /// Opens the files as one. One that is missing or damaged costs the tensors that the index puts there; a tensor that
  /// its file turns out not to have is unreadable; one that the index does not name is listed all the same.
  func open(control: WorkControl) throws(FileError) -> any MatrixFile {
    if source == "-" {
      throw .invalid(
        source, reason: "it is an index of shards, and what comes by a pipe has no files beside it; name it")
    }
    var parts: [any MatrixFile] = []
    var missing: [UnreadableTensor] = []
    var unnamed: [String] = []
    var lost = 0
    for (position, shard) in shards.enumerated() {
      let part = control.part(position, of: shards.count)
      do throws(FileError) {
        try part.advance(0)
        let opened = try Self.part(shard.file, beside: source, control: part)
        parts.append(opened)
        let held = Set((opened.tensors.compactMap(\.name) + opened.unreadable.map(\.name)).map { ExactName($0) })
        missing += shard.tensors.filter { !held.contains(ExactName($0)) }.map {
          Self.absent($0, "should be in \(printable(shard.file)), which does not hold it; download both again")
        }
        unnamed += held.subtracting(shard.tensors.map { ExactName($0) }).map(\.text).sorted(by: NaturalOrder.precedes)
      } catch .cancelled {
        throw .cancelled
      } catch {
        lost += 1
        missing += shard.tensors.map {
          Self.absent($0, "is in \(printable(shard.file)), which cannot be read: \(error.reason)")
        }
      }
    }
    guard !parts.isEmpty else {
      throw .invalid(source, reason: "none of its files can be read; \(missing.first?.reason ?? "it names none")")
    }
    try control.advance(1)
    return try ShardedFile(
      source: source, format: parts[0].format, parts: parts, missing: missing, metadata: metadata,
      notes: [lost == 0 ? "\(shards.count) parts" : "\(shards.count - lost) of \(shards.count) parts"]
        + Self.notes(unnamed: unnamed))
  }

  private static func absent(_ name: String, _ reason: String) -> UnreadableTensor {
    UnreadableTensor(name: name, reason: "“\(printable(name))” \(reason)")
  }

  private static func notes(unnamed: [String]) -> [String] {
    guard let first = unnamed.first else { return [] }
    let others = unnamed.count > 1 ? " and \(unnamed.count - 1) more" : ""
    return ["“\(printable(first))”\(others) not in the index"]
  }

  /// Opens one of the files; none may be an index in its turn, which could name the first.
  private static func part(
    _ file: String, beside source: String, control: WorkControl
  ) throws(FileError) -> any MatrixFile {
    let bytes = try SiblingFile.open(file, beside: source)
    if ShardIndexFormat().recognises(try bytes.bytes(at: 0, count: 4096)) {
      throw .invalid(bytes.name, reason: "it is an index itself")
    }
    // Packed files could hide an index; nobody packs a shard.
    return try MatrixFileOpener.open(bytes, isUnpacked: true, control: control)
  }
}
