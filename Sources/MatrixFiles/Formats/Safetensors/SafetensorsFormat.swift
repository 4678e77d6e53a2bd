import LinearAlgebra

/// The file format of most published model weights: a JSON header, then the tensors' bytes.
struct SafetensorsFormat: FileFormat {
  let name = "safetensors"
  let summary = "model weights (.safetensors): floats of 8 to 64 bits, integers, booleans; shards by their index"

  func recognises(_ prefix: [UInt8]) -> Bool { SafetensorsHeader.begins(prefix) }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    let header = try SafetensorsHeader(of: bytes)
    var tensors: [TensorEntry] = []
    var unreadable: [UnreadableTensor] = []
    var begins = NameTable<Int>()
    tensors.reserveCapacity(header.tensors.count)
    begins.reserveCapacity(header.tensors.count)
    for tensor in header.tensors {
      guard begins.updateValue(header.byteCount + tensor.begin, forName: tensor.name) == nil else {
        throw .invalid(bytes.name, reason: "it has two tensors called “\(printable(tensor.name))”; save it again")
      }
      switch SafetensorsType.reading(tensor.type, axes: tensor.axes) {
      case .element(let type): tensors.append(TensorEntry(name: tensor.name, type: type, axes: tensor.axes))
      case .refused(let reason):
        unreadable.append(
          UnreadableTensor(
            name: tensor.name, reason: "“\(printable(tensor.name))” \(reason)", type: tensor.type, axes: tensor.axes,
            bytes: tensor.end - tensor.begin))
      }
    }
    PackedWeights.separate(&tensors, &unreadable)
    return SafetensorsFile(
      bytes: bytes, tensors: tensors, unreadable: unreadable, metadata: header.metadata,
      notes: ShardName.notes(of: bytes.name), begins: begins)
  }
}

/// An opened `.safetensors`.
private struct SafetensorsFile: MatrixFile {
  let bytes: any ByteSource
  let tensors: [TensorEntry]
  let unreadable: [UnreadableTensor]
  let metadata: [String: String]
  let notes: [String]
  /// Where the first byte of each tensor lies in the file.
  let begins: NameTable<Int>

  var source: String { bytes.name }
  var format: String { "safetensors" }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    guard let name = entry.name, let begin = begins[name] else {
      throw .chooseTensor(source, names: tensors.compactMap(\.name), asked: entry.name)
    }
    let stream = RangeStream(bytes, from: begin, count: entry.bytes)
    return try TensorLayout(entry: entry).read(from: stream, options: options, source: source, control: control)
  }
}
