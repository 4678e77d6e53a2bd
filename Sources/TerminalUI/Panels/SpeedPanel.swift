import Explorer

/// The experiment behind speed.
struct SpeedPanel: Panel {
  let view = ExplorerView.speed
  let title = "Speed"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    _ = StudyFrame.drawWaiting("timing products", state, hasFinding: false, in: rect, on: &canvas)
  }
}
