import LinearAlgebra

/// The models of llama.cpp and its kin, versions 2 and 3, of either byte order, whole or split.
struct GGUFFormat: FileFormat {
  let name = "gguf"
  let summary =
    "GGUF models (.gguf): F16 to F64, BF16, integers, Q4_0 to Q8_0, Q2_K to Q6_K, IQ4 and MXFP4; split files as one"

  func recognises(_ prefix: [UInt8]) -> Bool { prefix.starts(with: GGUFHeader.magic) }

  func open(_ bytes: any ByteSource, control: WorkControl) throws(FileError) -> any MatrixFile {
    var file = GGUFFile(bytes, try GGUFHeader(bytes, control: control))
    guard let split = try GGUFSplit(file) else {
      if file.tensors.isEmpty, file.unreadable.isEmpty {
        throw .invalid(bytes.name, reason: "it holds no tensors, as files with nothing but a vocabulary do")
      }
      file.notes = GGUFSplit.notes(ofSingle: file)
      return file
    }
    return try split.joined(with: file, control: control)
  }
}

/// An opened GGUF file.
struct GGUFFile: MatrixFile {
  let bytes: any ByteSource
  let values: [String: GGUFValue]
  let tensors: [TensorEntry]
  let unreadable: [UnreadableTensor]
  var notes: [String] = []

  private let placed: NameTable<GGUFTensors.Placed>

  init(_ bytes: any ByteSource, _ header: GGUFHeader) {
    self.bytes = bytes
    values = header.values
    tensors = header.tensors.placed.map(\.layout.entry)
    unreadable = header.tensors.unreadable
    placed = NameTable(header.tensors.placed.map { ($0.layout.entry.name ?? "", $0) })
  }

  var source: String { bytes.name }
  var format: String { "gguf" }
  var metadata: [String: String] { values.mapValues(\.text) }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    guard let found = placed[entry.name ?? ""] else {
      throw .chooseTensor(source, names: tensors.compactMap(\.name), asked: entry.name)
    }
    let stream = RangeStream(bytes, from: found.offset, count: entry.bytes)
    return try found.layout.read(from: stream, options: options, source: source, control: control)
  }
}
