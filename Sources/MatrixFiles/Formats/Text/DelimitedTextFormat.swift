import LinearAlgebra

/// A table of decimal numbers in text: separated by commas, semicolons, tabs or white space, with or without a header.
struct DelimitedTextFormat: FileFormat {
  let name = "csv"
  let summary =
    "a text of numbers (.csv, .tsv, .txt): commas, semicolons, tabs or white space, with or without a header"

  /// Text has no control characters but tabs and line ends.
  func recognises(_ prefix: [UInt8]) -> Bool {
    prefix.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
  }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    let prefix = try bytes.bytes(at: 0, count: 1 << 16)
    let start = prefix.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let terminator: UInt8 = !prefix.contains(0x0A) && prefix.contains(0x0D) ? 0x0D : 0x0A
    let reader = { RecordReader(bytes, from: start, terminator: terminator, delimiter: $0) }
    var sample = try Self.sample(reader(nil), control: control)
    guard !sample.isEmpty else { throw .invalid(bytes.name, reason: "it is a text without any numbers") }
    var layout = TableLayout(sample: sample)
    if layout.delimiter == .tab {
      // A line of tabs is no blank line then.
      sample = try Self.sample(reader(.tab), control: control)
      layout = TableLayout(sample: sample, delimiter: .tab)
    }
    guard layout.columns > 0 else {
      throw .invalid(bytes.name, reason: "it is a text that is no table of numbers; save the numbers as .csv or .npy")
    }
    let records = try reader(layout.delimiter).countRecords(control: control)
    if let size = SizeRecord(sample, layout: layout, rows: records - 1) {
      layout = TableLayout(sample: Array(sample.dropFirst()), delimiter: layout.delimiter, below: size)
    }
    let rows = records - layout.headerRecords
    guard rows > 0 else { throw DelimitedTextFile.changed(bytes.name) }
    let file = DelimitedTextFile(bytes: bytes, start: start, terminator: terminator, layout: layout, rows: rows)
    try file.requireEvenRows(amongFirst: sample.count, control: control)
    return file
  }

  /// The first records: a hundred, or fewer that fill 64 KiB, but three at least.
  private static func sample(_ reader: RecordReader, control: WorkControl) throws(FileError) -> [[UInt8]] {
    var records: [[UInt8]] = []
    var size = 0
    while records.count < 3 || records.count < 100 && size < 1 << 16, let record = try reader.next(control: control) {
      records.append(Array(record.bytes))
      size += record.bytes.count
    }
    return records
  }
}
