import LinearAlgebra

/// The element type a tensor is stored in.
///
/// Beside the plain numbers there are floats of eight bits, and blocks: so many numbers that share their scales.
package enum ElementType: String, Hashable, Sendable, CaseIterable {
  case bool, u8, u16, u32, u64, i8, i16, i32, i64, f16, bf16, f32, f64
  /// Open Compute Project, OFP8 (2023): e4m3 has no infinity; "fnuz" has neither infinity nor a negative zero; e8m0 is
  /// a power of two.
  case f8_e4m3, f8_e5m2, f8_e4m3fnuz, f8_e5m2fnuz, f8_e8m0
  /// The blocks of GGUF models: https://github.com/ggml-org/ggml, docs/gguf.md.
  case q4_0, q4_1, q5_0, q5_1, q8_0, q2_k, q3_k, q4_k, q5_k, q6_k, iq4_nl, iq4_xs, mxfp4

  /// The elements that are stored together, and their bytes: (1, 4) for f32, (32, 18) for q4_0.
  package var block: (elements: Int, bytes: Int) {
    switch self {
    case .bool, .u8, .i8, .f8_e4m3, .f8_e5m2, .f8_e4m3fnuz, .f8_e5m2fnuz, .f8_e8m0: (1, 1)
    case .u16, .i16, .f16, .bf16: (1, 2)
    case .u32, .i32, .f32: (1, 4)
    case .u64, .i64, .f64: (1, 8)
    case .q4_0, .iq4_nl: (32, 18)
    case .q4_1: (32, 20)
    case .q5_0: (32, 22)
    case .q5_1: (32, 24)
    case .q8_0: (32, 34)
    case .q2_k: (256, 84)
    case .q3_k: (256, 110)
    case .q4_k: (256, 144)
    case .q5_k: (256, 176)
    case .q6_k: (256, 210)
    case .iq4_xs: (256, 136)
    case .mxfp4: (32, 17)
    }
  }

  /// The bytes of an element on average: 4 for f32, 0.5625 for q4_0.
  package var bytesPerElement: Double { Double(block.bytes) / Double(block.elements) }

  /// The bytes of `count` elements, which must be whole blocks; nil when they are not, or cannot be counted.
  package func bytes(of count: Int) -> Int? {
    let (elements, bytes) = block
    guard count >= 0, count % elements == 0 else { return nil }
    return checkedProduct([count / elements, bytes])
  }

  /// Whether the numbers were rounded to few bits each, which leaves a flat tail of singular values.
  package var isQuantized: Bool {
    switch self {
    case .bool, .u8, .u16, .u32, .u64, .i8, .i16, .i32, .i64, .f16, .bf16, .f32, .f64: false
    default: true
    }
  }

  /// Whether the working precision is f32 (floats up to 32 bits and blocks) or f64 (f64 and integers).
  package var worksInFloat: Bool { self == .f16 || self == .bf16 || self == .f32 || isQuantized }

  /// eps of the *source*: 2⁻²³ for f32 and narrower floats, 2⁻⁵² for f64 and integers.
  package var epsilon: Double { worksInFloat ? Float.epsilon : Double.epsilon }

  /// The type that a low-rank pair of factors would be stored in: that of the source for 16-bit floats, f16 for what has
  /// fewer bits, f32 otherwise.
  package var factorType: ElementType { self == .bf16 ? .bf16 : self == .f16 || isQuantized ? .f16 : .f32 }
  /// The bytes of one number of such a pair.
  package var factorElementSize: Int { factorType.block.bytes }

  /// What 16-bit storage itself rounds, relative to each entry; nil for wider types.
  package var storageRounding: Double? {
    switch self {
    case .f16: 0x1p-11
    case .bf16: 0x1p-8
    default: nil
    }
  }
}

/// One tensor of a file: what it is called, and what it is said to be, before its entries are read.
package struct TensorEntry: Hashable, Sendable {
  /// Its name in the file; nil where the file holds a single unnamed one.
  package let name: String?
  /// The stored element type.
  package let type: ElementType
  /// The lengths of its axes, outermost first, as the file states them.
  package let axes: [Int]
  /// The other names of the same elements: weights that are tied, or two views of one storage.
  package let aliases: [String]

  /// A tensor of `axes` elements of `type`.
  package init(name: String?, type: ElementType, axes: [Int], aliases: [String] = []) {
    self.name = name
    self.type = type
    self.axes = axes
    self.aliases = aliases
  }

  /// Names count by their bytes; see ``ExactName``.
  package static func == (a: TensorEntry, b: TensorEntry) -> Bool {
    a.exactName == b.exactName && a.type == b.type && a.axes == b.axes && a.aliases.count == b.aliases.count
      && zip(a.aliases, b.aliases).allSatisfy { $0.isExactly($1) }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(exactName)
    hasher.combine(type)
    hasher.combine(axes)
  }

  private var exactName: ExactName? { name.map { ExactName($0) } }

  /// The number of elements. Readers refuse axes whose product overflows.
  package var parameters: Int { axes.reduce(1, *) }
  /// The bytes of its elements as stored (uncompressed).
  package var bytes: Int { type.bytes(of: parameters) ?? 0 }

  /// The matrix it is read as: two axes as they are; one axis as a column; more than two with all axes after the first
  /// folded into the columns. Nil for a scalar.
  package var matrixShape: Shape? {
    switch axes.count {
    case 0: nil
    case 1: Shape(axes[0], 1)
    default: Shape(axes[0], axes.dropFirst().reduce(1, *))
    }
  }
}
