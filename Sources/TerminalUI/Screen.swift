import Explorer
import RankAnalysis

/// The whole screen: state in, cells and hit regions out.
package struct Screen {
  /// What to show.
  package let frame: Frame
  /// What answers the mouse; later regions lie on top.
  package let regions: [HitRegion]

  /// The smallest screen on which the explorer is drawn.
  package static let smallest = ScreenSize(rows: 16, columns: 60)

  /// Draws `state`.
  package init(_ state: ExplorerState) {
    var canvas = Canvas(size: state.size, display: state.display)
    if Self.fits(state.size) {
      let layout = ScreenLayout(state.size)
      TitleBar.draw(state, row: layout.title, on: &canvas)
      if let row = layout.tabs { Tabs.draw(state, row: row, on: &canvas) }
      Self.drawView(state, in: layout.body, on: &canvas)
      StatusLine.draw(state, row: layout.status, on: &canvas)
      if let overlay = state.overlay { OverlayBox.draw(overlay, state, in: layout.body, on: &canvas) }
    } else {
      Self.drawTooSmall(on: &canvas)
    }
    frame = canvas.frame
    regions = canvas.regions
  }

  /// Draws the view, beside the text of a lesson where there is one.
  private static func drawView(_ state: ExplorerState, in body: Rect, on canvas: inout Canvas) {
    guard state.showsLesson, let lesson = state.lesson else {
      PanelCatalog.panel(state.view)?.draw(state, in: body, on: &canvas)
      return
    }
    let layout = LessonLayout(state, in: body)
    if lesson.hidden.contains(state.view) {
      HiddenPanel.draw(state, in: layout.panel, on: &canvas)
    } else {
      PanelCatalog.panel(state.view)?.draw(state, in: layout.panel, on: &canvas)
    }
    LessonColumn.draw(state, in: layout, on: &canvas)
  }

  /// The action of a mouse gesture at `point`.
  package func action(_ gesture: MouseGesture, at point: Point) -> ExplorerAction? {
    regions.last { $0.rect.contains(point) }?.action(gesture, point)
  }

  /// The topmost region at `point`, which then captures the mouse until the button is released.
  package func region(at point: Point) -> HitRegion? { regions.last { $0.rect.contains(point) } }

  /// What the state must know of this state's layout.
  package static func layout(_ state: ExplorerState) -> LayoutFacts {
    guard fits(state.size) else { return LayoutFacts() }
    let body = ScreenLayout(state.size).body
    let isHidden = state.showsLesson && state.lesson?.hidden.contains(state.view) == true
    let panel = isHidden ? nil : PanelCatalog.panel(state.view)
    var facts = LayoutFacts(
      pictures: state.info == nil ? nil : panel?.pictures(state, in: LessonLayout.panel(state, in: body)),
      lastOverlayRow: state.overlay.map { OverlayBox.lastRow($0, state, in: body) } ?? 0,
      listRows: BrowserLayout(in: body).list.height)
    if let map = state.browser?.map {
      let layout = LayerMapLayout(map, in: body)
      facts.mapColumns = layout.columns
      facts.mapRows = state.view == .layerSpectra ? LayerSpectraLayout(map, in: body).layers : layout.rows
    }
    return facts
  }

  private static func fits(_ size: ScreenSize) -> Bool {
    size.rows >= smallest.rows && size.columns >= smallest.columns
  }

  private static func drawTooSmall(on canvas: inout Canvas) {
    let size = canvas.frame.size
    let lines = ["lowrank", "needs \(smallest.columns) × \(smallest.rows)", "this is \(size.columns) × \(size.rows)"]
    let first = max(0, (size.rows - lines.count) / 2)
    for (index, line) in lines.enumerated() {
      canvas.write(line, first + index, max(0, (size.columns - cellWidth(line)) / 2), .text)
    }
  }
}

/// The rows of the screen around the panel.
struct ScreenLayout {
  let title = 0
  /// The tabs, where there is room.
  let tabs: Int?
  let body: Rect
  let status: Int

  init(_ size: ScreenSize) {
    tabs = size.rows >= 20 ? 1 : nil
    let first = tabs == nil ? 1 : 2
    status = size.rows - 1
    body = Rect(row: first, column: 0, height: size.rows - 1 - first, width: size.columns)
  }
}
