import Explorer
import MatrixFiles
import Testing

@testable import lowrank

@Suite("The configuration file")
struct ConfigurationTests {
  @Test("theme, characters and what :set knows")
  func settings() throws {
    let text = """
      # how I like it
      theme: light
      glyphs: braille
      map: viridis
      projector: on
      curves: off
      values: "linear"
      """
    let configuration = try Configuration(text: text, path: "c.yaml")
    #expect(configuration.theme == .light && configuration.glyphs == .braille)
    #expect(
      configuration.changes == [.colorMap(.viridis), .projector(true), .curves(false), .logarithmicValues(false)])
    let truth = try Configuration(text: "projector: true\ncurves: false", path: "c.yaml")
    #expect(truth.changes == [.projector(true), .curves(false)])
  }

  @Test("an empty file says nothing", arguments: ["", "\n", "# nothing\n", "---\n", "{}"])
  func empty(text: String) throws {
    let configuration = try Configuration(text: text, path: "c.yaml")
    #expect(configuration.theme == nil && configuration.glyphs == nil && configuration.changes.isEmpty)
  }

  @Test(
    "what is wrong, on which line, and what may stand there",
    arguments: [
      ("theme: pink", "line 1: theme may be auto, dark, light, contrast"),
      ("theme: light\nglyphs: dots", "line 2: glyphs may be auto, ascii, blocks, braille"),
      ("\nmap: jet", "line 2: map may be grey, viridis, cividis"),
      (
        "colour: red",
        "line 1: there is no setting “colour”; they are glyphs, theme, map, projector, values, index, curves, keep"
      ),
      ("theme: [dark, light]", "line 1: a setting is a name and a word, as in “theme: light”"),
      ("projector: maybe", "line 1: projector may be on, off"),
      ("- theme\n- light", "settings are written one a line, as in “theme: light”"),
      ("light", "settings are written one a line, as in “theme: light”"),
    ])
  func refusals(text: String, sentence: String) {
    #expect(throws: FileError.invalid("c.yaml", reason: sentence)) { try Configuration(text: text, path: "c.yaml") }
  }

  @Test("what is no YAML is refused with its line", arguments: ["theme: light\n: [", "theme: \"light", "a: b: c"])
  func noYAML(text: String) {
    do {
      _ = try Configuration(text: text, path: "c.yaml")
      Issue.record("it was taken")
    } catch {
      #expect(error.description.hasPrefix("c.yaml: it is no YAML: ") && error.description.contains("(line "))
    }
  }

  /// Starts the explorer without a terminal, which is noticed after the configuration was read.
  private func start(_ environment: [String: String]) throws -> Program.Outcome {
    try Program.run("explore", "gallery:hilbert", environment: environment)
  }

  @Test("it is looked for under XDG_CONFIG_HOME, else under ~/.config; a bad setting leaves with 65")
  func places() throws {
    let scratch = try Scratch()
    try scratch.makeDirectory("home/.config/lowrank")
    try scratch.makeDirectory("xdg/lowrank")
    let (home, other) = (scratch.path("home"), scratch.path("xdg"))
    try scratch.write(Array("theme: light\nglyphs: dots\n".utf8), to: "home/.config/lowrank/config.yaml")
    let fromHome = try start(["HOME": home])
    #expect(fromHome.status == 65 && fromHome.isOneErrorLine)
    #expect(
      fromHome.errors
        == "lowrank: \(home)/.config/lowrank/config.yaml: line 2: glyphs may be auto, ascii, blocks, braille\n")
    // Elsewhere there is none; a relative path is no place.
    #expect(try !start(["HOME": home, "XDG_CONFIG_HOME": other]).errors.contains("config.yaml"))
    for value in ["", "xdg"] { #expect(try start(["HOME": home, "XDG_CONFIG_HOME": value]).errors == fromHome.errors) }
    try scratch.write(Array("map: jet\n".utf8), to: "xdg/lowrank/config.yaml")
    let fromOther = try start(["HOME": home, "XDG_CONFIG_HOME": other])
    #expect(fromOther.status == 65 && fromOther.errors.contains("xdg/lowrank/config.yaml: line 1: map may be grey,"))
  }

  @Test("a file that cannot be one of settings: a directory, a long one")
  func strange() throws {
    let scratch = try Scratch()
    try scratch.makeDirectory("a/lowrank/config.yaml")
    try scratch.makeDirectory("b/lowrank")
    try scratch.write([UInt8](repeating: 0x23, count: 70_000), to: "b/lowrank/config.yaml")
    let directory = try start(["XDG_CONFIG_HOME": scratch.path("a")])
    #expect(directory.status == 66 && directory.errors.contains("config.yaml: Is a directory"), "\(directory.errors)")
    let long = try start(["XDG_CONFIG_HOME": scratch.path("b")])
    #expect(long.status == 65 && long.errors.contains("settings of more than 65536 bytes are not read"))
  }

  @Test("recordings and reports look the same whatever it says")
  func ignored() throws {
    let scratch = try Scratch()
    try scratch.makeDirectory("lowrank")
    try scratch.write(Array("glyphs: dots\n".utf8), to: "lowrank/config.yaml")
    let environment = ["XDG_CONFIG_HOME": scratch.path("")]
    #expect(try Program.run("spectrum", "gallery:hilbert", environment: environment).status == 0)
    let recording = try Program.run(
      "explore", "gallery:hilbert", "--script", "save \(scratch.path("a.txt"))", environment: environment)
    #expect(recording.status == 0 && scratch.text(of: "a.txt").contains("gallery:hilbert"), "\(recording.errors)")
  }
}
