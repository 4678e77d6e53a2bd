import LinearAlgebra

/// Where the elements of a tensor of a model are.
enum ONNXPlace: Hashable, Sendable {
  /// In one piece of the model.
  case bytes(Range<Int>)
  /// As typed numbers of the model.
  case numbers(ONNXNumbers)
  /// In a file beside the model.
  case external(name: String, offset: Int)
}

/// Finds the elements of tensors, and looks whether they are all there.
struct ONNXPlaces {
  private let source: any ByteSource
  /// The sizes of the files beside the model, or why they cannot be opened.
  private var sizes: [String: Result<Int, FileError>] = [:]

  init(_ source: any ByteSource) { self.source = source }

  /// The entry of `tensor` and where its elements are.
  ///
  /// - Throws: ``UnreadableTensor`` with what it is instead.
  mutating func locate(_ tensor: ONNXTensor) throws(ONNXRefusal) -> (TensorEntry, ONNXPlace) {
    let subject = "“\(printable(tensor.name))”"
    var refusal = ONNXRefusal(UnreadableTensor(name: tensor.name, reason: "", axes: tensor.axes))
    func refused(_ reason: String) -> ONNXRefusal { refusal.because("\(subject) \(reason)") }

    if let reason = tensor.axisRefusal { throw refused(reason) }
    guard let count = checkedProduct(tensor.axes), checkedProduct(tensor.axes.filter { $0 > 0 }) != nil,
      tensor.axes.allSatisfy({ $0 < 1 << 31 })
    else { throw refused("claims a shape that no memory could hold") }
    guard let type = ONNXElementType.type(tensor.typeNumber) else {
      guard let (title, bits) = ONNXElementType.other(tensor.typeNumber) else {
        throw refused("has the unknown element type \(tensor.typeNumber)")
      }
      refusal.tensor.type = title
      refusal.tensor.bytes = bits.flatMap { checkedProduct([count, $0]) }.map { ($0 + 7) / 8 }
      throw refused("is of type \(title), which is not read; save it as f32")
    }
    refusal.tensor.type = type.rawValue
    guard let needed = type.bytes(of: count) else { throw refused("claims a shape that no memory could hold") }
    refusal.tensor.bytes = needed
    guard !tensor.axes.isEmpty else { throw refused("is a single number, not a matrix") }
    let place = try place(of: tensor, type: type, count: count, needed: needed, refused)
    return (TensorEntry(name: tensor.name, type: type, axes: tensor.axes), place)
  }

  private mutating func place(
    of tensor: ONNXTensor, type: ElementType, count: Int, needed: Int, _ refused: (String) -> ONNXRefusal
  ) throws(ONNXRefusal) -> ONNXPlace {
    if tensor.isExternal {
      guard tensor.raw == nil, tensor.typed == nil else { throw refused("has its data here and in another file") }
      return try externalPlace(of: tensor, needed: needed, refused)
    }
    if tensor.hasSeveralData { throw refused("has its data twice") }
    if let numbers = tensor.typed {
      guard numbers.kind.holds(type) else { throw refused("has its data in a field for another type") }
      guard numbers.count == count else {
        throw refused("claims \(count) numbers and has \(numbers.count): its shape is wrong or it is cut short")
      }
      return numbers.contiguous.map(ONNXPlace.bytes) ?? .numbers(numbers)
    }
    let raw = tensor.raw ?? 0..<0
    guard raw.count == needed else {
      throw refused("claims \(needed) bytes of entries and has \(raw.count): its shape is wrong or it is cut short")
    }
    return .bytes(raw)
  }

  private mutating func externalPlace(
    of tensor: ONNXTensor, needed: Int, _ refused: (String) -> ONNXRefusal
  ) throws(ONNXRefusal) -> ONNXPlace {
    guard let location = tensor.external["location"] else { throw refused("is in another file that is not named") }
    func number(_ key: String, _ other: Int) throws(ONNXRefusal) -> Int {
      guard let text = tensor.external[key] else { return other }
      guard let value = Int(text), value >= 0, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        throw refused("has “\(printable(text, limit: 40))” for the \(key) of its data")
      }
      return value
    }
    let offset = try number("offset", 0)
    let length = try number("length", needed)
    guard length == needed else { throw refused("claims \(needed) bytes of entries and has \(length) in another file") }
    let size: Int
    switch sizeOfFile(location) {
    case .success(let found): size = found
    case .failure(.invalid(_, let reason)): throw refused("is in another file: \(reason)")
    case .failure(let error): throw refused("is in another file: \(error)")
    }
    guard offset <= size, needed <= size - offset else {
      throw refused(
        "claims bytes \(offset) to \(offset.addingReportingOverflow(needed).partialValue) of \(printable(location)), which has \(size)"
      )
    }
    return .external(name: location, offset: offset)
  }

  private mutating func sizeOfFile(_ name: String) -> Result<Int, FileError> {
    if let known = sizes[name] { return known }
    let found: Result<Int, FileError>
    do throws(FileError) {
      found = .success(try SiblingFile.open(name, beside: source.name).count)
    } catch { found = .failure(error) }
    sizes[name] = found
    return found
  }
}

/// A tensor that cannot be read, thrown.
struct ONNXRefusal: Error {
  var tensor: UnreadableTensor

  init(_ tensor: UnreadableTensor) { self.tensor = tensor }

  /// The same for `reason`.
  func because(_ reason: String) -> ONNXRefusal {
    ONNXRefusal(
      UnreadableTensor(
        name: tensor.name, reason: reason, type: tensor.type, axes: tensor.axes, bytes: tensor.bytes))
  }
}
