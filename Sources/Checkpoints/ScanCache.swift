import FoundationEssentials
import Glibc
import MatrixFiles
import Synchronization

/// What scans of one checkpoint found, kept from run to run: a file of lines in the XDG cache directory.
///
/// The file belongs to the checkpoint's absolute path, and its first line names the identity of the checkpoint's files –
/// device, inode, size, time of change – so that a file that changed has no findings any more. Every line carries a
/// checksum; lines that do not fit theirs are passed over. Lines are appended by single writes, so that runs at the same
/// time do not disturb each other. Where nothing can be written, nothing is kept, and nobody is told.
package final class ScanCache: Sendable {
  /// What findings belong to: the tensor as its file describes it, wherever it lies, and the seed of the shuffled copy.
  package struct Key: Hashable, Sendable {
    let name: ExactName
    let type: String
    let axes: [Int]
    let seed: UInt64

    /// The key of `entry`.
    package init(_ entry: TensorEntry, seed: UInt64) {
      (name, type, axes, self.seed) = (ExactName(entry.name ?? ""), entry.type.rawValue, entry.axes, seed)
    }
  }

  /// Raised whenever what is found of the same entries changes.
  static let version = 3
  /// The bytes that all cache files may take together; the oldest go first.
  static let sizeLimit = 64 << 20
  /// More than this is not read of one file.
  static let fileLimit = 32 << 20

  private let path: String
  private let header: String
  /// The descriptor that lines are appended to; nil before the first, −1 where it cannot be had.
  private let descriptor = Mutex<Int32?>(nil)

  /// The cache of the checkpoint that `sources` name: a file, a directory, or several.
  ///
  /// Nil where there is none to keep: standard input, gallery matrices, no home directory.
  ///
  /// - Parameter directory: where cache files lie; nil is `$XDG_CACHE_HOME/lowrank`, or `~/.cache/lowrank`.
  package init?(sources: [String], directory: String? = nil) {
    guard let directory = directory ?? Self.standardDirectory, let identity = CheckpointIdentity(sources) else {
      return nil
    }
    path = directory + "/scan-" + CacheLine.hash(identity.paths.joined(separator: "\0")) + ".jsonl"
    header = CacheLine.sealed("lowrank scan \(Self.version) " + identity.text)
  }

  deinit { descriptor.withLock { if let file = $0, file >= 0 { close(file) } } }

  /// `$XDG_CACHE_HOME/lowrank`, which must be absolute to count, or `~/.cache/lowrank`.
  static var standardDirectory: String? {
    func value(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    return value("XDG_CACHE_HOME").map { $0 + "/lowrank" } ?? value("HOME").map { $0 + "/.cache/lowrank" }
  }

  /// What is known. Empty where the checkpoint changed, or where the file cannot be read.
  ///
  /// - Parameter comparedShuffled: leaves out what was found without comparing a shuffled copy.
  package func load(comparedShuffled: Bool = true) -> [Key: TensorFindings] {
    guard let text = CacheLine.contents(of: path, limit: Self.fileLimit) else { return [:] }
    var lines = text.split(separator: UInt8(ascii: "\n"))[...]
    guard let first = lines.popFirst(), first.elementsEqual(header.utf8) else { return [:] }
    var known: [Key: TensorFindings] = [:]
    let decoder = JSONDecoder()
    for line in lines {
      guard let body = CacheLine.unsealed(line),
        let record = try? decoder.decode(Record.self, from: Data(body)), record.findings.isPlausible,
        record.comparedShuffled || !comparedShuffled
      else { continue }
      known[record.key] = record.findings
    }
    return known
  }

  /// Keeps `findings` of `entry`.
  ///
  /// - Parameter comparedShuffled: whether a shuffled copy was compared, where there can be one.
  package func keep(
    _ findings: TensorFindings, of entry: TensorEntry, seed: UInt64, comparedShuffled: Bool = true
  ) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard
      let body = try? encoder.encode(
        Record(axes: entry.axes, seed: seed, comparedShuffled: comparedShuffled, findings: findings))
    else { return }
    let line = CacheLine.sealed(String(decoding: body, as: UTF8.self)) + "\n"
    descriptor.withLock { descriptor in
      let file = descriptor ?? openForAppending()
      descriptor = file
      guard file >= 0 else { return }
      _ = Array(line.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }
  }

  private struct Record: Codable {
    let axes: [Int]
    let seed: UInt64
    let comparedShuffled: Bool
    let findings: TensorFindings

    var key: Key { Key(name: findings.name, type: findings.dtype, axes: axes, seed: seed) }
  }

  /// Opens the cache file; a new one under the same name where it is not of this checkpoint as it is now.
  private func openForAppending() -> Int32 {
    CacheDirectory.make(for: path)
    CacheDirectory.prune(around: path, limit: Self.sizeLimit)
    if isCurrent {
      let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
      // A line that a run left half written ends here.
      if file >= 0 { _ = write(file, "\n", 1) }
      return file
    }
    // Written aside and renamed: a run that appends to the old file meanwhile goes on appending to a file without a name.
    let aside = path + ".\(getpid()).new"
    let file = open(aside, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return -1 }
    let line = Array((header + "\n").utf8)
    guard line.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == line.count, rename(aside, path) == 0 else {
      unlink(aside)
      close(file)
      return -1
    }
    return file
  }

  private var isCurrent: Bool {
    guard let text = CacheLine.contents(of: path, limit: Self.fileLimit) else { return false }
    return text.prefix(header.utf8.count).elementsEqual(header.utf8) && text.count < Self.fileLimit
  }
}

extension ScanCache.Key {
  fileprivate init(name: String, type: String, axes: [Int], seed: UInt64) {
    (self.name, self.type, self.axes, self.seed) = (ExactName(name), type, axes, seed)
  }
}

extension TensorFindings {
  /// Whether the numbers could be those of a matrix: what is drawn must not trust a file.
  package var isPlausible: Bool {
    rows >= 0 && columns >= 0 && breakEvenRank >= 0 && nonfinite >= 0 && zeroRows >= 0
      && (measures.errorFloor ?? 0) >= 0 && profile.count <= Self.profileCount
      && profile.allSatisfy { $0 >= 0 && $0 <= 1 } && ranks.values.allSatisfy { $0 >= 0 && $0 <= min(rows, columns) }
  }
}
