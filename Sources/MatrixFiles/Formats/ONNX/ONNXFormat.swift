import LinearAlgebra

/// The weights of an ONNX model: its initializers and Constant nodes; nothing of the model is run.
///
/// Source: https://github.com/onnx/onnx, onnx/onnx.proto and docs/ExternalData.md.
struct ONNXFormat: FileFormat {
  let name = "onnx"
  let summary = "an ONNX model: its initializers and constants, also where they lie in a file beside it"

  /// There is no magic: the fields of a model must come in their order, from `ir_version` to `graph`.
  func recognises(_ prefix: [UInt8]) -> Bool { ONNXSignature.matches(prefix) }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    let window = ByteWindow(bytes)
    let walk = try ONNXGraphWalk(window, control: control)
    let names = try ONNXNames(of: walk.tensors, window).all
    var places = ONNXPlaces(bytes)
    var entries: [TensorEntry] = []
    var placeOfTensor = NameTable<ONNXPlace>()
    var unreadable: [UnreadableTensor] = []
    for (var tensor, name) in zip(walk.tensors, names) {
      tensor.name = name
      do throws(ONNXRefusal) {
        let (entry, place) = try places.locate(tensor)
        entries.append(entry)
        placeOfTensor[name] = place
      } catch { unreadable.append(error.tensor) }
    }
    for name in walk.sparse {
      unreadable.append(
        UnreadableTensor(name: name, reason: "“\(printable(name))” is stored sparse, which is not read", type: "SPARSE")
      )
    }
    if entries.isEmpty, unreadable.isEmpty {
      throw .invalid(bytes.name, reason: "it is an ONNX model without weights; name the model that has them")
    }
    return ONNXFile(
      bytes: bytes, tensors: entries, places: placeOfTensor, unreadable: unreadable, metadata: walk.metadata)
  }
}

/// An opened model.
private struct ONNXFile: MatrixFile {
  let bytes: any ByteSource
  let tensors: [TensorEntry]
  let places: NameTable<ONNXPlace>
  let unreadable: [UnreadableTensor]
  let metadata: [String: String]

  var source: String { bytes.name }
  var format: String { "onnx" }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    guard let name = entry.name, let place = places[name] else {
      throw .chooseTensor(source, names: tensors.compactMap(\.name), asked: entry.name)
    }
    let stream: any ByteStream
    switch place {
    case .bytes(let range): stream = RangeStream(bytes, from: range.lowerBound, count: range.count)
    case .numbers(let numbers): stream = ONNXNumberStream(numbers, size: entry.type.block.bytes, bytes)
    case .external(let name, let offset):
      stream = RangeStream(try SiblingFile.open(name, beside: source), from: offset, count: entry.bytes)
    }
    return try TensorLayout(entry: entry).read(from: stream, options: options, source: source, control: control)
  }
}
