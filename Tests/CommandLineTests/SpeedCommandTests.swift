import Testing

@Suite("speed and project")
struct SpeedCommandTests {
  @Test("speed: FLOPs, times with quartiles, solutions and conditions")
  func speed() throws {
    let report = try Program.run(
      "speed", "gallery:planted,rows=60,columns=40,rank=3,noise=0.1", "--rank", "3", "--batch", "1,8", "--seconds",
      "0.01", "--lambda", "0.5", "--json"
    ).json()
    #expect(report["schema"] == .text("lowrank.speed/1"))
    #expect(report["rank"] == .number(3) && report["break_even_rank"] == .number(23))
    let products = try #require(report["products"]?.elements)
    #expect(products.map { $0["batch"] } == [.number(1), .number(8)])
    #expect(products[1]["dense_flops"] == .number(38400) && products[1]["factored_flops"] == .number(4800))
    #expect(products[0]["dense_seconds"]?.keys == ["median", "lower_quartile", "upper_quartile", "count"])
    #expect(try #require(report["inversion"]?["cholesky"]?["residual"]?.number) < 1e-10)
    #expect(report["inversion"]?["lambda"] == .number(0.5))
    let condition = try #require(report["pseudoinverse"]?["condition"]?.number)
    #expect(condition > 1 && condition < report["pseudoinverse"]?["full_condition"]?.number ?? 0)
  }

  @Test("project: scores, loadings, classes, and neighbours of the point that is asked for")
  func project() throws {
    let table = Array("x,y,kind\n1,0,a\n2,0,a\n0,5,b\n0,6,b\n".utf8)
    let report = try Program.run(
      "project", "-", "--label", "kind", "--point", "3", "--json", input: table
    ).json()
    #expect(report["schema"] == .text("lowrank.projection/1"))
    #expect(report["columns"] == .number(2) && report["centered"] == .bool(false))
    #expect(report["classes"]?.elements == [.text("a"), .text("b")])
    let first = try #require(report["components"]?.elements.first?["scores"])
    let scores = first.elements.compactMap(\.number)
    for (score, known) in zip(scores, [0.0, 0, 5, 6]) { #expect(abs(abs(score) - known) < 1e-12) }
    #expect(report["neighbours"]?.elements.first?["index"] == .number(4))
    let text = try Program.run("project", "-", "--label", "kind", input: table)
    #expect(text.status == 0 && text.output.contains("a (2)"))
  }

  @Test("a sentence that holds for both solutions is said once, without a table that has no row")
  func nothingToSolve() throws {
    let options = ["--rank", "1", "--seconds", "0.001", "--batch", "2"]
    let zero = try Program.run(["speed", "-"] + options, input: Array("0,0\n0,0\n".utf8)).output
    #expect(zero.split(separator: "Every entry is zero", omittingEmptySubsequences: false).count == 2, "\(zero)")
    #expect(!zero.contains("residual with A") && zero.contains("16 FLOP "))
  }

  @Test(
    "what is not understood leaves with 64 and one line",
    arguments: [
      (["speed", "gallery:hilbert"], "--rank"), (["speed", "gallery:hilbert", "--rank", "65"], "ranks 0 to 64"),
      (["speed", "gallery:hilbert", "--rank", "3", "--batch", "0"], "1,8,64"),
      (["speed", "gallery:hilbert", "--rank", "3", "--lambda", "some"], "noise"),
      (["project", "gallery:hilbert", "--components", "1"], "1,2"),
      (["project", "gallery:hilbert", "--components", "1,65"], "components 1 to 64"),
      (["project", "gallery:hilbert", "--point", "65"], "64 rows"),
      (["project", "gallery:hilbert", "--label", "nobody"], "nobody"),
    ])
  func usage(arguments: [String], says: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.isOneErrorLine && outcome.errors.contains(says), "\(outcome.errors)")
  }
}
