import LinearAlgebra

/// How the elements of one tensor lie in its bytes.
struct TensorLayout: Hashable, Sendable {
  /// Name, type and axes.
  let entry: TensorEntry
  /// Whether the most significant byte of an element comes first.
  let isBigEndian: Bool
  /// How many elements apart the neighbours along each axis lie; no two elements lie at the same place.
  let strides: [Int]
  /// What is to be said of how the header was understood.
  var notes: [String] = []

  /// Elements that follow one another: the first axis runs fastest in Fortran order, otherwise the last one (C order).
  init(entry: TensorEntry, isBigEndian: Bool = false, isFortranOrder: Bool = false, notes: [String] = []) {
    self.init(
      entry: entry, isBigEndian: isBigEndian, strides: denseStrides(of: entry.axes, isFortranOrder: isFortranOrder),
      notes: notes)
  }

  /// Elements at `strides`.
  init(entry: TensorEntry, isBigEndian: Bool = false, strides: [Int], notes: [String] = []) {
    self.entry = entry
    self.isBigEndian = isBigEndian
    self.strides = strides
    self.notes = notes
  }
}

extension WorkControl {
  /// ``step(_:)``, throwing ``FileError/cancelled``.
  func advance(_ fraction: Double) throws(FileError) {
    do { try step(fraction) } catch { throw .cancelled }
  }
}

extension TensorLayout {
  /// Reads the elements from `stream`, which stands at the first of them, straight into a matrix of the working
  /// precision: f32 for 16- and 32-bit floats, f64 for all else.
  ///
  /// Elements that are stored as something else – floats of eight bits, quantised blocks – pass through the decoder of
  /// their type on the way.
  ///
  /// Peak memory is the matrix and a block, whatever the view. Elements that already lie as the matrix will – any C-order
  /// tensor in its usual view is the transpose that its bytes are – are not moved again.
  func read(
    from stream: any ByteStream, options: ReadOptions, source: String, control: WorkControl
  ) throws(FileError) -> LoadedMatrix {
    let viewed = try entry.viewed(options.view, source: source)
    let traversal = TensorTraversal(viewed, strides: strides)
    let decoder = ElementDecoderCatalog.decoder(for: entry.type)
    guard decoder != nil || !entry.type.isQuantized else {
      throw .invalid(
        source, reason: "\(entry.subject) is of type \(entry.type.rawValue), which is not decoded; save it as f32")
    }
    try MemoryBudget.require(traversal.stored, scalarSize: entry.type.worksInFloat ? 4 : 8, source: source)
    let reading = ElementReading(
      traversal: traversal, elementSize: decoder == nil ? entry.type.block.bytes : MemoryLayout<Float>.size,
      stream: decoder.map { DecodedStream(stream, $0) } ?? stream, control: control)
    var rounded = 0
    let matrix: AnyMatrix
    if entry.type.worksInFloat {
      matrix = .float(
        try Matrix<Float>(traversal.stored) { (target) throws(FileError) in
          rounded = try reading.fill(target, isStoredAsEntries: entry.type == .f32 || decoder != nil) { bytes, part in
            decode(bytes, into: part)
          }
        })
    } else {
      matrix = .double(
        try Matrix<Double>(traversal.stored) { (target) throws(FileError) in
          rounded = try reading.fill(target, isStoredAsEntries: entry.type == .f64) { bytes, part in
            decode(bytes, into: part)
          }
        })
    }
    return try LoadedMatrix(
      resolving: DenseMatrix(matrix, isStoredTransposed: traversal.isTransposed), entry: entry, options: options,
      notes: notes + viewNotes(options.view, viewed) + Self.roundingNotes(rounded), source: source)
  }

  /// Reads the one element of a tensor without axes.
  func readNumber(from stream: any ByteStream, source: String, control: WorkControl) throws(FileError) -> Double {
    let alone = TensorEntry(name: entry.name, type: entry.type, axes: [1])
    return try TensorLayout(entry: alone, isBigEndian: isBigEndian).read(
      from: stream, options: ReadOptions(), source: source, control: control
    ).matrix[0, 0]
  }

  private func viewNotes(_ view: TensorView, _ viewed: ViewedAxes) -> [String] {
    switch view {
    case .usual where entry.axes.count == 1: return ["one axis, read as a column"]
    case .usual where entry.axes.count == 2: return []
    case .usual: return ["axes \(entry.axesText) folded to \(viewed.shape)"]
    case .fold, .slice, .block: return [view.title(of: entry.axes), "axes \(entry.axesText)"]
    }
  }

  private static func roundingNotes(_ rounded: Int) -> [String] {
    rounded > 0 ? ["\(rounded) integers beyond 2⁵³ rounded to f64"] : []
  }

  private func decode(_ bytes: UnsafeRawBufferPointer, into part: UnsafeMutableBufferPointer<Float>) -> Int {
    switch entry.type {
    case .f16: ElementDecoding.halves(bytes, isBigEndian: isBigEndian, into: part)
    case .bf16: ElementDecoding.brainFloats(bytes, isBigEndian: isBigEndian, into: part)
    default:
      ElementDecoding.move(bytes, into: part)
      if isBigEndian {
        for index in part.indices { part[index] = Float(bitPattern: part[index].bitPattern.byteSwapped) }
      }
    }
    return 0
  }

  /// Returns how many integers f64 had to round.
  private func decode(_ bytes: UnsafeRawBufferPointer, into part: UnsafeMutableBufferPointer<Double>) -> Int {
    guard entry.type == .f64 else {
      return ElementDecoding.integers(bytes, type: entry.type, isBigEndian: isBigEndian, into: part)
    }
    ElementDecoding.move(bytes, into: part)
    if isBigEndian {
      for index in part.indices { part[index] = Double(bitPattern: part[index].bitPattern.byteSwapped) }
    }
    return 0
  }
}

extension TensorEntry {
  /// The subject of a sentence about this tensor: "“name”", or "it" for an unnamed one.
  var subject: String { name.map { "“\(printable($0))”" } ?? "it" }
}
