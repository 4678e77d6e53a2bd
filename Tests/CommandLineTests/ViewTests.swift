import Reports
import Testing

@Suite("Views of tensors on the command line")
struct ViewTests {
  /// A .npy file of the u8 tensor 3 × 4 × 5 whose elements count up.
  private static let tensor: [UInt8] = {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 4, 5), }"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8) + Array(0..<60)
  }()

  @Test(
    "--view folds and slices, and the report says so",
    arguments: [
      ("usual", 3.0, 20.0, nil), ("fold=1", 4, 15, "fold=1"), ("fold=0,1", 12, 5, "fold=0,1"),
      ("slice=2", 4, 5, "slice=2"),
      ("slice=:,:,4", 3, 4, "slice=:,:,4"), ("slice=1,2", 5, 1, "slice=1,2"),
    ] as [(String, Double, Double, String?)])
  func views(view: String, rows: Double, columns: Double, recorded: String?) throws {
    let report = try Program.run("spectrum", "-", "--view", view, "--json", input: Self.tensor).json()
    #expect(report["rows"] == .number(rows) && report["columns"] == .number(columns))
    #expect(report["preparation"]?["view"] == recorded.map { .text($0) })
    // ‖slice 2‖² = 40² + … + 59² and so on: the entries are the right ones.
    if view == "slice=2" {
      #expect(report["frobenius_norm"]?.number == Double((40..<60).reduce(0) { $0 + $1 * $1 }).squareRoot())
    }
  }

  @Test(
    "a view that is not understood is a fault of the command line, one that the tensor does not have of the data",
    arguments: [
      (
        "lines=1", 64, "“lines=1” is no view of a tensor: write usual, fold=0,1, slice=:,:,7, rows=0:64 or block=0:64,:"
      ),
      ("fold=x", 64, "fold= takes axes that count from 0, as in fold=0,1, and not “x”"),
      ("fold=3", 65, "it has 3 axes (3 × 4 × 5): fold=3 names axis 3; axes count from 0 to 2"),
      ("slice=3", 65, "slice=3 asks for index 3 of axis 0, whose indices count from 0 to 2"),
    ] as [(String, Int32, String)])
  func refusals(view: String, status: Int32, says: String) throws {
    let outcome = try Program.run("spectrum", "-", "--view", view, input: Self.tensor)
    #expect(outcome.status == status && outcome.isOneErrorLine, "\(outcome.status) \(outcome.errors)")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }
}
