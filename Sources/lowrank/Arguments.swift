import ArgumentParser
import Glibc
import LinearAlgebra
import MatrixFiles
import MatrixSources
import Preparation
import RankAnalysis
import Reports

/// The matrix that a command works on.
struct MatrixArguments: ParsableArguments {
  @Argument(help: "A file, a directory, - for standard input, or gallery:NAME,key=value,….")
  var file: String

  @Argument(
    help: "The tensor to take, where the file holds several; of a model also a part, a head or a product of heads.")
  var tensor: String?

  @OptionGroup(title: "How the matrix is made ready") var preparation: PreparationOptions

  /// Opens the file, reads the tensor and makes it ready, telling `progress`; also the seconds that took.
  ///
  /// - Parameter keepsMissing: whether missing cells stay, unless the user said what becomes of them.
  func load(_ progress: ProgressLine, keepsMissing: Bool = false) throws -> (matrix: PreparedMatrix, seconds: Double) {
    try refuseTerminal(as: file)
    let clock = Stopwatch()
    progress.begin("reading \(printable(file, limit: 40))")
    let control = progress.control()
    let opened = try SourceOpener.open(file, control: control)
    let entry = try opened.tensor(named: tensor)
    var preparation = try preparation.preparation()
    preparation.reading.keepsMissing = keepsMissing
    let matrix = try preparation.read(entry, of: opened, control: control)
    return (matrix, clock.seconds)
  }
}

/// Refuses at once what can be told at once of `names`: a gallery, sample or changed matrix that is not understood, a file that is not there,
/// standard input where nobody pipes.
func refuseWhatCannotBeOpened(_ names: [String]) throws(FileError) {
  for name in names {
    try refuseTerminal(as: name)
    if name == "-" { continue }
    if SourceOpener.isMade(name) {
      _ = try SourceOpener.open(name)
      continue
    }
    if !FilePattern.matches(name).isEmpty { continue }
    var status = stat()
    if stat(name, &status) != 0 || access(name, R_OK) != 0 {
      throw .cannotOpen(name, reason: String(cString: strerror(errno)))
    }
  }
}

/// Refuses "-" when standard input is a terminal: nobody types a matrix.
func refuseTerminal(as file: String) throws(FileError) {
  if file == "-", isatty(STDIN_FILENO) == 1 {
    throw .cannotOpen("-", reason: "standard input is a terminal; pipe a file into it")
  }
}

/// How a command answers.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON object instead of text.")
  var json = false
}

/// What chooses the rank: exactly one of these options.
struct RankTargetOptions: ParsableArguments {
  @Option(name: [.short, .long], parsing: .unconditional, help: "This rank.")
  var rank: Int?

  @Option(help: ArgumentHelp("The smallest rank that keeps this share of the energy: 0.95 or 95%.", valueName: "share"))
  var energy: String?

  @Option(
    help: ArgumentHelp(
      "The smallest rank whose relative Frobenius error is at most this: 0.05 or 5%.", valueName: "share"))
  var error: String?

  @Option(
    help: ArgumentHelp(
      "The largest rank whose factors have at most so many parameters, or such a percentage of the dense ones.",
      valueName: "count|N%"))
  var parameters: String?

  @Option(help: ArgumentHelp("The rank that a rule finds: \(ruleNames).", valueName: "name"))
  var rule: String?

  /// The one option that was given, and the text of its value.
  ///
  /// - Throws: `ValidationError` when none or several were given, or when the value is not understood.
  func target() throws -> (target: RankTarget, option: String, text: String) {
    var given: [(target: RankTarget, option: String, text: String)] = []
    if let rank { given.append((.rank(rank), "rank", String(rank))) }
    if let energy { given.append((.energy(try share(energy, "energy")), "energy", energy)) }
    if let error { given.append((.error(try share(error, "error")), "error", error)) }
    if let parameters { given.append((try budget(parameters), "parameters", parameters)) }
    if let rule { given.append((.rule(try ruleID(rule)), "rule", rule)) }
    guard let only = given.first, given.count == 1 else {
      let names = "--rank, --energy, --error, --parameters or --rule"
      throw ValidationError(
        given.isEmpty
          ? "say what chooses the rank: one of \(names)"
          : "\(given.map { "--\($0.option)" }.joined(separator: " and ")) exclude each other: give one of \(names)")
    }
    return only
  }

  private func share(_ text: String, _ option: String) throws -> Double {
    guard let share = RankTarget.share(text) else {
      throw ValidationError("--\(option) \(printable(text)) is not a share of one: write 0.95 or 95%")
    }
    return share
  }

  private func budget(_ text: String) throws -> RankTarget {
    guard let target = RankTarget.parameterBudget(text) else {
      throw ValidationError(
        "--parameters \(printable(text)) is neither a whole number nor a percentage: write 50000 or 25%")
    }
    return target
  }

  private func ruleID(_ text: String) throws -> String {
    guard let rule = RankRuleCatalog.rule(named: text) else {
      throw ValidationError("there is no rule “\(printable(text))”: the rules are \(Self.ruleNames)")
    }
    return rule.id
  }

  private static var ruleNames: String { RankRuleCatalog.all.map(\.id).joined(separator: ", ") }
}

/// Measures wall-clock time from its making on.
struct Stopwatch {
  private let start = ContinuousClock.now

  /// The seconds since then.
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
