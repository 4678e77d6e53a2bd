import Explorer
import Testing
import TerminalUI

@Suite("Answers about the background")
struct BackgroundAnswerTests {
  @Test("one to four digits a component, with or without opacity")
  func answers() {
    #expect(RGB(answer: "rgb:ffff/8080/0000") == RGB(red: 255, green: 128, blue: 0))
    #expect(RGB(answer: "rgb:f/0/8") == RGB(red: 255, green: 0, blue: 136))
    #expect(RGB(answer: "rgba:fd/f6/e3/ff") == RGB(red: 0xfd, green: 0xf6, blue: 0xe3))
  }

  @Test(
    "everything else is none",
    arguments: ["", "rgb:", "rgb:ff/ff", "rgb:ff/ff/ff/ff", "rgb:fffff/0/0", "rgb:gg/0/0", "#ffffff", "rgb:+1/0/0"])
  func broken(answer: String) { #expect(RGB(answer: answer) == nil) }

  @Test("light and dark, by what reads better on it")
  func themes() {
    for (answer, theme) in [
      ("rgb:fd/f6/e3", ThemeName.light), ("rgb:00/2b/36", .dark), ("rgb:00/00/00", .dark), ("rgb:ff/ff/ff", .light),
    ] {
      #expect(RGB(answer: answer).map { ThemeName(background: $0) } == theme)
    }
  }

  @Test("COLORFGBG names the background last")
  func variable() {
    #expect(ThemeName(colorsVariable: "15;0") == .dark)
    #expect(ThemeName(colorsVariable: "0;default;15") == .light)
    #expect(ThemeName(colorsVariable: "12;8") == .dark && ThemeName(colorsVariable: "0;7") == .light)
    for text in ["", "0;default", "15;16", "0;-1"] { #expect(ThemeName(colorsVariable: text) == nil) }
  }

  @Test("who is asked")
  func understood() {
    for term in ["xterm-256color", "tmux-256color", "rxvt-unicode", "foot", "alacritty", "xterm-kitty"] {
      #expect(BackgroundQuestion.isUnderstood(by: term, insideTmux: false))
    }
    for term in ["dumb", "linux", "screen", "screen-256color", "vt100", "eterm-color"] {
      #expect(!BackgroundQuestion.isUnderstood(by: term, insideTmux: false))
    }
    #expect(BackgroundQuestion.isUnderstood(by: "screen-256color", insideTmux: true))
  }

  @Test("an answer sets the theme until the user does")
  func router() throws {
    let session = makeSession("diagonal")
    var router = InputRouter()
    let white = InputEvent.background(RGB(red: 255, green: 255, blue: 255))
    func send(_ event: InputEvent) {
      if let action = router.action(event, session.state, Screen(session.state)) { session.send(action) }
    }
    send(white)
    #expect(session.state.display.theme == .light)
    send(.key(.character("t")))
    send(white)
    #expect(session.state.display.theme == .contrast)
  }
}
