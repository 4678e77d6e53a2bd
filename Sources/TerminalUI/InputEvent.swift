import Explorer

/// What arrives from the terminal.
package enum InputEvent: Hashable, Sendable {
  case key(Key)
  /// A character of text that was pasted.
  case pasted(Character)
  case mouse(MouseEvent)
  /// The terminal says what its background is.
  case background(RGB)
  /// The screen has a new size.
  case resize(ScreenSize)
  /// The program was continued after a stop.
  case resumed
  /// The terminal is gone.
  case endOfInput
  /// A signal asks the program to end; its number.
  case terminate(Int32)
  /// A signal asks the program to stop until it is continued.
  case stop
}

/// A mouse event at a cell.
package struct MouseEvent: Hashable, Sendable {
  /// What happened.
  package enum Kind: Hashable, Sendable { case press, release, move, wheelUp, wheelDown }
  package let kind: Kind
  package let point: Point

  /// `kind` at `point`.
  package init(_ kind: Kind, at point: Point) {
    self.kind = kind
    self.point = point
  }
}

/// Turns input into actions by the key map and the last screen's regions; a press captures the mouse until release.
package struct InputRouter {
  private var captured: HitRegion?

  package init() {}

  /// The action that `event` means in `state`, shown by `screen`.
  package mutating func action(_ event: InputEvent, _ state: ExplorerState, _ screen: Screen?) -> ExplorerAction? {
    switch event {
    case .key(let key): return KeyMap.action(key, state)
    case .pasted(let character): return paste(character, state)
    case .background(let color): return .theme(ThemeName(background: color))
    case .mouse(let mouse): return action(mouse, screen)
    case .resize(let size): return .resize(size)
    case .resumed: return .redraw
    case .stop: return .suspend
    case .endOfInput, .terminate: return .interrupt
    }
  }

  /// Pasted text goes into an open line, without its line ends and control characters; elsewhere only a number counts:
  /// the rest was not meant as keys.
  private func paste(_ character: Character, _ state: ExplorerState) -> ExplorerAction? {
    if state.prompt != nil {
      let isControl = character.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }
      return isControl ? nil : .edit(.insert(character))
    }
    return character.isASCII && character.isNumber ? .digit(character) : nil
  }

  private mutating func action(_ mouse: MouseEvent, _ screen: Screen?) -> ExplorerAction? {
    switch mouse.kind {
    case .press:
      captured = screen?.region(at: mouse.point)
      return captured?.action(.press, mouse.point)
    case .release:
      captured = nil
      return nil
    case .move:
      if let captured { return captured.action(.drag, mouse.point) }
      guard let region = screen?.region(at: mouse.point) else { return .hover(nil) }
      return region.action(.hover, mouse.point) ?? .hover(nil)
    case .wheelUp: return screen?.action(.wheel(1), at: mouse.point)
    case .wheelDown: return screen?.action(.wheel(-1), at: mouse.point)
    }
  }
}
