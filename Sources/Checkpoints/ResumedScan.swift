import FoundationEssentials
import Glibc
import MatrixFiles

/// A file of findings as JSON Lines that an earlier run began and that this one goes on with, in place.
///
/// A last line that was cut short is taken away; complete lines stay as they are. The file is locked: two runs at once
/// would write the same rows.
package final class ResumedScan: Sendable {
  /// The rows that are there, with the number of their line.
  package let rows: [(line: Int, findings: TensorFindings)]
  private let path: String
  private let descriptor: Int32

  /// Opens `path`, which is made where it is not.
  ///
  /// - Throws: ``FileError/cannotWrite(_:reason:)`` with the system's words, or when another run is at it;
  ///   ``FileError/invalid(_:reason:)`` when a complete line is no row of a scan.
  package init(path: String) throws(FileError) {
    func failure() -> FileError { .cannotWrite(path, reason: String(cString: strerror(errno))) }
    let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard file >= 0 else { throw failure() }
    do throws(FileError) {
      var status = stat()
      guard fstat(file, &status) == 0 else { throw failure() }
      guard status.st_mode & S_IFMT == S_IFREG else { throw .cannotWrite(path, reason: "it is no regular file") }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        throw .cannotWrite(path, reason: "another scan is writing it")
      }
      guard let bytes = CacheLine.contents(of: path, limit: 1 << 30) else {
        throw .cannotOpen(path, reason: "it cannot be read again")
      }
      let (rows, end) = try Self.rows(bytes, path)
      if end < bytes.count, ftruncate(file, off_t(end)) != 0 { throw failure() }
      self.rows = rows
    } catch {
      close(file)
      throw error
    }
    self.path = path
    descriptor = file
  }

  deinit { close(descriptor) }

  /// Adds `line`, which ends in a newline, whole or not at all.
  ///
  /// - Throws: ``FileError/cannotWrite(_:reason:)``; what was written of the line is taken away again.
  package func append(_ line: String) throws(FileError) {
    var status = stat()
    fstat(descriptor, &status)
    let bytes = Array(line.utf8)
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard written == bytes.count else {
      let reason = written < 0 ? String(cString: strerror(errno)) : "the disk is full"
      ftruncate(descriptor, status.st_size)
      throw .cannotWrite(path, reason: reason)
    }
  }

  /// The rows of `bytes`, and where the last complete one ends.
  private static func rows(
    _ bytes: [UInt8], _ path: String
  ) throws(FileError) -> (rows: [(line: Int, findings: TensorFindings)], end: Int) {
    let decoder = JSONDecoder()
    var rows: [(line: Int, findings: TensorFindings)] = []
    var (start, number) = (0, 1)
    while start < bytes.count {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return (rows, start) }
      let line = bytes[start..<end]
      if let findings = try? decoder.decode(TensorFindings.self, from: Data(line)), findings.isPlausible {
        rows.append((number, findings))
      } else if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0d }) {
        throw .invalid(
          path, reason: "line \(number) is no row of a scan; resume a file that scan --format jsonl or --resume wrote")
      }
      start = end + 1
      number += 1
    }
    return (rows, start)
  }

  /// The findings that are there, by the names of the matrices of `file`, those that are derived from others among them.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when a row is of no such matrix: the file belongs to another checkpoint.
  package func findings(of file: any MatrixFile) throws(FileError) -> NameTable<TensorFindings> {
    let known = NameTable(TensorSelection.tensors(of: file).map { ($0.name ?? "", $0) })
    var findings = NameTable<TensorFindings>()
    for (line, row) in rows {
      guard let entry = known[row.name] ?? (try? file.tensor(named: row.name)), let shape = entry.matrixShape,
        shape.rows == row.rows,
        shape.columns == row.columns, entry.type.rawValue == row.dtype
      else {
        throw .invalid(
          path,
          reason:
            "line \(line) is of “\(printable(row.name))”, \(row.rows) × \(row.columns) in \(printable(row.dtype)), "
            + "which \(printable(file.source)) does not hold; resume the file of the same model")
      }
      findings[row.name] = row
    }
    return findings
  }
}
