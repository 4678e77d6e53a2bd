import Explorer
import Testing
import TerminalUI

@Suite("Recordings and keys")
struct ScriptTests {
  @Test("words become steps")
  func parses() throws {
    let steps = try Script("40 Enter Right*2 F3 await idle; wait 0.5 save a.svg resize 120x36 Ctrl-l").steps
    #expect(
      steps == [
        .key(.character("4")), .key(.character("0")), .key(.enter), .key(.right), .key(.right), .key(.function(3)),
        .awaitIdle, .wait(0.5), .save("a.svg"), .resize(ScreenSize(rows: 36, columns: 120)), .key(.control("l")),
      ])
  }

  @Test(
    "what is no key is named",
    arguments: ["Rigth", "await", "wait x", "save", "resize 12", "Right*x", "F13", "click 3"])
  func refuses(text: String) {
    #expect(throws: Script.ParseError.self) { try Script(text) }
  }

  @Test("every binding is in the help, has a meaning, and no two of one context and view share a key")
  func keyMap() {
    let help = KeyMap.helpLines(width: 200)
    for binding in KeyMap.bindings {
      #expect(!binding.keys.isEmpty && !binding.meaning.isEmpty)
      #expect(help.contains(.binding(keys: binding.shown, meaning: binding.meaning)))
    }
    for context in [KeyBinding.Context.matrix, .list, .overlay] {
      let bound = KeyMap.bindings.filter { $0.contexts.contains(context) }
      let everywhere = bound.filter { $0.views == nil }.flatMap(\.keys)
      #expect(Set(everywhere).count == everywhere.count)
      // A view's own key goes before the one of all views.
      for view in ExplorerView.allCases {
        let own = bound.filter { $0.views?.contains(view) == true }.flatMap(\.keys)
        #expect(Set(own).count == own.count)
      }
    }
  }
}
