import Explorer

/// The experiment behind race.
struct RacePanel: Panel {
  let view = ExplorerView.race
  let title = "Race"

  func draw(_ state: ExplorerState, in rect: Rect, on canvas: inout Canvas) {
    _ = StudyFrame.drawWaiting("running every method", state, hasFinding: false, in: rect, on: &canvas)
  }
}
