import ArgumentParser
import Checkpoints
import Glibc
import LinearAlgebra
import MatrixFiles
import MatrixSources
import Reports

extension ScanFormat: ExpressibleByArgument {}

/// `lowrank scan MODEL…`: one row a matrix.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Prints what the spectrum of every matrix of a model tells, one row a matrix.",
    discussion:
      "Rows come in the file's order as soon as they are known. Tensors with fewer than two axes, single rows and single "
      + "columns are skipped. Findings are kept in $XDG_CACHE_HOME/lowrank, or ~/.cache/lowrank, and looked up there as long as the files did not change. Shuffled copies, a third of the work, are compared only for "
      + "their column and for JSON Lines.\n\n"
      + "The exit code is 65 where a matrix that was asked for could not be read: all others are printed before.\n\n"
      + "Examples:\n\n"
      + "  lowrank scan model/ --match query\n"
      + "  lowrank scan model/ --match '*layers.0.*' --columns name,alpha,alpha_tail\n"
      + "  lowrank scan model/ --match '*/q/head.*'\n"
      + "  lowrank scan model/ --format csv > model.csv\n"
      + "  lowrank scan model/ --resume model.jsonl\n\n"
      + "The columns:\n\n" + helpList(ScanColumnCatalog.all.map { ($0.id, $0.explanation) }))

  @Argument(help: ArgumentHelp("A model's file, several, a directory, or gallery:NAME.", valueName: "model"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "How rows are printed: table, csv, jsonl (everything, one object a line) or markdown.", valueName: "name"))
  var format: ScanFormat?

  @OptionGroup var scanning: ScanningOptions

  @Option(
    help: ArgumentHelp(
      "The columns, with commas between them, or all. Without it a table has "
        + "\(ScanFormat.table.defaultColumns.map(\.id).joined(separator: ", ")); CSV has all but shape and sparkline.",
      valueName: "names"))
  var columns: String?

  @Option(help: ArgumentHelp("Only the i-th of N parts of the list, for several machines.", valueName: "i/N"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "Go on with a file of JSON Lines that an earlier run began: its rows stay, the missing ones are added to it.",
      valueName: "file"))
  var resume: String?

  mutating func validate() throws {
    if let shard, TensorSelection.Shard(shard) == nil {
      throw ValidationError("--shard \(printable(shard)) is no part of a whole: write 2/4 for the second of four")
    }
    if resume != nil, let format, format != .jsonl {
      throw ValidationError("--resume goes on with JSON Lines: leave --format \(format.rawValue) out")
    }
    if columns != nil, chosenFormat == .jsonl {
      throw ValidationError(
        "with JSON Lines, which hold everything, leave --columns out, or choose --format table, csv or markdown")
    }
    _ = try chosenColumns()
  }

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    try refuseWhatCannotBeOpened(files)
    let progress = ProgressLine()
    defer { progress.end() }
    progress.begin("opening \(printable(files.count == 1 ? files[0] : "\(files.count) files", limit: 40))")
    let file = try SourceOpener.open(names: files, control: progress.control())
    let selection = TensorSelection(
      patterns: scanning.patterns, shard: shard.flatMap { TensorSelection.Shard($0) })
    let (entries, skipped) = selection.matrices(of: file)
    progress.end()
    let columns = try chosenColumns()
    let output = try ScanOutput(
      ScanRows(
        chosenFormat, columns: columns, entries: entries, style: StandardOutput.style,
        width: isatty(STDOUT_FILENO) == 1 ? StandardOutput.style.width : nil),
      entries: entries, resume: resume, file: file)
    let run = ScanRun(
      file: file, entries: output.missing, jobs: scanning.workers,
      cache: scanning.cache(of: files),
      comparesShuffled: chosenFormat == .jsonl || columns.contains { $0.id == ScanColumnCatalog.shuffled },
      progress: progress)
    let failures = try run.print(output)
    try MissedTensors(of: file, selection, skipped: skipped, failures: failures.map(\.reason))
      .finish(matrices: entries.count, verb: "scan")
  }

  private var chosenFormat: ScanFormat { format ?? (resume == nil ? .table : .jsonl) }

  private func chosenColumns() throws -> [ScanColumn] {
    guard let columns else { return chosenFormat.defaultColumns }
    if columns == "all" { return ScanColumnCatalog.all }
    return try columns.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let id = part.filter { $0 != " " }
      guard let column = ScanColumnCatalog.column(id) else {
        throw ValidationError(
          "there is no column “\(printable(id))”: the columns are all, or of "
            + ScanColumnCatalog.all.map(\.id).joined(separator: ", "))
      }
      return column
    }
  }
}
