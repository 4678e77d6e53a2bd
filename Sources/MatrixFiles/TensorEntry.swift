import LinearAlgebra

/// The element type a tensor is stored in.
package enum ElementType: String, Hashable, Sendable, CaseIterable {
  case bool, u8, u16, u32, u64, i8, i16, i32, i64, f16, bf16, f32, f64

  /// The bytes of one element.
  package var size: Int {
    switch self {
    case .bool, .u8, .i8: 1
    case .u16, .i16, .f16, .bf16: 2
    case .u32, .i32, .f32: 4
    case .u64, .i64, .f64: 8
    }
  }

  /// Whether the working precision is f32 (16- and 32-bit floats) or f64 (all else).
  package var worksInFloat: Bool { self == .f16 || self == .bf16 || self == .f32 }

  /// eps of the *source*: 2⁻²³ for f32 and narrower floats, 2⁻⁵² for f64 and integers.
  package var epsilon: Double { worksInFloat ? Float.epsilon : Double.epsilon }

  /// The type that a low-rank pair of factors would be stored in: that of the source for 16-bit floats, f32 otherwise.
  package var factorType: ElementType { self == .f16 || self == .bf16 ? self : .f32 }
  /// The bytes of one number of such a pair.
  package var factorElementSize: Int { factorType.size }

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

  /// A tensor of `axes` elements of `type`.
  package init(name: String?, type: ElementType, axes: [Int]) {
    self.name = name
    self.type = type
    self.axes = axes
  }

  /// The number of elements. Readers refuse axes whose product overflows.
  package var parameters: Int { axes.reduce(1, *) }
  /// The bytes of its elements as stored (uncompressed).
  package var bytes: Int { parameters * type.size }

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
