import Explorer

// Every key, by the heading it stands under in the help.
extension KeyMap {
  static let slider: [KeyBinding] = [
    KeyBinding(
      "Rank", [.right, .character("l")], "→ l", "rank + 1", hint: "rank", hintKeys: "← →", in: [.matrix]
    ) { _ in .moveRank(1) },
    KeyBinding("Rank", [.left, .character("h")], "← h", "rank − 1", in: [.matrix]) { _ in .moveRank(-1) },
    KeyBinding(
      "Rank", [.up, .character("k")], "↑ k",
      "rank + 1; in the table: the row above; among layers: the one before; in the court: the rule above",
      in: [.matrix]
    ) {
      if $0.view == .court { return .court(.move(-1)) }
      return $0.view == .components ? .stepComponent(-1) : .moveRank($0.view == .numbers ? -1 : 1)
    },
    KeyBinding(
      "Rank", [.down, .character("j")], "↓ j",
      "rank − 1; in the table: the row below; among layers: the next; in the court: the rule below",
      in: [.matrix]
    ) {
      if $0.view == .court { return .court(.move(1)) }
      return $0.view == .components ? .stepComponent(1) : .moveRank($0.view == .numbers ? 1 : -1)
    },
    KeyBinding("Rank", [.shiftRight, .character("L")], "Shift → L", "rank + 10", in: [.matrix]) { _ in .moveRank(10) },
    KeyBinding("Rank", [.shiftLeft, .character("H")], "Shift ← H", "rank − 10", in: [.matrix]) { _ in .moveRank(-10) },
    KeyBinding("Rank", [.character("]")], "]", "rank + 10 % of itself", in: [.matrix]) { _ in .scaleRank(1) },
    KeyBinding("Rank", [.character("[")], "[", "rank − 10 % of itself", in: [.matrix]) { _ in .scaleRank(-1) },
    KeyBinding("Rank", [.pageUp], "PgUp", "a tenth of the full rank up; in the table: a page up", in: [.matrix]) {
      .page($0.view == .numbers ? -1 : 1)
    },
    KeyBinding("Rank", [.pageDown], "PgDn", "a tenth of the full rank down; in the table: a page down", in: [.matrix]) {
      .page($0.view == .numbers ? 1 : -1)
    },
    KeyBinding("Rank", [.home, .character("g")], "Home g", "rank 0", in: [.matrix]) { _ in .goToStart },
    KeyBinding("Rank", [.end, .character("G")], "End G", "the full rank", in: [.matrix]) { _ in .goToEnd },
    KeyBinding(
      "Rank", [.enter], "number Enter", "set the rank; alone in the court: why the rule picks its rank", in: [.matrix]
    ) { _ in .confirm },
    KeyBinding("Rank", [.backspace], "Backspace", "take back a typed digit", in: [.matrix]) { _ in .eraseDigit },
    KeyBinding("Rank", [.character("r")], "r", "the next rank that a rule picks", hint: "next rule", in: [.matrix]) {
      _ in
      .stepRule(1)
    },
    KeyBinding("Rank", [.character("R")], "R", "the previous rank that a rule picks", in: [.matrix]) { _ in
      .stepRule(-1)
    },
    KeyBinding(
      "Rank", [.character("u")], "u", "in the court: the rank that the chosen rule picks", in: [.matrix],
      views: [.court]
    ) {
      _ in
      .court(.takeRank)
    },
    KeyBinding("Rank", [.character(" ")], "space", "play the rank; pauses at break-even", hint: "play", in: [.matrix]) {
      _ in
      .togglePlayback
    },
  ]

  static let looks: [KeyBinding] = [
    KeyBinding("View", [.tab], "Tab", "the next view", hint: "view", in: [.matrix]) { _ in .stepView(1) },
    KeyBinding("View", [.backTab], "Shift Tab", "the previous view", in: [.matrix]) { _ in .stepView(-1) },
    KeyBinding("View", [.function(2)], "F2", "Overview", in: [.matrix]) { _ in .show(.overview) },
    KeyBinding("View", [.function(3)], "F3", "Spectrum", in: [.matrix]) { _ in .show(.spectrum) },
    KeyBinding("View", [.function(4)], "F4", "Numbers", in: [.matrix]) { _ in .show(.numbers) },
    KeyBinding("View", [.function(5)], "F5", "Pictures", in: [.matrix]) { _ in .show(.pictures) },
    KeyBinding("View", [.function(6)], "F6", "Components", in: [.matrix]) { _ in .show(.components) },
    KeyBinding("View", [.function(7)], "F7", "Blocks", in: [.matrix]) { _ in .show(.blocks) },
    KeyBinding("View", [.function(8)], "F8", "Validation", in: [.matrix]) { _ in .show(.validation) },
    KeyBinding("View", [.function(9)], "F9", "Court", in: [.matrix]) { _ in .show(.court) },
    KeyBinding("View", [.function(10)], "F10", "Speed", in: [.matrix]) { _ in .show(.speed) },
    KeyBinding("View", [.function(11)], "F11", "Projection", in: [.matrix]) { _ in .show(.projection) },
    KeyBinding("View", [.function(12)], "F12", "Race", in: [.matrix]) { _ in .show(.race) },
    KeyBinding(
      "View", [.character("i")], "i", "explain every figure and rule", hint: "explain", in: [.matrix, .overlay]
    ) {
      _ in .explain(row: nil)
    },
    KeyBinding("View", [.character("y")], "y", "σ logarithmic or linear", hint: "log/linear", in: [.matrix]) { _ in
      .toggleValueAxis
    },
    KeyBinding(
      "View", [.character("x")], "x", "index logarithmic or linear; in Race: iterations or seconds", in: [.matrix]
    ) { $0.view == .race ? .race(.toggleAxis) : .toggleIndexAxis },
    KeyBinding("View", [.character("c")], "c", "curves of energy and error in the large spectrum", in: [.matrix]) { _ in
      .toggleCurves
    },
    KeyBinding("View", [.character("m")], "m", "mark this rank, or take the mark back", in: [.matrix]) { _ in
      .toggleMark
    },
    KeyBinding("View", [.character("'")], "'", "back and forth between this rank and the marked one", in: [.matrix]) {
      _ in
      .swapMark
    },
    KeyBinding(
      "View", [.character("p")], "p", "pin this spectrum behind the next, or take it away",
      in: [.matrix, .list, .browser]
    ) {
      _ in .toggleGhost
    },
    KeyBinding(
      "View", [.character("o")], "o", "in Validation: hold blocks, rows or entries out", in: [.matrix],
      views: [.validation]
    ) { _ in
      .validate(.nextKind)
    },
    KeyBinding(
      "View", [.character("d")], "d", "in Validation and Race: draw others, by the next seed", in: [.matrix],
      views: [.validation, .race]
    ) { $0.view == .race ? .race(.nextSeed) : .validate(.nextSeed) },
    KeyBinding(
      "View", [.character("t")], "t", "dark, light or high contrast", in: [.matrix, .list, .browser, .overlay]
    ) { _ in
      .toggleTheme
    },
  ]

  static let pictures: [KeyBinding] = [
    KeyBinding("Pictures", [.character("z")], "z", "a window with one pixel an entry, or the whole", in: [.matrix]) {
      _ in
      .toggleWindow
    },
    KeyBinding("Pictures", [.character("+"), .character("=")], "+", "enlarge", in: [.matrix]) { _ in .zoom(1) },
    KeyBinding("Pictures", [.character("-")], "-", "reduce", in: [.matrix]) { _ in .zoom(-1) },
    KeyBinding("Pictures", [.character("W")], "W", "move the window up", in: [.matrix]) { _ in
      .pan(rows: -0.25, columns: 0)
    },
    KeyBinding("Pictures", [.character("S")], "S", "move the window down", in: [.matrix]) { _ in
      .pan(rows: 0.25, columns: 0)
    },
    KeyBinding("Pictures", [.character("A")], "A", "move the window left", in: [.matrix]) { _ in
      .pan(rows: 0, columns: -0.25)
    },
    KeyBinding("Pictures", [.character("D")], "D", "move the window right", in: [.matrix]) { _ in
      .pan(rows: 0, columns: 0.25)
    },
    KeyBinding("Pictures", [.character("b")], "b", "let A and A_k take turns in one place", in: [.matrix]) { _ in
      .toggleBlink
    },
    KeyBinding("Pictures", [.character("v")], "v", "the next colour map: grey, viridis, cividis", in: [.matrix]) { _ in
      .nextColorMap
    },
  ]

  static let table: [KeyBinding] = [
    KeyBinding("Table", [.character("C")], "C", "centre: none, mean, columns, rows, both", in: [.matrix]) { _ in
      .prepare(.nextCentering)
    },
    KeyBinding("Table", [.character("N")], "N", "centre and scale the columns, or neither", in: [.matrix]) { _ in
      .prepare(.toggleStandardized)
    },
    KeyBinding("Table", [.character("T")], "T", "exchange rows and columns", in: [.matrix]) { _ in
      .prepare(.toggleTransposed)
    },
    KeyBinding("Table", [.character("X")], "X", "leave out columns that number the rows", in: [.matrix]) { _ in
      .prepare(.dropIdentifiers)
    },
    KeyBinding("Table", [.character("B")], "B", "of a colour picture: luma, red, green, blue, colour", in: [.matrix]) {
      _ in
      .prepare(.nextChannel)
    },
    KeyBinding("Table", [.character("V")], "V", "of a tensor: usual, the other folds, slices", in: [.matrix]) { _ in
      .prepare(.nextView)
    },
    KeyBinding("Table", [.character(")")], ")", "the next slice", in: [.matrix]) { _ in .prepare(.stepSlice(1)) },
    KeyBinding("Table", [.character("(")], "(", "the slice before", in: [.matrix]) { _ in .prepare(.stepSlice(-1)) },
  ]

  static let lists: [KeyBinding] = [
    KeyBinding("Lists", [.up, .character("k")], "↑ k", "the row above", in: [.list, .browser, .overlay]) { _ in
      .moveRow(-1)
    },
    KeyBinding(
      "Lists", [.down, .character("j")], "↓ j", "the row below", hint: "choose", hintKeys: "↑ ↓",
      in: [.list, .browser, .overlay]
    ) { _ in
      .moveRow(1)
    },
    KeyBinding("Lists", [.pageUp], "PgUp", "a page up", in: [.list, .browser, .overlay]) { _ in .page(-1) },
    KeyBinding("Lists", [.pageDown], "PgDn", "a page down", in: [.list, .browser, .overlay]) { _ in .page(1) },
    KeyBinding("Lists", [.home, .character("g")], "Home g", "the first row", in: [.list, .browser, .overlay]) { _ in
      .goToStart
    },
    KeyBinding("Lists", [.end, .character("G")], "End G", "the last row", in: [.list, .browser, .overlay]) { _ in
      .goToEnd
    },
    KeyBinding(
      "Lists", [.enter], "Enter", "open the chosen row; of a group: show or hide what is in it", hint: "open",
      in: [.list, .browser]
    ) {
      _ in
      .confirm
    },
    KeyBinding("Lists", [.enter], "Enter", "in a question: take the chosen answer", in: [.overlay]) { _ in .confirm },
  ]

  static let tensors: [KeyBinding] = [
    KeyBinding(
      "Tensors", [.right, .character("l")], "→ l", "open the group, or the tensor; in the map: the next role",
      in: [.list, .browser]
    ) { _ in .moveColumn(1) },
    KeyBinding(
      "Tensors", [.left, .character("h")], "← h", "close the group, or go to it; in the map: the role before",
      in: [.browser]
    ) { _ in .moveColumn(-1) },
    KeyBinding("Tensors", [.tab], "Tab", "map, tensors, spectra of a role", hint: "view", in: [.browser]) { _ in
      .stepView(1)
    },
    KeyBinding("Tensors", [.backTab], "Shift Tab", "the same the other way round", in: [.browser]) { _ in .stepView(-1)
    },
    KeyBinding("Tensors", [.character("m")], "m", "the map of layers and roles, or the tensors", in: [.browser]) {
      .show($0.view == .layerMap ? .tensors : .layerMap)
    },
    KeyBinding("Tensors", [.character("v")], "v", "another number in the map", hint: "number", in: [.browser]) { _ in
      .nextNumber(1)
    },
    KeyBinding("Tensors", [.character("V")], "V", "the number before it", in: [.browser]) { _ in .nextNumber(-1) },
    KeyBinding(
      "Tensors", [.character("r")], "r", "the spectra of this role in every layer", hint: "role", in: [.browser]
    ) { _ in .showRole },
    KeyBinding("Tensors", [.character("z")], "z", "close every group, or open them all", in: [.browser]) { _ in
      .toggleGroups
    },
    KeyBinding("Tensors", [.character("o")], "o", "sort by the next column", hint: "sort", in: [.browser]) { _ in
      .nextSorting
    },
    KeyBinding("Tensors", [.character("O")], "O", "turn the order round", in: [.browser]) { _ in .reverseSorting },
    KeyBinding("Tensors", [.character("c")], "c", "other columns", hint: "columns", in: [.browser]) { _ in .nextColumns
    },
    KeyBinding("Tensors", [.character(" ")], "space", "pause the scan, or go on with it", in: [.browser]) { _ in
      .toggleScan
    },
    KeyBinding("Tensors", [.character(".")], ".", "in a matrix: the next tensor of the list", in: [.matrix]) { _ in
      .stepTensor(1)
    },
    KeyBinding("Tensors", [.character(",")], ",", "in a matrix: the tensor before", in: [.matrix]) { _ in
      .stepTensor(-1)
    },
    KeyBinding(
      "Tensors", [.character("K")], "K", "what the rank keeps from tensor to tensor: error, energy, rank, share",
      in: [.matrix, .browser]
    ) { _ in .keep(nil) },
  ]

  static let program: [KeyBinding] = [
    KeyBinding(
      "Program", [.character(":")], ":", "a command; Tab completes, ↑ ↓ recall", hint: "command",
      in: [.matrix, .list, .browser]
    ) { _ in .beginCommand("") },
    KeyBinding("Program", [.character("/")], "/", "search the list", hint: "search", in: [.list, .browser]) { _ in
      .beginSearch
    },
    KeyBinding("Program", [.character("e")], "e", "write the factors of A_k as .npz", in: [.matrix]) { _ in
      .write(path: nil, overwrites: false)
    },
    KeyBinding(
      "Program", [.character("s")], "s", "save the screen as SVG and text", hint: "save",
      in: [.matrix, .list, .browser]
    ) {
      _ in .save
    },
    KeyBinding(
      "Program", [.character("?"), .function(1)], "? F1", "this help", in: [.matrix, .list, .browser, .overlay]
    ) { _ in .help },
    KeyBinding(
      "Program", [.escape], "Esc", "close what is on top, cancel what runs; never quits",
      in: [.matrix, .list, .browser, .overlay]
    ) { _ in
      .back
    },
    KeyBinding(
      "Program", [.character("q")], "q", "back to the list, or quit", in: [.matrix, .list, .browser, .overlay]
    ) {
      _ in .quit
    },
    KeyBinding("Program", [.control("l")], "Ctrl-L", "draw the screen again", in: [.matrix, .list, .browser, .overlay])
    { _ in
      .redraw
    },
    KeyBinding("Program", [.control("z")], "Ctrl-Z", "suspend; fg resumes", in: [.matrix, .list, .browser, .overlay]) {
      _ in
      .suspend
    },
    KeyBinding("Program", [.control("c")], "Ctrl-C", "quit at once", in: [.matrix, .list, .browser, .overlay]) { _ in
      .interrupt
    },
  ]
}
