import LinearAlgebra

/// What a view makes of each axis of a tensor.
struct ViewedAxes: Hashable, Sendable {
  /// The axes that form the rows; the last runs fastest.
  let rows: [Int]
  /// The axes that form the columns; the last runs fastest.
  let columns: [Int]
  /// The index of every axis that is held at one; nil for those of the rows and columns.
  let held: [Int?]
  /// The matrix that comes of it.
  let shape: Shape

  /// `view` of a tensor of `axes`.
  ///
  /// - Throws: ``ViewRefusal`` when it names axes or indices that are not there.
  init(_ view: TensorView, of axes: [Int]) throws(ViewRefusal) {
    var held = [Int?](repeating: nil, count: axes.count)
    var rows: [Int]
    switch view {
    case .usual: rows = []
    case .fold(let chosen):
      rows = chosen
      guard !chosen.isEmpty else { throw ViewRefusal("names no axis for the rows") }
      for (place, axis) in chosen.enumerated() {
        guard axes.indices.contains(axis) else {
          throw ViewRefusal(
            "names axis \(axis); " + (axes.count == 1 ? "the only one is 0" : "axes count from 0 to \(axes.count - 1)"))
        }
        if chosen[..<place].contains(axis) { throw ViewRefusal("names axis \(axis) twice") }
      }
    case .slice(let places):
      rows = []
      guard places.count <= axes.count else { throw ViewRefusal("has places for \(places.count)") }
      for (axis, index) in places.enumerated() {
        guard let index else { continue }
        guard (0..<axes[axis]).contains(index) else {
          throw ViewRefusal(
            "asks for index \(index) of axis \(axis), "
              + (axes[axis] > 0 ? "whose indices count from 0 to \(axes[axis] - 1)" : "which is empty"))
        }
        held[axis] = index
      }
    }
    let kept = axes.indices.filter { held[$0] == nil }
    guard !kept.isEmpty else { throw ViewRefusal("leaves a single number; keep an axis with “:”") }
    if rows.isEmpty { rows = [kept[0]] }
    self.held = held
    self.rows = rows
    columns = kept.filter { !rows.contains($0) }
    // The product of all axes but the empty ones was checked, so that of some of them fits too.
    shape = Shape(rows.reduce(1) { $0 * axes[$1] }, columns.reduce(1) { $0 * axes[$1] })
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
