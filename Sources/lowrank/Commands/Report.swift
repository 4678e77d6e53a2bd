import ArgumentParser
import Checkpoints
import FoundationEssentials
import LinearAlgebra
import MatrixFiles
import MatrixSources
import RankAnalysis
import Reports

/// `lowrank report MODEL… -o report.html`: what a scan finds, as one page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes a page about every matrix of a model: map, spectra, figures and what they mean.",
    discussion:
      "The page is one HTML file that needs nothing else: attach it, print it, read it without a network. Findings are kept "
      + "and looked up as those of scan are. The exit code is 65 where a matrix could not be read: the page says which, and "
      + "holds all others.\n\nExample:\n\n  lowrank report model/ -o model.html")

  @Argument(help: ArgumentHelp("A model's file, several, a directory, or gallery:NAME.", valueName: "model"))
  var files: [String]

  @Option(
    name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The page to write.", valueName: "out.html"))
  var out: String

  @OptionGroup var scanning: ScanningOptions

  func run() throws {
    BLASKernels.restartIfUnrecognised()
    try refuseWhatCannotBeOpened(files)
    // Ask before the long computation, not after it.
    try AtomicFile.checkWritable(out)
    let progress = ProgressLine()
    defer { progress.end() }
    progress.begin("opening \(printable(files.count == 1 ? files[0] : "\(files.count) files", limit: 40))")
    let file = try SourceOpener.open(names: files, control: progress.control())
    let selection = TensorSelection(patterns: scanning.patterns)
    let (entries, skipped) = selection.matrices(of: file)
    func missed(_ failures: [String]) -> MissedTensors {
      MissedTensors(of: file, selection, skipped: skipped, failures: failures)
    }
    if entries.isEmpty { return try missed([]).finish(matrices: 0, verb: "report") }
    let scan = CollectedScan(
      of: entries, in: file, jobs: scanning.workers, cache: scanning.cache(of: files),
      progress)
    let report = ModelReport(
      file, scanned: scan.found, failed: scan.failed.map { (name: $0.entry.name ?? "(unnamed)", sentence: $0.sentence) }
    )
    try write(ReportPage(report, date: Self.date, version: LowRank.configuration.version).text)
    let count = NumberFormat.grouped(scan.found.count)
    progress.end()
    try StandardOutput.write(
      "\(count) \(scan.found.count == 1 ? "matrix" : "matrices") in \(printable(out))\n")
    try missed(scan.failed.map(\.sentence)).finish(matrices: entries.count, verb: "report")
  }

  private func write(_ page: String) throws {
    try Interruption.cancelling { token in
      try AtomicFile.write(to: out) { (sink) throws(FileError) in
        if token.isCancelled { throw .cancelled }
        try sink.write(page)
      }
    }
  }

  /// Now, to the minute: "2026-03-01 14:05 UTC".
  private static var date: String {
    let text = Date.now.formatted(.iso8601)
    return text.prefix(16).replacing("T", with: " ") + " UTC"
  }
}
