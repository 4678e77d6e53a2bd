import ArgumentParser
import Explorer
import Factorizations
import Glibc
import Lessons
import LinearAlgebra
import MatrixFiles
import MatrixGallery
import MatrixSources
import NcursesTerminal
import Reports
import TerminalUI

/// `lowrank learn [NAME|FILE]`: lessons on the screen, in sentences, as a list, or checked.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Learn what low rank is, and is not: lessons that ask first and show then; or write your own.",
    discussion: """
      In a lesson n and b step, a number and Enter guess, v reveals, r resets, Esc explores freely and returns.

      Examples:
        lowrank learn                        the menu
        lowrank learn \(BuiltInLessons.names.first ?? "NAME")                   one of its lessons
        lowrank learn my-lesson.yaml         your own
        lowrank learn --check my-lesson.yaml what is wrong with it, line by line
        lowrank learn --list --json          what there is, for scripts
      """)

  @Argument(help: ArgumentHelp("A lesson's name or number, or a lesson's file.", valueName: "name|file"))
  var lesson: String?

  @Flag(help: "List the lessons, how far each was taken, and what it corrects.")
  var list = false

  @Flag(help: "Say what is wrong with a lesson's file, with line and column; exit 65 if anything is.")
  var check = false

  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp("Replay keys without a terminal, as in \"n 12 Enter save screen.svg\".", valueName: "keys"))
  var script: String?

  @Option(help: ArgumentHelp("The screen's size for --script.", valueName: "columns x rows"))
  var size: String = "120x36"

  @OptionGroup(title: "How it is drawn") var display: DisplayOptions

  func validate() throws {
    if list, check { throw ValidationError("--list and --check exclude each other") }
    if check, lesson == nil { throw ValidationError("--check needs a lesson's file") }
    if output.json, !list, !check { throw ValidationError("--json goes with --list or --check") }
  }

  func run() throws {
    if check { return try runCheck() }
    if list { return try StandardOutput.write(LessonList(store.load()).text(asJSON: output.json)) }
    BLASKernels.restartIfUnrecognised()
    let (lessons, first) = try chosen()
    let action = first.map { ExplorerAction.lesson(.open($0)) }
    if let script {
      try replay(script, lessons, action)
    } else if display.plain {
      try talk(lessons, action)
    } else {
      try show(lessons, action)
    }
  }

  // MARK: What to learn

  /// The lessons of the menu, and which of them was asked for.
  private func chosen() throws -> (lessons: [Lesson], first: Int?) {
    var lessons = BuiltInLessons.all
    guard let lesson else { return (lessons, nil) }
    if let index = lessons.firstIndex(where: { $0.name == lesson }) ?? Int(lesson).map({ $0 - 1 }),
      lessons.indices.contains(index)
    {
      return (lessons, index)
    }
    guard lesson.contains("/") || lesson.contains(".") || access(lesson, F_OK) == 0 else {
      throw CommandFailure.usage(
        "there is no lesson “\(printable(lesson, limit: 40))”; there are \(lessons.map(\.name).joined(separator: ", ")), "
          + "or name a file")
    }
    lessons.append(try read(lesson))
    return (lessons, lessons.count - 1)
  }

  /// The lesson in the file at `path`; what it can do without is stood in for.
  private func read(_ path: String) throws -> Lesson {
    let (lesson, problems) = try LessonCheck.read(file: path)
    if let lesson, problems.allSatisfy(\.isTolerable) { return lesson }
    let worst = problems.first { !$0.isTolerable } ?? problems.first
    throw CommandFailure(
      status: .data,
      sentence: "\(printable(path)):\(worst?.description ?? "1:1: it is no lesson"); see lowrank learn --check")
  }

  private func runCheck() throws {
    let path = lesson ?? ""
    let problems =
      if access(path, F_OK) != 0, let text = BuiltInLessons.text(of: path) {
        LessonCheck.read(text, name: path, directory: nil, isPlayed: true).problems
      } else {
        try LessonCheck.read(file: path, isPlayed: true).problems
      }
    if output.json {
      try StandardOutput.write(JSONText.line(LessonCheckReport(path: path, problems)))
    } else {
      let style = StandardOutput.style
      let lines = problems.map { "\(printable(path)):\($0)\n" }
      try StandardOutput.write(
        style.spelled(problems.isEmpty ? "\(printable(path)): nothing is wrong\n" : lines.joined()))
    }
    guard problems.isEmpty else {
      let count = problems.count == 1 ? "one problem" : "\(problems.count) problems"
      throw CommandFailure(status: .data, sentence: "\(printable(path)): \(count)")
    }
  }

  private var store: ProgressStore { ProgressStore(environmentValue) }

  // MARK: How it is shown

  private func replay(_ text: String, _ lessons: [Lesson], _ first: ExplorerAction?) throws {
    let recording: Script
    let screen: ScreenSize
    do throws(Script.ParseError) {
      recording = try Script(text)
      screen = try Script.screenSize(size)
    } catch {
      throw ValidationError(error.description)
    }
    var state = initialState(lessons, size: screen, display: display.recordingDisplay)
    state.lessonProgress = [:]
    try ScriptPlayer(state, SourceArguments([]), SolverPlanner(threads: BLASThreads.availableCores)).play(
      recording, beginning: first)
  }

  private func talk(_ lessons: [Lesson], _ first: ExplorerAction?) throws {
    let input = try PlainExplorer.commands(readingMatrixFrom: [])
    let files = SourceArguments([])
    let state = initialState(
      lessons, size: ScreenSize(rows: 36, columns: 120), display: display.recordingDisplay)
    try PlainExplorer(
      state, input: input, opener: files.open(_:control:), planner: SolverPlanner(threads: BLASThreads.availableCores)
    )
    .run(opening: files, comparing: nil, beginning: first)
    _exit(ExitStatus.success.rawValue)
  }

  private func show(_ lessons: [Lesson], _ first: ExplorerAction?) throws {
    let configuration = try Configuration.load()
    let terminal = try NcursesTerminal(
      usesColor: display.hasColor, asksBackground: display.asksBackground(configuration))
    defer { terminal.close() }
    let looks = display.display(
      colors: terminal.colors,
      isUnicode: terminal.isUnicode && !TerminalFont.isOld(environmentValue("TERM") ?? ""), configuration)
    var state = initialState(lessons, size: terminal.size, display: looks)
    for change in configuration.changes { _ = reduce(&state, .display(change)) }
    let loop = ExplorerLoop(terminal, state, SourceArguments([]), SolverPlanner(threads: BLASThreads.availableCores))
    let signal = loop.run(comparing: nil, beginning: first)
    terminal.close()
    loop.finishWriting(after: signal)
    _exit(signal != 0 ? 128 + signal : 0)
  }

  private func initialState(_ lessons: [Lesson], size: ScreenSize, display: Display) -> ExplorerState {
    var state = ExplorerState(
      size: size, display: display,
      gallery: GalleryCatalog.all.map {
        GalleryItem(source: "gallery:\($0.name)", title: $0.title, teaches: $0.teaches)
      })
    state.home = .lessons
    state.view = .lessons
    state.lessons = lessons
    state.lessonProgress = store.load()
    return state
  }
}
