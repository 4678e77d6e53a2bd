import Explorer

/// The experiment behind validation.
struct ValidationPanel: Panel {
  let view = ExplorerView.validation
  let title = "Validation"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    _ = StudyFrame.drawWaiting("holding blocks out", state, hasFinding: false, in: rect, on: &canvas)
  }
}
