import LinearAlgebra

/// A JPEG picture: grey as stored, of a colour one its luma or a channel.
struct JPEGFormat: FileFormat {
  let name = "jpeg"
  let summary = "a photograph (.jpg): grey intensities as stored, colour as luma .299 R + .587 G + .114 B"

  func recognises(_ prefix: [UInt8]) -> Bool { prefix.starts(with: JPEGHeader.signature) }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    JPEGFile(bytes: bytes, header: try JPEGHeader(bytes))
  }
}

/// An opened JPEG.
private struct JPEGFile: MatrixFile {
  let bytes: any ByteSource
  let header: JPEGHeader

  var source: String { bytes.name }
  var format: String { "jpeg" }
  var tensors: [TensorEntry] { [TensorEntry(name: nil, type: .u8, axes: [header.height, header.width])] }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    try options.view.requireUsual(for: entry, source: source)
    let layout = PictureLayout(
      height: header.height, width: header.width, samplesPerPixel: header.components, isColour: header.components == 3)
    let size = layout.height * layout.rowLength
    try MemoryBudget.require(
      layout.shape(options.channel), scalarSize: 8, extra: size + bytes.count, source: source)
    let samples = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size)
    defer { samples.deallocate() }
    try control.advance(0)
    let file = try bytes.bytes(at: 0, count: bytes.count)
    try control.advance(0.1)
    do throws(JPEGDecoder.Failure) { try JPEGDecoder().decode(file, header, into: samples) } catch {
      throw .invalid(source, reason: "it is a damaged JPEG (\(printable(error.message))); save it again")
    }
    try control.advance(0.75)
    guard let base = samples.baseAddress else { throw .invalid(source, reason: "it is a JPEG without pixels") }
    let matrix = layout.matrix(options.channel, of: UnsafePointer(base))
    try control.advance(1)
    var notes = layout.notes(options.channel)
    if header.orientation != 1 {
      notes.append("shown as stored: its Exif orientation \(header.orientation) is not applied")
    }
    return try LoadedMatrix(
      resolving: matrix, entry: entry, options: options, notes: notes, picture: layout.kind(options.channel),
      source: source)
  }
}
