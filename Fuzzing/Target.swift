import Glibc

/// The reader under test, named by the environment variable `READER`.
private let reader = getenv("READER").map { String(cString: $0) } ?? "any"
/// Its format in the catalog; nil where the content decides, as it does for users.
private let format = FileFormatCatalog.formats.first { $0.name == Disguise.formatName(reader) }

/// What libFuzzer calls before anything else.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_: UnsafeMutablePointer<CInt>?, _: UnsafeMutableRawPointer?) -> CInt {
  if format == nil, !["any", "gzip"].contains(reader) {
    let names = FileFormatCatalog.formats.map { Disguise.readerName($0.name) }
    print("no reader is called \(reader); there are: any gzip", names.joined(separator: " "))
    exit(64)
  }
  return 0
}

/// Opens one input, lists it and reads its first tensors: any end but a result or an error is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let bytes = SpooledBytes(name: "input", Disguise.dressed(input, for: reader))
  do throws(FileError) {
    let file: any MatrixFile
    if let format {
      file = try format.open(bytes, control: WorkControl())
    } else {
      file = try MatrixFileOpener.open(bytes)
    }
    var readCount = 0
    for entry in file.tensors.prefix(1000) where readCount < 3 && entry.axes.count > 0 {
      readCount += 1
      do throws(FileError) {
        let loaded = try file.read(entry, options: ReadOptions(missing: .zero), control: WorkControl())
        precondition(loaded.matrix.shape == entry.matrixShape, "the matrix has another shape than its entry")
        precondition(loaded.summary.nonFiniteCount == 0, "an entry that is not finite came through")
      } catch { check(error) }
    }
    for refused in file.unreadable.prefix(3) { precondition(isSafe(refused.reason), "a sentence is not safe to print") }
  } catch { check(error) }
  return 0
}

private func check(_ error: FileError) {
  precondition(isSafe(error.description), "a sentence is not safe to print: \(error.description.debugDescription)")
}

/// Whether a sentence has no control characters, which could command a terminal.
private func isSafe(_ sentence: String) -> Bool {
  var last: UInt8 = 0
  for byte in sentence.utf8 {
    // C1 controls are C2 80 to C2 9F in UTF-8.
    if byte < 0x20 || byte == 0x7F || last == 0xC2 && (0x80...0x9F).contains(byte) { return false }
    last = byte
  }
  return true
}
