import LinearAlgebra

/// What a view makes of each axis of a tensor.
struct ViewedAxes: Hashable, Sendable {
  /// The stretches of the axes, in their order: one for each axis, several for one that is split.
  let parts: [AxisPart]
  /// The ``parts`` that form the rows, by their places; the last runs fastest.
  let rows: [Int]
  /// The ``parts`` that form the columns; the last runs fastest. What is in neither is held at an index.
  let columns: [Int]
  /// The matrix that comes of it.
  let shape: Shape

  /// `view` of a tensor of `axes`.
  ///
  /// - Throws: ``ViewRefusal`` when it names axes or indices that are not there.
  init(_ view: TensorView, of axes: [Int]) throws(ViewRefusal) {
    let (taken, isHeld) = try view.block.parts(of: axes)
    let kept = axes.indices.filter { !isHeld[$0] }
    guard let first = kept.first else { throw ViewRefusal("leaves a single number; keep an axis with “:”") }
    var rowAxes = [first]
    if case .fold(let chosen) = view {
      guard !chosen.isEmpty else { throw ViewRefusal("names no axis for the rows") }
      for (place, axis) in chosen.enumerated() {
        guard axes.indices.contains(axis) else {
          throw ViewRefusal(
            "names axis \(axis); " + (axes.count == 1 ? "the only one is 0" : "axes count from 0 to \(axes.count - 1)"))
        }
        if chosen[..<place].contains(axis) { throw ViewRefusal("names axis \(axis) twice") }
      }
      rowAxes = chosen
    }
    var places: [Range<Int>] = []
    for parts in taken {
      let start = places.last?.upperBound ?? 0
      places.append(start..<start + parts.count)
    }
    let parts = taken.flatMap { $0 }
    self.parts = parts
    rows = rowAxes.flatMap { places[$0] }
    columns = kept.filter { !rowAxes.contains($0) }.flatMap { places[$0] }
    // The product of all axes but the empty ones was checked, so that of some of them fits too.
    shape = Shape(rows.reduce(1) { $0 * parts[$1].count }, columns.reduce(1) { $0 * parts[$1].count })
  }
}

extension TensorView {
  /// What it takes of each axis, before it is folded.
  fileprivate var block: TensorBlock {
    switch self {
    case .usual, .fold: TensorBlock([])
    case .slice(let places): TensorBlock(places.map { [TensorBlock.Factor($0.map { .index($0) } ?? .all)] })
    case .block(let block): block
    }
  }
}

/// Why a view is not one of a tensor: what follows its name.
struct ViewRefusal: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension TensorEntry {
  /// What `view` makes of the axes.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)``: "“faces” has 3 axes (200 × 25 × 25): fold=3 names axis 3; …".
  func viewed(_ view: TensorView, source: String) throws(FileError) -> ViewedAxes {
    guard !axes.isEmpty else { throw .invalid(source, reason: "\(subject) is a single number, not a matrix") }
    do throws(ViewRefusal) {
      return try ViewedAxes(view, of: axes)
    } catch {
      throw .invalid(source, reason: sentence(view, error))
    }
  }

  /// Why it has no such view: "“faces” has 3 axes (200 × 25 × 25): fold=3 names axis 3; …"; nil when it has.
  package func refusal(of view: TensorView) -> String? {
    do throws(ViewRefusal) {
      _ = try ViewedAxes(view, of: axes)
      return nil
    } catch {
      return sentence(view, error)
    }
  }

  private func sentence(_ view: TensorView, _ refusal: ViewRefusal) -> String {
    "\(subject) has \(axes.count) \(axes.count == 1 ? "axis" : "axes") (\(axesText)): \(view) \(refusal.reason)"
  }

  /// The matrix that `view` makes of it; nil when it names axes or indices that are not there.
  package func matrixShape(_ view: TensorView) -> Shape? {
    axes.isEmpty ? nil : (try? ViewedAxes(view, of: axes))?.shape
  }

  /// "200 × 25 × 25".
  var axesText: String { axes.map(String.init).joined(separator: " × ") }
}

extension TensorView {
  /// Refuses any view but the usual one of `entry`, whose format has a single way to lay a matrix.
  package func requireUsual(for entry: TensorEntry, source: String) throws(FileError) {
    guard try entry.viewed(self, source: source) != entry.viewed(.usual, source: source) else { return }
    throw .invalid(source, reason: "\(self) is for the arrays of NumPy files; a table or picture has rows and columns")
  }
}
