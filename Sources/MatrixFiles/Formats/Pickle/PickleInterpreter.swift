import LinearAlgebra

/// What a pickle describes.
struct Pickle: Sendable {
  let arena: PickleArena
  /// The value as a whole.
  let root: PickleReference
  /// The offset after its last byte.
  let end: Int
}

/// Reads a pickle without doing what it says: it notes which values there are and what would be called with which
/// arguments. No object of Python is built, nothing is imported and nothing runs.
///
/// Time and memory are bounded by the bytes: what the memo shares is shared here too.
///
/// Source: CPython, Lib/pickle.py; torch/_weights_only_unpickler.py.
struct PickleInterpreter {
  var bytes: PickleBytes
  private var arena = PickleArena()
  private var stack: [PickleReference] = []
  /// The heights of the stack at the marks that are open.
  private var marks: [Int] = []
  private var memo: [Int: PickleReference] = [:]
  /// The bytes of text kept.
  private var textSize = 0

  private static let stackLimit = 500_000
  /// Longer texts are no names; they are passed over.
  private static let longestText = 4096
  /// Of all texts together.
  private static let textLimit = 1 << 26
  /// Instructions between two looks at whether the work is still wanted.
  private static let batch = 1 << 16

  /// Reads the pickle that begins at `bytes`, to its end.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` with the offset of what is wrong.
  static func read(_ bytes: PickleBytes, control: WorkControl) throws(FileError) -> Pickle {
    var interpreter = PickleInterpreter(bytes: bytes)
    var count = 0
    while true {
      count += 1
      if count % batch == 0, control.token.isCancelled { throw .cancelled }
      let offset = interpreter.bytes.position
      let byte = try interpreter.bytes.byte()
      guard let opcode = PickleOpcode(rawValue: byte) else {
        let code = String(byte, radix: 16)
        throw interpreter.bytes.failure("the unknown instruction 0x\(code.count == 1 ? "0" : "")\(code)", at: offset)
      }
      if opcode == .stop {
        let root = try interpreter.pop()
        return Pickle(arena: interpreter.arena, root: root, end: interpreter.bytes.position)
      }
      try interpreter.execute(opcode)
    }
  }

  private init(bytes: PickleBytes) { self.bytes = bytes }

  private mutating func execute(_ opcode: PickleOpcode) throws(FileError) {
    switch opcode {
    case .proto:
      let version = try bytes.byte()
      guard version <= 5 else { throw bytes.failure("pickle protocol \(version)") }
    case .frame: try bytes.skip(8)
    case .none: try push(.none)
    case .newTrue: try push(.boolean(true))
    case .newFalse: try push(.boolean(false))
    case .binInt: try push(.integer(Int(Int32(truncatingIfNeeded: try bytes.unsigned(4)))))
    case .binInt1: try push(.integer(try bytes.unsigned(1)))
    case .binInt2: try push(.integer(try bytes.unsigned(2)))
    case .long1: try pushInteger(size: try bytes.unsigned(1))
    case .long4: try pushInteger(size: try bytes.unsigned(4))
    case .binFloat:
      let bits = try bytes.next(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      try push(.real(Double(bitPattern: bits)))
    case .binUnicode: try pushText(size: try bytes.unsigned(4))
    case .shortBinUnicode, .shortBinString: try pushText(size: try bytes.unsigned(1))
    case .binUnicode8: try pushText(size: try bytes.unsigned(8))
    case .binString: try pushText(size: Int(Int32(truncatingIfNeeded: try bytes.unsigned(4))))
    case .binBytes: try pushBytes(size: try bytes.unsigned(4))
    case .shortBinBytes: try pushBytes(size: try bytes.unsigned(1))
    case .binBytes8, .byteArray8: try pushBytes(size: try bytes.unsigned(8))
    case .mark:
      guard stack.count + marks.count < Self.stackLimit else { throw tooDeep }
      marks.append(stack.count)
    case .emptyTuple: try push(.tuple)
    case .tuple1: try push(.tuple, elements: try pop(count: 1))
    case .tuple2: try push(.tuple, elements: try pop(count: 2))
    case .tuple3: try push(.tuple, elements: try pop(count: 3))
    case .tuple: try push(.tuple, elements: try popToMark())
    case .frozenSet: try push(.set, elements: try popToMark())
    case .emptyList: try push(.list)
    case .emptySet: try push(.set)
    case .emptyDictionary: try push(.dictionary)
    case .append: try append(try pop(count: 1))
    case .appends, .addItems: try append(try popToMark())
    case .setItem: try set(try pop(count: 2))
    case .setItems: try set(try popToMark())
    case .global, .stackGlobal: try pushGlobal(isOnStack: opcode == .stackGlobal)
    case .reduce, .newObject: try pushObject(isCall: opcode == .reduce)
    case .newObjectWithKeywords:
      // The keywords are no part of what is kept.
      _ = try pop()
      try pushObject(isCall: false)
    case .build:
      let state = try pop()
      arena[try top()].state = state
    case .binPersistentID: try push(.persistent(try pop()))
    case .pop: _ = try pop()
    case .popMark: _ = try popToMark()
    case .binPut: try remember(try bytes.unsigned(1))
    case .longBinPut: try remember(try bytes.unsigned(4))
    case .memoize: try remember(memo.count)
    case .binGet: try recall(try bytes.unsigned(1))
    case .longBinGet: try recall(try bytes.unsigned(4))
    case .stop: break
    }
  }
}

// The stack and the memo.
extension PickleInterpreter {
  private var tooDeep: FileError { bytes.failure("more than \(Self.stackLimit) values wait on its stack") }

  private mutating func push(_ kind: PickleValue.Kind, elements: [PickleReference] = []) throws(FileError) {
    guard let reference = arena.add(PickleValue(kind: kind, elements: elements)) else {
      throw bytes.failure("more than \(PickleArena.limit) values")
    }
    try push(reference)
  }

  private mutating func push(_ reference: PickleReference) throws(FileError) {
    guard stack.count + marks.count < Self.stackLimit else { throw tooDeep }
    stack.append(reference)
  }

  /// The lowest place of the stack that the innermost mark leaves free.
  private var floor: Int { marks.last ?? 0 }

  private func top() throws(FileError) -> PickleReference {
    guard stack.count > floor, let last = stack.last else { throw bytes.failure("a value is missing on its stack") }
    return last
  }

  private mutating func pop() throws(FileError) -> PickleReference {
    let last = try top()
    stack.removeLast()
    return last
  }

  private mutating func pop(count: Int) throws(FileError) -> [PickleReference] {
    guard stack.count - floor >= count else { throw bytes.failure("a value is missing on its stack") }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(FileError) -> [PickleReference] {
    guard let start = marks.popLast() else { throw bytes.failure("a mark is missing on its stack") }
    defer { stack.removeLast(stack.count - start) }
    return Array(stack[start...])
  }

  private mutating func remember(_ place: Int) throws(FileError) {
    guard memo.count < PickleArena.limit else { throw bytes.failure("more than \(PickleArena.limit) values") }
    memo[place] = try top()
  }

  private mutating func recall(_ place: Int) throws(FileError) {
    guard let reference = memo[place] else { throw bytes.failure("nothing was kept under the number \(place)") }
    try push(reference)
  }
}

// Values.
extension PickleInterpreter {
  /// A two's complement number of `size` bytes, the lowest first.
  private mutating func pushInteger(size: Int) throws(FileError) {
    guard size <= 8 else {
      try bytes.skip(size)
      return try push(.wideInteger)
    }
    let digits = try bytes.next(size)
    let isNegative = (digits.last ?? 0) >= 0x80
    let value = digits.reversed().reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) }
    try push(.integer(value))
  }

  /// Text in UTF-8; what Python 2 wrote may be Latin-1.
  private mutating func pushText(size: Int) throws(FileError) {
    guard size <= Self.longestText else { return try pushBytes(size: size) }
    let text = try bytes.next(size)
    try keepText(size)
    try push(.text(Self.decoded(text)))
  }

  /// Counts `size` more bytes of text.
  private mutating func keepText(_ size: Int) throws(FileError) {
    textSize += size
    guard textSize <= Self.textLimit else { throw bytes.failure("more than \(Self.textLimit >> 20) MB of names") }
  }

  private mutating func pushBytes(size: Int) throws(FileError) {
    try bytes.skip(size)
    try push(.bytes)
  }

  private static func decoded(_ text: [UInt8]) -> String {
    if let decoded = String(validating: text, as: UTF8.self) { return decoded }
    var scalars = String.UnicodeScalarView()
    for byte in text { scalars.append(Unicode.Scalar(byte)) }
    return String(scalars)
  }

  private mutating func pushGlobal(isOnStack: Bool) throws(FileError) {
    if isOnStack {
      let parts = try pop(count: 2)
      guard let module = arena.text(parts[0]), let name = arena.text(parts[1]) else {
        throw bytes.failure("a global whose name is no text")
      }
      try keepText(module.utf8.count + name.utf8.count)
      return try push(.global("\(module).\(name)"))
    }
    let module = try bytes.line(limit: 1024)
    let name = try bytes.line(limit: 1024)
    try keepText(module.count + name.count)
    try push(.global(Self.decoded(module + [UInt8(ascii: ".")] + name)))
  }

  private mutating func pushObject(isCall: Bool) throws(FileError) {
    let parts = try pop(count: 2)
    guard case .tuple = arena[parts[1]].kind else { throw bytes.failure("a call whose arguments are no tuple") }
    try push(isCall ? .call(parts[0], arguments: parts[1]) : .object(parts[0], arguments: parts[1]))
  }

  private mutating func append(_ elements: [PickleReference]) throws(FileError) {
    let target = try top()
    switch arena[target].kind {
    case .list, .set, .call, .object: arena[target].elements += elements
    default: throw bytes.failure("an element is appended to what is no list")
    }
  }

  private mutating func set(_ pairs: [PickleReference]) throws(FileError) {
    let target = try top()
    guard pairs.count % 2 == 0 else { throw bytes.failure("a key without a value") }
    switch arena[target].kind {
    case .dictionary, .call, .object: arena[target].pairs += pairs
    default: throw bytes.failure("an item is set in what is no dictionary")
    }
  }
}
