/// How a step was looked at when free exploring began.
struct LessonStand: Sendable {
  private let view: ExplorerView
  /// The rank.
  let rank: Int
  private let mark: Int?
  private let component: Int
  private let pictures: PictureView
  private let validation: ValidationOptions
  private let hasLogarithmicValues: Bool
  private let hasLogarithmicIndex: Bool
  private let hasCurves: Bool

  /// How `state` is looked at now.
  init(_ state: ExplorerState) {
    view = state.view
    rank = state.rank
    mark = state.mark
    component = state.component
    pictures = state.pictureView
    validation = state.validationOptions
    hasLogarithmicValues = state.logarithmicValues
    hasLogarithmicIndex = state.logarithmicIndex
    hasCurves = state.showsCurves
  }

  /// Looks at `state` so again; the rank is the caller's.
  func restore(_ state: inout ExplorerState) {
    state.view = view
    state.mark = mark
    state.component = component
    state.pictureView = pictures
    state.validationOptions = validation
    state.logarithmicValues = hasLogarithmicValues
    state.logarithmicIndex = hasLogarithmicIndex
    state.showsCurves = hasCurves
  }
}
