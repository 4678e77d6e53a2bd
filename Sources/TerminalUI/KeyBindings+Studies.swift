import Explorer

// The keys of the views that show experiments.
extension KeyMap {
  static let studies: [KeyBinding] = [
    KeyBinding(
      "Speed", [.character("o")], "o", "in Speed: the next number of columns of X", hint: "columns of X", in: [.matrix],
      views: [.speed]
    ) { _ in .speed(.nextBatch) },
    KeyBinding("Speed", [.character("u")], "u", "in Speed: the next λ", hint: "λ", in: [.matrix], views: [.speed]) {
      _ in .speed(.nextRidge)
    },
    KeyBinding(
      "Speed", [.character("M")], "M", "in Speed: measure at this rank", hint: "measure here", in: [.matrix],
      views: [.speed]
    ) { _ in .speed(.measureHere) },
    KeyBinding(
      "Projection", [.character("W")], "W", "in Projection: the next point above", hint: "point", hintKeys: "W A S D",
      in: [.matrix], views: [.projection]
    ) { _ in .project(.move(right: 0, up: 1)) },
    KeyBinding(
      "Projection", [.character("S")], "S", "in Projection: the next point below", in: [.matrix], views: [.projection]
    ) { _ in .project(.move(right: 0, up: -1)) },
    KeyBinding(
      "Projection", [.character("A")], "A", "in Projection: the next point to the left", in: [.matrix],
      views: [.projection]
    ) { _ in .project(.move(right: -1, up: 0)) },
    KeyBinding(
      "Projection", [.character("D")], "D", "in Projection: the next point to the right", in: [.matrix],
      views: [.projection]
    ) { _ in .project(.move(right: 1, up: 0)) },
    KeyBinding(
      "Projection", [.character("o")], "o", "in Projection: the next component across", hint: "components",
      hintKeys: "o u", in: [.matrix], views: [.projection]
    ) { _ in .project(.stepAcross(1)) },
    KeyBinding(
      "Projection", [.character("O")], "O", "in Projection: the component before, across", in: [.matrix],
      views: [.projection]
    ) { _ in .project(.stepAcross(-1)) },
    KeyBinding(
      "Projection", [.character("u")], "u", "in Projection: the next component up", in: [.matrix], views: [.projection]
    ) { _ in .project(.stepUp(1)) },
    KeyBinding(
      "Projection", [.character("U")], "U", "in Projection: the component before, up", in: [.matrix],
      views: [.projection]
    ) { _ in .project(.stepUp(-1)) },
    KeyBinding(
      "Projection", [.character("w")], "w", "in Projection: rows or columns as points", hint: "rows/columns",
      in: [.matrix], views: [.projection]
    ) { _ in .project(.toggleAxis) },
    KeyBinding(
      "Projection", [.character("d")], "d", "in Projection: neighbours by distance or by angle", hint: "distance/angle",
      in: [.matrix], views: [.projection]
    ) { _ in .project(.nextMetric) },
  ]
}
