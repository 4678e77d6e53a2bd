import LinearAlgebra

/// A Matrix Market file: a sparse list of coordinates, expanded, or a dense array.
struct MatrixMarketFormat: FileFormat {
  let name = "mtx"
  let summary = "Matrix Market (.mtx): array and coordinate; real, integer, pattern; general, symmetric, skew-symmetric"

  func recognises(_ prefix: [UInt8]) -> Bool { MatrixMarketHeader.begins(prefix) }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    let prefix = try bytes.bytes(at: 0, count: 1024)
    let line = String(decoding: prefix.prefix { $0 != 0x0A }, as: UTF8.self)
    let header = try MatrixMarketHeader(line: line, source: bytes.name)
    // The header is a comment to the reader, so that lines are counted from the top of the file.
    let reader = RecordReader(bytes, from: 0, terminator: 0x0A)
    guard let record = try reader.next(control: control) else {
      throw .invalid(bytes.name, reason: "it ends before its size line")
    }
    let size = try Self.size(record, header, source: bytes.name)
    // A size is only a claim: an entry takes two bytes at the least, a coordinate four.
    let entry = header.layout == .array ? 2 : 4
    guard size.entries <= bytes.count / entry + 1 else {
      throw .invalid(
        bytes.name,
        reason: "line \(record.line) claims \(size.entries) entries, and the file has only \(bytes.count) bytes")
    }
    return MatrixMarketFile(bytes: bytes, header: header, shape: size.shape, entries: size.entries)
  }

  /// The size line: rows, columns and, for coordinates, how many are listed.
  private static func size(
    _ record: TextRecord, _ header: MatrixMarketHeader, source: String
  ) throws(FileError) -> (shape: Shape, entries: Int) {
    let words = String(decoding: record.bytes.prefix(200), as: UTF8.self)
      .split { $0 == " " || $0 == "\t" || $0 == "\r" }.map { Int($0) }
    let numbers = words.compactMap { $0 }
    let wanted = header.layout == .array ? 2 : 3
    guard numbers.count == words.count, numbers.count == wanted, numbers.allSatisfy({ $0 >= 0 }) else {
      throw .invalid(
        source,
        reason: "line \(record.line) is no size line; it should hold "
          + (wanted == 2 ? "rows and columns" : "rows, columns and the number of entries"))
    }
    guard numbers.allSatisfy({ $0 < 1 << 31 }) else {
      throw .tooLarge(
        source,
        reason: "line \(record.line) says \(numbers[0]) × \(numbers[1]), and rows, columns and entries may each be "
          + "2³¹ − 1 at most")
    }
    let shape = Shape(numbers[0], numbers[1])
    guard header.symmetry == .general || shape.rows == shape.columns else {
      throw .invalid(source, reason: "line \(record.line) says \(shape), and a symmetric matrix is square")
    }
    if wanted == 3 { return (shape, numbers[2]) }
    let side = shape.rows
    switch header.symmetry {
    case .general: return (shape, shape.count)
    case .symmetric: return (shape, side * (side + 1) / 2)
    case .skew: return (shape, side * (side - 1) / 2)
    }
  }
}

/// An opened Matrix Market file: its size is known.
private struct MatrixMarketFile: MatrixFile {
  let bytes: any ByteSource
  let header: MatrixMarketHeader
  let shape: Shape
  let entries: Int

  var source: String { bytes.name }
  var format: String { "mtx" }
  var tensors: [TensorEntry] { [TensorEntry(name: nil, type: .f64, axes: [shape.rows, shape.columns])] }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    try options.view.requireUsual(for: entry, source: source)
    try MemoryBudget.require(shape, scalarSize: 8, source: source)
    try refuseEmptyExpanse()
    var duplicates = 0
    let matrix = try Matrix<Double>(shape) { (target) throws(FileError) in
      let reader = RecordReader(bytes, from: 0, terminator: 0x0A)
      _ = try reader.next(control: control)
      if header.layout == .array {
        try fillArray(target, reader, control)
      } else {
        duplicates = try fillCoordinates(target, reader, control)
      }
      if let extra = try reader.next(control: control) {
        throw .invalid(source, reason: "line \(extra.line) is one entry more than the \(entries) of the size line")
      }
    }
    return try LoadedMatrix(
      resolving: DenseMatrix(.double(matrix)), entry: entry, options: options, notes: notes(duplicates), source: source)
  }

  /// A nearly empty matrix is not written out in full beyond ``expanseLimit``: a few bytes could claim all memory.
  private func refuseEmptyExpanse() throws(FileError) {
    let size = shape.count * 8
    guard header.layout == .coordinate, size > Self.expanseLimit, entries < shape.count / 1000 else { return }
    throw .tooLarge(
      source,
      reason:
        "it lists \(entries) \(entries == 1 ? "entry" : "entries") of \(shape), which take \(MemoryBudget.describe(size)) in full; "
        + "keep the rows and columns that matter")
  }

  /// The bytes up to which a matrix with less than one entry in a thousand is written out.
  private static let expanseLimit = 1 << 28

  private func notes(_ duplicates: Int) -> [String] {
    var notes: [String] = []
    if header.layout == .coordinate {
      notes.append("\(entries) \(header.field == .pattern ? "places" : "entries") listed")
    }
    if header.symmetry != .general { notes.append("\(header.symmetry.rawValue), expanded") }
    if duplicates > 0 { notes.append("\(duplicates) repeated entries summed") }
    return notes
  }

  /// Coordinates: `i j value`, or `i j` for a pattern, counted from 1. Repeated ones are summed; returns how many.
  private func fillCoordinates(
    _ target: UnsafeMutableBufferPointer<Double>, _ reader: RecordReader, _ control: WorkControl
  ) throws(FileError) -> Int {
    let wanted = header.field == .pattern ? 2 : 3
    var duplicates = 0
    for count in 0..<entries {
      if count % 65536 == 0 { try control.advance(reader.fraction) }
      guard let record = try reader.next(control: control) else { throw endsEarly(after: count) }
      var words = (0.0, 0.0, 1.0)
      let cells = try Delimiter.blanks.forEachCell(in: record.bytes) { (index, cell) throws(FileError) in
        guard index < wanted else { return }
        let value = try number(cell, line: record.line)
        if index == 0 { words.0 = value } else if index == 1 { words.1 = value } else { words.2 = value }
      }
      guard cells == wanted else {
        throw .invalid(source, reason: "line \(record.line) has \(cells) numbers, and an entry here has \(wanted)")
      }
      let (i, j) = (
        try index(words.0, below: shape.rows, "row", record), try index(words.1, below: shape.columns, "column", record)
      )
      if header.symmetry == .skew, i == j {
        throw .invalid(
          source, reason: "line \(record.line) lists a diagonal entry, and a skew-symmetric matrix has none")
      }
      if target[i + j * shape.rows] != 0 { duplicates += 1 }
      target[i + j * shape.rows] += words.2
      if header.symmetry != .general, i != j {
        target[j + i * shape.rows] += header.symmetry == .skew ? -words.2 : words.2
      }
    }
    return duplicates
  }

  /// An array: one value after the other, column by column; of a symmetric matrix the lower triangle.
  private func fillArray(
    _ target: UnsafeMutableBufferPointer<Double>, _ reader: RecordReader, _ control: WorkControl
  ) throws(FileError) {
    var (i, j) = (header.symmetry == .skew ? 1 : 0, 0)
    var count = 0
    while count < entries {
      if count % 65536 == 0 { try control.advance(reader.fraction) }
      guard let record = try reader.next(control: control) else { throw endsEarly(after: count) }
      _ = try Delimiter.blanks.forEachCell(in: record.bytes) { (_, cell) throws(FileError) in
        guard count < entries else {
          throw .invalid(source, reason: "line \(record.line) has more values than the size line leaves room for")
        }
        let value = try number(cell, line: record.line)
        target[i + j * shape.rows] = value
        if header.symmetry != .general, i != j {
          target[j + i * shape.rows] = header.symmetry == .skew ? -value : value
        }
        count += 1
        i += 1
        if i == shape.rows {
          j += 1
          i = header.symmetry == .general ? 0 : header.symmetry == .skew ? j + 1 : j
        }
      }
    }
  }

  private func number(_ cell: UnsafeBufferPointer<UInt8>, line: Int) throws(FileError) -> Double {
    if case .number(let value) = DecimalParser().value(of: cell), value.isFinite { return value }
    let text = printable(String(decoding: cell.prefix(100), as: UTF8.self), limit: 40)
    throw .invalid(source, reason: "line \(line): “\(text)” is not a finite number; correct or remove it")
  }

  /// A coordinate, from 1, as an offset from 0.
  private func index(
    _ value: Double, below limit: Int, _ side: String, _ record: TextRecord
  ) throws(FileError) -> Int {
    guard let whole = Int(exactly: value), whole >= 1, whole <= limit else {
      throw .invalid(
        source,
        reason:
          "line \(record.line) names \(side) \(Int(exactly: value).map(String.init) ?? "\(value)"), and there are \(side)s 1 to \(limit)"
      )
    }
    return whole - 1
  }

  private func endsEarly(after count: Int) -> FileError {
    .invalid(source, reason: "it ends after \(count) of \(entries) entries; copy or save it again")
  }
}
