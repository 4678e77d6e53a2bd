import ArgumentParser
import MatrixFiles
import Preparation

extension Centering: ExpressibleByArgument {}
extension ColumnScaling: ExpressibleByArgument {}
extension MissingPolicy: ExpressibleByArgument {}
extension PictureChannel: ExpressibleByArgument {}

/// How the matrix is made ready: the same options wherever one is read.
struct PreparationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Take these means away: none, mean, columns, rows or both.", valueName: "means"))
  var center: Centering = .none

  @Option(help: ArgumentHelp("Divide columns by their standard deviation: none or columns.", valueName: "what"))
  var scale: ColumnScaling = .none

  @Flag(help: "Exchange rows and columns.")
  var transpose = false

  @Option(help: ArgumentHelp("Keep only these columns, by number or name: 1-3,7,alcohol.", valueName: "list"))
  var columns: String?

  @Option(help: ArgumentHelp("Leave these columns out.", valueName: "list"))
  var drop: String?

  @Option(
    help: ArgumentHelp(
      "The column, by name or number, that names the rows – a word or a small number each –, left out of the matrix.",
      valueName: "column"))
  var label: String?

  @Option(
    help: ArgumentHelp(
      "What becomes of missing cells: drop-rows, column-mean or zero; without it they are refused.",
      valueName: "choice"))
  var missing: MissingPolicy?

  @Option(
    help: ArgumentHelp(
      "What of a colour picture: luma, red, green, blue, or colour (all three side by side).", valueName: "channel"))
  var channel: PictureChannel = .luma

  @Option(
    help: ArgumentHelp(
      "How an array of more than two axes, counted from 0, becomes a matrix: usual (axis 0 for the rows), fold=0,1 "
        + "(these axes for the rows, the others for the columns), slice=3 (a[3]), slice=:,:,7 (a[:, :, 7]); of any array "
        + "rows=0:64, columns=0:64 or block=0:64,0:64 take a part.",
      valueName: "view"))
  var view: String?

  mutating func validate() throws { _ = try preparation() }

  /// What was asked for.
  func preparation() throws -> Preparation {
    Preparation(
      reading: ReadOptions(channel: channel, view: try tensorView(), missing: missing, label: label),
      columns: try list(columns, "columns"),
      dropped: try list(drop, "drop"), isTransposed: transpose, centering: center, scaling: scale)
  }

  private func tensorView() throws -> TensorView {
    guard let view else { return .usual }
    do throws(TensorViewError) {
      return try TensorView(parsing: view)
    } catch {
      throw ValidationError("--view: \(error)")
    }
  }

  private func list(_ text: String?, _ option: String) throws -> ColumnList? {
    guard let text else { return nil }
    guard let list = ColumnList(text) else {
      throw ValidationError(
        "--\(option) \(printable(text)) is no list of columns: write numbers or names, as in 1-3,7,alcohol")
    }
    return list
  }
}
