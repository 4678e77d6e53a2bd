import Explorer

/// The experiment behind projection.
struct ProjectionPanel: Panel {
  let view = ExplorerView.projection
  let title = "Projection"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    _ = StudyFrame.drawWaiting("projecting", state, hasFinding: false, in: rect, on: &canvas)
  }
}
