import Reports
import Testing

@Suite("validate")
struct ValidateTests {
  private let planted = "gallery:planted,rows=50,columns=20,rank=2,noise=0.3"

  @Test("--json: every field, the planted rank, the same for the same seed")
  func json() throws {
    let report = try Program.run("validate", planted, "--json", "--seed", "3").json()
    #expect(
      report.keys == [
        "schema", "source", "tensor", "rows", "columns", "dtype", "preparation", "method", "rank",
        "rank_within_standard_error", "ranks", "errors", "standard_errors", "training_errors", "fold_errors",
        "mean_square", "folds", "repeats", "seed", "seconds", "read_seconds",
      ])
    #expect(report["schema"] == .text("lowrank.validation/1") && report["method"] == .text("bcv"))
    #expect(report["rank"] == .number(2) && report["seed"] == .number(3))
    #expect(report["errors"]?.elements.count == 11 && report["fold_errors"]?.elements.count == 4)
    #expect(report["folds"]?["row_groups"]?.elements.count == 50)
    let again = try Program.run("validate", planted, "--json", "--seed", "3").json()
    #expect(again["errors"] == report["errors"])
    let other = try Program.run("validate", planted, "--json", "--seed", "4").json()
    #expect(other["errors"] != report["errors"])
  }

  @Test("the text names the rank and draws both errors")
  func text() throws {
    let outcome = try Program.run("validate", planted, "--folds", "3x2", "--repeats", "2")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("bi-cross-validation, 3 × 2 folds, 2 times, seed 1"))
    #expect(outcome.output.contains("The held-out error is least at rank 2: "))
    #expect(outcome.output.contains("2: least held out"))
    let rows = try Program.run("validate", planted, "--method", "rows")
    #expect(rows.output.contains("This validates nothing."))
    let entries = try Program.run(
      "validate", planted, "--method", "entries", "--hide", "20%", "--max-rank", "3", "--json")
    #expect(try entries.json()["hidden_share"] == .number(0.2))
    #expect(try entries.json()["ranks"]?.elements.count == 4)
  }

  @Test(
    "what cannot be done is one sentence and status 64",
    arguments: [
      (
        ["--folds", "60x2"], "60 × 2 folds need at least 60 rows and 2 columns, and this matrix is 50 × 20: take fewer"
      ),
      (["--folds", "1x2"], "--folds 1x2 is no number of groups: write 4x3, each at least 2"),
      (["--folds", "2y2"], "--folds 2y2 is no number of groups"),
      (["--repeats", "0"], "--repeats 0: at least one is needed"),
      (["--max-rank", "-1"], "--max-rank -1 is negative"),
      (["--hide", "10%"], "--hide is for --method entries alone"),
      (["--method", "entries", "--hide", "2"], "--hide 2 is no share between 0 and 1"),
      (["--method", "columns"], "--method"),
    ])
  func refusals(options: [String], sentence: String) throws {
    let outcome = try Program.run(["validate", planted] + options)
    #expect(outcome.status == 64 && outcome.isOneErrorLine, "\(outcome.errors)")
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }
}
