/// A part of a tensor: of every axis a range, an index or all of it, where an axis may be split into several first.
///
/// Splitting an axis of 12·3·64 into (12, 3, 64) makes of its index i the three of i = (a·3 + b)·64 + c. Index 1 of the
/// middle one is then the second 64 of every 192.
package struct TensorBlock: Hashable, Sendable {
  /// What is taken of an axis, or of one that an axis was split into.
  package enum Selection: Hashable, Sendable {
    /// All of it.
    case all
    /// One index; the axis is gone, unless what it was split from keeps others.
    case index(Int)
    /// The indices from the lower to before the upper one.
    case range(Range<Int>)
  }

  /// One of the axes that an axis is split into.
  package struct Factor: Hashable, Sendable {
    /// What is taken of it.
    package let selection: Selection
    /// Its length; nil where the axis is not split.
    package let length: Int?

    /// `selection` of an axis, or of the part of one that has `length`.
    package init(_ selection: Selection, of length: Int? = nil) {
      self.selection = selection
      self.length = length
    }
  }

  /// For each axis of the tensor its factors, the last running fastest; axes beyond these are kept whole.
  package let axes: [[Factor]]

  /// The factors of each axis.
  package init(_ axes: [[Factor]]) { self.axes = axes }

  /// `rows` and `columns` of two axes.
  package static func matrix(rows: [Factor] = [Factor(.all)], columns: [Factor] = [Factor(.all)]) -> TensorBlock {
    columns == [Factor(.all)] ? TensorBlock([rows]) : TensorBlock([rows, columns])
  }
}

/// A stretch of one axis of a tensor.
struct AxisPart: Hashable, Sendable {
  /// The axis.
  let axis: Int
  /// How many indices of the axis apart the neighbours are.
  let spacing: Int
  /// The first of them, in steps of ``spacing``.
  let first: Int
  /// How many.
  let count: Int
}

extension TensorBlock {
  /// The parts of every axis of a tensor of `axes`, and which axes are held at an index.
  ///
  /// - Throws: ``ViewRefusal`` when it names axes, lengths or indices that are not there.
  func parts(of axes: [Int]) throws(ViewRefusal) -> (parts: [[AxisPart]], isHeld: [Bool]) {
    guard self.axes.count <= axes.count else { throw ViewRefusal("has places for \(self.axes.count)") }
    var parts: [[AxisPart]] = []
    var isHeld: [Bool] = []
    for (axis, length) in axes.enumerated() {
      let factors = axis < self.axes.count ? self.axes[axis] : [Factor(.all)]
      var lengths: [Int] = []
      if factors.count == 1, factors[0].length == nil {
        lengths = [length]
      } else {
        lengths = factors.map { $0.length ?? 0 }
        guard let product = checkedProduct(lengths), product == length, !factors.isEmpty else {
          throw ViewRefusal(
            "splits axis \(axis) into \(lengths.map(String.init).joined(separator: " · ")), which is not its \(length)")
        }
      }
      var spacing = 1
      var found: [AxisPart] = []
      for (factor, length) in zip(factors, lengths).reversed() {
        let range = try factor.selection.range(of: length, axis: axis)
        found.append(AxisPart(axis: axis, spacing: spacing, first: range.lowerBound, count: range.count))
        spacing *= max(1, length)
      }
      parts.append(found.reversed())
      isHeld.append(factors.allSatisfy { if case .index = $0.selection { true } else { false } })
    }
    return (parts, isHeld)
  }
}

extension TensorBlock.Selection {
  /// The indices that it takes of `length`, which belong to `axis`.
  fileprivate func range(of length: Int, axis: Int) throws(ViewRefusal) -> Range<Int> {
    switch self {
    case .all: return 0..<length
    case .index(let index):
      guard (0..<length).contains(index) else {
        throw ViewRefusal("asks for index \(index) of axis \(axis), \(Self.indices(length))")
      }
      return index..<index + 1
    case .range(let range):
      guard range.lowerBound >= 0, range.upperBound <= length else {
        throw ViewRefusal("asks for \(range.lowerBound):\(range.upperBound) of axis \(axis), \(Self.indices(length))")
      }
      guard !range.isEmpty else {
        throw ViewRefusal("asks for \(range.lowerBound):\(range.upperBound) of axis \(axis), which is nothing")
      }
      return range
    }
  }

  private static func indices(_ length: Int) -> String {
    length > 0 ? "whose indices count from 0 to \(length - 1)" : "which is empty"
  }
}
