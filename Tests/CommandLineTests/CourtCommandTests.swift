import Testing

@Suite("court and plant")
struct CourtCommandTests {
  @Test("court reports every rule, the agreement and the truth of a planted matrix")
  func court() throws {
    let outcome = try Program.run("court", "gallery:planted,rows=60,columns=40,rank=3,noise=0.3", "--json")
    let report = try outcome.json()
    #expect(report["schema"] == .text("lowrank.court/1"))
    let rules = report["rules"]?.elements ?? []
    let judges = rules.filter { $0["judges_noise"] == .bool(true) }
    #expect(judges.count == 8)
    #expect(judges.first?["id"] == .text("gavish_donoho") && judges.first?["rank"] == .number(3))
    #expect(judges.first?["threshold"]?.number ?? 0 > 0)
    #expect(report["agreement"]?["median"] == .number(3))
    #expect(report["truth"]?["rank"] == .number(3) && report["truth"]?["errors"]?.elements.count == 41)
    // Strong signals leave little to shrink, and the noise is only estimated.
    let (shrunken, best) = (report["truth"]?["shrinkage_error"]?.number, report["truth"]?["best_error"]?.number)
    #expect(try #require(shrunken) < 1.01 * #require(best))
    #expect(report["shuffled_values"]?.elements.count == 40 && report["parallel_percentiles"]?.elements.count == 40)
    let text = try Program.run("court", "gallery:planted,rows=60,columns=40,rank=3,noise=0.3").output
    #expect(text.contains("8 rules tell signal from noise: median 3") && text.contains("parallel analysis"))
  }

  @Test("known noise brings two rules, and nobody knows the truth of a matrix from elsewhere")
  func knownNoise() throws {
    let report = try Program.run("court", "gallery:noise,rows=30,columns=20", "--noise", "1", "--json").json()
    #expect(report["truth"] == .null && report["noise"] == .number(1))
    #expect(report["rules"]?.elements.contains { $0["id"] == .text("marchenko_pastur_known_noise") } == true)
    let unknown = try Program.run("court", "gallery:noise,rows=30,columns=20", "--json").json()
    #expect(unknown["noise"] == .null)
    #expect(unknown["rules"]?.elements.contains { $0["id"] == .text("marchenko_pastur_known_noise") } == false)
  }

  @Test("plant writes the matrix and its truth")
  func plant() throws {
    let scratch = try Scratch()
    let path = scratch.path("planted.npz")
    let report = try Program.run(
      "plant", "gallery:noise,rows=50,columns=30", "--rank", "2", "--strength", "5", "--seed", "4", "-o", path, "--json"
    ).json()
    #expect(report["schema"] == .text("lowrank.plant/1"))
    #expect(report["truth"]?["best_rank"] == .number(2) && report["truth"]?["errors"]?.elements.count == 31)
    #expect(report["rules"]?.elements.first?["rank"] == .number(2))
    #expect(report["output_bytes"]?.number == Double(scratch.bytes(of: "planted.npz").count))
    let truth = try Program.run("spectrum", path, "truth", "--json").json()
    #expect(truth["ranks"]?["numerical"] == .number(2) && truth["rows"] == .number(50))
    #expect(try Program.run("spectrum", path, "planted", "--json").json()["ranks"]?["gavish_donoho"] == .number(2))
    let array = scratch.path("planted.npy")
    let text = try Program.run("plant", "gallery:noise,rows=50,columns=30", "--rank", "0", "-o", array).output
    #expect(text.contains("at rank 0") && text.contains("shrunken σ"))
    #expect(
      try Program.run("info", array, "--json").json()["tensors"]?.elements[0]["shape"]
        == .array([.number(50), .number(30)]))
  }

  @Test("a scoreboard counts how often each rule finds the rank")
  func scoreboard() throws {
    let arguments = [
      "court", "gallery:noise,rows=40,columns=30", "--scoreboard", "--ranks", "1,2", "--strength", "0.5,5", "--seeds",
      "2",
    ]
    let report = try Program.run(arguments + ["--json"]).json()
    #expect(report["schema"] == .text("lowrank.scoreboard/1"))
    #expect(report["cells"]?.elements.count == 4)
    let strong = report["cells"]?.elements.filter { $0["strength"] == .number(5) } ?? []
    for cell in strong { #expect(cell["rules"]?.elements.first?["exact"] == .number(2)) }
    let total = report["totals"]?.elements.first { $0["id"] == .text("gavish_donoho") }
    #expect(total?["matrices"] == .number(8) && total?["exact"] == .number(4))
    #expect(try Program.run(arguments + ["--json"]).json()["totals"] == report["totals"])
    let text = try Program.run(arguments).output
    #expect(text.contains("0.50 × edge") && text.contains("shrunken σ") && text.contains("mean rank"))
  }

  @Test("noise alone has one level, and says what its errors are relative to")
  func noiseAlone() throws {
    let shape = "gallery:noise,rows=20,columns=10"
    let text = try Program.run("court", shape, "--scoreboard", "--ranks", "0", "--seeds", "2").output
    #expect(text.contains("planted rank 0, 2 matrices each\nnoise alone, errors relative to its expected norm; "))
    #expect(!text.contains("edge\n") && text.contains("noise 1"))
    let zero = try Program.run("plant", shape, "--rank", "0").output
    #expect(zero.contains("the signal is zero: true errors are relative to the noise’s expected norm"))
    let one = try Program.run("plant", shape, "--rank", "1").output
    let signal = try #require(one.split(separator: "\n").first { $0.hasPrefix("signal: ") })
    #expect(signal.hasPrefix("signal: σ₁ = ") && !signal.contains("…"))
  }

  @Test(
    "what does not fit together is one sentence and exit code 64",
    arguments: [
      ["court", "gallery:noise", "--ranks", "1"], ["court", "gallery:noise", "--noise", "1,2"],
      ["court", "gallery:noise", "--noise", "-1"], ["court", "gallery:noise", "--scoreboard", "--ranks", "1,x"],
      ["court", "gallery:noise", "--scoreboard", "--noise", "1", "--strength", "2"],
      ["court", "gallery:noise,rows=9,columns=9", "--scoreboard", "--ranks", "10"],
      ["court", "gallery:noise", "--scoreboard", "--seeds", "0"], ["plant", "gallery:noise", "--rank", "-1"],
      ["plant", "gallery:noise,rows=9,columns=9", "--rank", "10"],
      ["plant", "gallery:noise", "--rank", "2", "-o", "planted.png"],
      ["plant", "gallery:noise", "--rank", "2", "--noise", "nan"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64 && outcome.isOneErrorLine, "\(outcome.status) \(outcome.errors)")
  }
}
