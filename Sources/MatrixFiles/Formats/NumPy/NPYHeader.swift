/// The header of an array that NumPy saved: its layout, and how long the header is.
///
/// Source: numpy/lib/_format_impl.py, "Format Version 1.0" to "3.0".
struct NPYHeader {
  /// Type, axes and order.
  let layout: TensorLayout
  /// The bytes before the first element.
  let byteCount: Int

  /// `\x93NUMPY`
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy itself refuses longer headers.
  static let lengthLimit = 10_000

  /// Reads the header that `stream` stands at.
  ///
  /// - Parameters:
  ///   - name: the array's name in an archive.
  ///   - available: the bytes there are, header included; the elements must fit.
  init(from stream: any ByteStream, name: String?, available: Int, source: String) throws(FileError) {
    let subject = name.map { "“\(printable($0))”" } ?? "it"
    func fail(_ reason: String) -> FileError { .invalid(source, reason: "\(subject) \(reason)") }

    guard available >= 12 else { throw fail("is cut short: an array's header needs more bytes") }
    let start = try stream.next(8)
    guard start.starts(with: Self.magic) else { throw fail("is not a NumPy array") }
    guard (1...3).contains(start[6]), start[7] == 0 else {
      throw fail("has the unknown NumPy format version \(start[6]).\(start[7]); save it again with a current NumPy")
    }
    let lengthBytes = start[6] == 1 ? 2 : 4
    let length = try stream.next(lengthBytes)
    let count = lengthBytes == 2 ? length.u16(0) : length.u32(0)
    guard count <= Self.lengthLimit else {
      throw fail("has a header of \(count) bytes, more than the \(Self.lengthLimit) that NumPy allows")
    }
    byteCount = 8 + lengthBytes + count
    guard byteCount <= available else { throw fail("is cut short inside its header") }

    var parser = NPYDictionary(try stream.next(count))
    let fields: NPYDictionary.Fields
    do { fields = try parser.parse() } catch { throw fail(error.reason) }
    let description: NPYType
    do { description = try NPYType(fields.descr) } catch { throw fail(error.reason) }

    let sizes = fields.shape + [description.type.block.bytes]
    guard let needed = checkedProduct(sizes) else { throw fail("claims a shape that no memory could hold") }
    guard needed <= available - byteCount else {
      throw fail(
        "claims \(needed) bytes of entries and has \(available - byteCount): it is cut short or its shape is wrong")
    }
    guard fields.shape.count <= 64 else { throw fail("has \(fields.shape.count) axes, more than NumPy allows") }
    // With a zero among the axes the others are unbounded by the bytes there are.
    guard checkedProduct(fields.shape.filter { $0 > 0 }) != nil, fields.shape.allSatisfy({ $0 < 1 << 31 }) else {
      throw fail("has an axis of more than 2³¹ − 1")
    }
    layout = TensorLayout(
      entry: TensorEntry(name: name, type: description.type, axes: fields.shape),
      isBigEndian: description.isBigEndian, isFortranOrder: fields.isFortranOrder,
      notes: description.isRaw ? ["2-byte void elements read as bfloat16"] : [])
  }
}

/// Why a header is refused: what follows “it”.
struct NPYRefusal: Error {
  let reason: String
}

/// The element type behind a `descr` string.
struct NPYType {
  let type: ElementType
  let isBigEndian: Bool
  /// Whether it is only called two raw bytes, as the Python package ml_dtypes has NumPy call bfloat16.
  let isRaw: Bool

  /// Reads "<f8", ">i2", "|b1", "bfloat16", …; says what to do about the types that hold no real numbers.
  init(_ descr: String) throws(NPYRefusal) {
    var text = Substring(descr)
    var order: Character = "="
    if let first = text.first, "<>|=".contains(first) {
      order = first
      text = text.dropFirst()
    }
    isBigEndian = order == ">"
    isRaw = text == "V2"
    switch text {
    case "b1": type = .bool
    case "i1": type = .i8
    case "i2": type = .i16
    case "i4": type = .i32
    case "i8": type = .i64
    case "u1": type = .u8
    case "u2": type = .u16
    case "u4": type = .u32
    case "u8": type = .u64
    case "f2": type = .f16
    case "f4": type = .f32
    case "f8": type = .f64
    case "bfloat16", "V2": type = .bf16
    default: throw NPYRefusal(reason: Self.refusal(descr, kind: text.first))
    }
  }

  private static func refusal(_ descr: String, kind: Character?) -> String {
    switch kind {
    case "c": "holds complex numbers; save a real part of it: numpy.save(\"matrix.npy\", a.real), or abs(a)"
    case "f": "holds extended-precision floats (\(printable(descr))); save it as f64: a.astype(numpy.float64)"
    case "O": "holds Python objects (a pickle), which are never read; save plain numbers: a.astype(float)"
    case "U", "S", "a": "holds strings; save its numbers: a.astype(float)"
    case "M", "m": "holds dates or durations; save them as numbers: a.astype(\"i8\")"
    case "V": "holds raw bytes (\(printable(descr))), not numbers; save it as a.astype(numpy.float32)"
    default: "has the unknown element type “\(printable(descr, limit: 40))”; save it as f64: a.astype(float)"
    }
  }
}
