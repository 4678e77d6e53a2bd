import LinearAlgebra

/// Walks a model and collects its tensors: initializers and Constant nodes, those of subgraphs and functions too.
///
/// Field numbers of onnx.proto: ModelProto.graph 7, functions 25; GraphProto.node 1, initializer 5, sparse_initializer 15;
/// NodeProto.output 2, name 3, op_type 4, attribute 5; AttributeProto.name 1, t 5, g 6, graphs 11; FunctionProto.name 1,
/// node 7.
/// Cost: every field is looked at twice at most; data are passed over.
struct ONNXGraphWalk {
  /// The tensors in the file's order; those of a Constant node have the name of its output.
  private(set) var tensors: [ONNXTensor] = []
  /// The names of tensors that are stored sparse.
  private(set) var sparse: [String] = []
  /// Scalars of the model: "producer_name", "ir_version", …
  private(set) var metadata: [String: String] = [:]

  private let window: ByteWindow
  private let control: WorkControl
  /// The graphs that were entered so far.
  private var scopeCount = 0

  /// Deeper nesting than any exporter makes.
  private static let depthLimit = 64
  private static let tensorLimit = 1_000_000

  /// Walks the whole of the source.
  init(_ window: ByteWindow, control: WorkControl) throws(FileError) {
    (self.window, self.control) = (window, control)
    var message = ProtobufMessage(window, 0..<window.source.count)
    while let (number, value) = try message.next() {
      switch (number, value) {
      case (1, .varint(let version)): metadata["ir_version"] = String(version)
      case (2, .bytes(let text)) where !text.isEmpty: metadata["producer_name"] = try window.text(text)
      case (3, .bytes(let text)) where !text.isEmpty: metadata["producer_version"] = try window.text(text)
      case (4, .bytes(let text)) where !text.isEmpty: metadata["domain"] = try window.text(text)
      case (6, .bytes(let text)) where !text.isEmpty: metadata["doc_string"] = try window.text(text)
      case (7, .bytes(let graph)): try walk(graph: graph, .model, depth: 0)
      case (14, .bytes(let entry)):
        let (key, value) = try ONNXTensor.stringPair(window, entry)
        if metadata.count < 1000 { metadata[key] = value }
      case (25, .bytes(let function)): try walk(function: function)
      default: break
      }
    }
  }

  private mutating func walk(graph range: Range<Int>, _ scope: ONNXScope, depth: Int) throws(FileError) {
    guard depth < Self.depthLimit else {
      throw window.damage("graphs nested more than \(Self.depthLimit) deep", at: range.lowerBound)
    }
    var message = ProtobufMessage(window, range)
    while let (number, value) = try message.next() {
      switch (number, value) {
      case (1, .bytes(let node)): try walk(node: node, scope, depth: depth)
      case (5, .bytes(let tensor)): try add(ONNXTensor(window, tensor), scope)
      case (15, .bytes(let tensor)): try add(sparse: tensor)
      default: break
      }
    }
  }

  private mutating func walk(function range: Range<Int>) throws(FileError) {
    var words: [Range<Int>] = []
    var message = ProtobufMessage(window, range)
    while let (number, value) = try message.next() { if number == 1, case .bytes(let text) = value { words = [text] } }
    let scope = nextScope(words)
    message = ProtobufMessage(window, range)
    while let (number, value) = try message.next() {
      if number == 7, case .bytes(let node) = value { try walk(node: node, scope, depth: 0) }
    }
  }

  private mutating func walk(node range: Range<Int>, _ scope: ONNXScope, depth: Int) throws(FileError) {
    var (isConstant, hasAttributes) = (false, false)
    var output: Range<Int>?
    var name: Range<Int>?
    var message = ProtobufMessage(window, range)
    while let (number, value) = try message.next() {
      switch (number, value) {
      case (2, .bytes(let text)): output = text
      case (3, .bytes(let text)) where !text.isEmpty: name = text
      case (4, .bytes(let text)): isConstant = try window.text(text) == "Constant"
      case (5, .bytes): hasAttributes = true
      default: break
      }
    }
    guard hasAttributes else { return }
    message = ProtobufMessage(window, range)
    while let (number, value) = try message.next() {
      guard number == 5, case .bytes(let attribute) = value else { continue }
      var attributeName: Range<Int>?
      var fields = ProtobufMessage(window, attribute)
      while let (number, value) = try fields.next() {
        switch (number, value) {
        case (1, .bytes(let text)): attributeName = text
        case (5, .bytes(let range)) where isConstant:
          var tensor = try ONNXTensor(window, range)
          if let output, !output.isEmpty { tensor.name = try window.text(output) }
          try add(tensor, scope)
        case (6, .bytes(let graph)), (11, .bytes(let graph)):
          try walk(graph: graph, nextScope([name ?? output, attributeName].compactMap(\.self)), depth: depth + 1)
        default: break
        }
      }
    }
  }

  private mutating func nextScope(_ words: [Range<Int>]) -> ONNXScope {
    scopeCount += 1
    return ONNXScope(number: scopeCount, words: words)
  }

  private mutating func add(_ tensor: ONNXTensor, _ scope: ONNXScope) throws(FileError) {
    guard tensors.count < Self.tensorLimit else { throw window.damage("more than a million tensors", at: 0) }
    do { try control.token.check() } catch { throw .cancelled }
    tensors.append(tensor)
    tensors[tensors.count - 1].scope = scope
  }

  /// A SparseTensorProto: its values, field 1, carry the name.
  private mutating func add(sparse range: Range<Int>) throws(FileError) {
    guard sparse.count < Self.tensorLimit else { throw window.damage("more than a million tensors", at: 0) }
    var message = ProtobufMessage(window, range)
    while let (number, value) = try message.next() {
      if number == 1, case .bytes(let values) = value { sparse.append(try ONNXTensor(window, values).name) }
    }
  }
}
