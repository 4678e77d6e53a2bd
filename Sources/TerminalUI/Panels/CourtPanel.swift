import Explorer

/// The experiment behind court.
struct CourtPanel: Panel {
  let view = ExplorerView.court
  let title = "Court"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    _ = StudyFrame.drawWaiting("asking every rule", state, hasFinding: false, in: rect, on: &canvas)
  }
}
