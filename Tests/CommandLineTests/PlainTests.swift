import Testing

@Suite("The dialogue")
struct PlainTests {
  private static let samples = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/SampleData/"
  private static let wine = samples + "wine.csv"

  /// Says `lines` one after the other; the answers line by line, the prompt's echo first.
  private func talk(
    _ arguments: [String], _ lines: String..., environment: [String: String] = [:]
  ) throws -> (outcome: Program.Outcome, answers: [[Substring]]) {
    let outcome = try Program.run(
      ["explore", "--plain"] + arguments, environment: environment, input: Array(lines.map { $0 + "\n" }.joined().utf8),
      from: .pipe)
    var answers: [[Substring]] = [[]]
    for line in outcome.output.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("> ") { answers.append([]) } else { answers[answers.count - 1].append(line) }
    }
    return (outcome, answers)
  }

  @Test("what was opened, what its columns call for, and where the rank stands")
  func opening() throws {
    let (outcome, answers) = try talk([Self.wine], "where", "quit")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let position: [Substring] = [
      "Rank 1 of 13: error 4.574 %, energy 99.79 %, 191 parameters, 8.254 % of A’s; break-even at rank 12.",
      "Picked by: 90 % energy, 95 % energy, 99 % energy, 10 % error, 5 % error.",
    ]
    #expect(
      answers[0] == [
        "\(Self.wine): 178 rows, 13 columns, f64; header skipped.",
        "“proline” varies 2,530 times as much as “nonflavanoid phenols”; “center columns” and “scale columns” make them "
          + "equal.",
      ] + position)
    #expect(answers[1] == position, "\(outcome.output)")
    #expect(outcome.output.contains("\n> where\n") && outcome.output.hasSuffix("> quit\n"))
  }

  @Test("a preview says that it is one, widens where the rank goes, and writes nothing")
  func preview() throws {
    let (outcome, answers) = try talk(
      ["--accuracy", "preview", "gallery:planted,rows=900,columns=700,rank=5,noise=0.1"], "values 699-700", "rank 300",
      "write preview.npz", "rules", "quit")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    func remark(_ count: Int) -> Substring {
      "These are certified bounds from \(count) of 700 triplets (failure ≤ 1e-10); the exact spectrum is not there yet."
    }
    #expect(answers[0].last == remark(256))
    #expect(answers[1].count == 2 && answers[1].allSatisfy { $0.contains(" ≤ ") }, "\(answers[1])")
    #expect(answers[2].first?.hasPrefix("Rank 300 of 700: error ") == true && answers[2].last == remark(384))
    #expect(answers[3] == ["The vectors are a preview's: only exact ones are written."])
    #expect(answers[4].contains("knee: needs the exact spectrum."))
  }

  @Test("view NAME is in the help, and answers with what that view found")
  func views() throws {
    let (_, answers) = try talk(
      ["gallery:planted,rows=40,columns=30,rank=3,noise=0.1"], "help", "view court", "court", "view blocks", "blocks",
      "view numbers", "quit")
    #expect(answers[1].contains { $0.hasPrefix("view NAME: ") }, "\(answers[1])")
    #expect(answers[2].count > 8 && answers[2] == answers[3], "\(answers[2])")
    #expect(!answers[4].isEmpty && answers[4] == answers[5], "\(answers[4])")
    #expect(answers[6].first?.hasPrefix("Rank ") == true, "\(answers[6])")
  }

  @Test("every rule on a line of its own that begins with its name")
  func rules() throws {
    let (_, answers) = try talk([Self.wine], "rules", "quit")
    let rules = answers[1]
    #expect(rules.count == 11 && rules.allSatisfy { $0.contains(": rank ") && $0.hasSuffix(".") }, "\(rules)")
    #expect(rules[1] == "90 % energy: rank 1. Σσ² up to 1 = 99.79 % ≥ 90 %; up to 0 = 0 %.")
  }

  @Test("preparing, layers and moves say what is there now")
  func moves() throws {
    let (outcome, answers) = try talk(
      [Self.wine], "center columns", "scale columns", "component 1", "next", "rank 2", "values 1-2", "blocks", "quit")
    #expect(answers[1][0] == "\(Self.wine): 178 rows, 13 columns, f64; header skipped; column means removed.")
    #expect(
      answers[2][0] == "\(Self.wine): 178 rows, 13 columns, f64; header skipped; columns scaled to deviation 1; column "
        + "means removed.", "\(outcome.output)")
    #expect(answers[3][0] == "Layer 1: σ = 28.9420, 36.20 % of the energy.")
    #expect(answers[3][2].hasPrefix("Largest column: flavanoids 0.423, total phenols 0.395, od280/od315 0.376,"))
    #expect(answers[5][0].hasPrefix("Rank 2 of 13: error "))
    #expect(answers[6].count == 2 && answers[6][0].hasPrefix("σ1 = 28.9420; error after it 79.88 %"), "\(answers[6])")
    #expect(answers[7].map { $0.prefix { $0 != ":" } } == ["parameters", "degrees of freedom", "bytes, f32"])
  }

  @Test("an error is said once, and does not stand in the way of what follows")
  func errors() throws {
    let (outcome, answers) = try talk([Self.wine], "frobnicate", ":rank 9999", "list", "where", "rank 9999", "", "quit")
    #expect(outcome.status == 0)
    #expect(answers[1] == ["There is no command “frobnicate”; :help lists them."])
    #expect(answers[2] == ["The largest rank here is 13."])
    #expect(answers[3] == ["There is no list; “open FILE” opens another matrix."])
    #expect(answers[4].count == 2 && answers[4][0].hasPrefix("Rank 1 of 13"))
    #expect(answers[5] == answers[2] && answers[6] == [])
  }

  @Test("write answers with the path, and the file is there")
  func writes() throws {
    let scratch = try Scratch()
    let path = scratch.path("factors.npz")
    let (_, answers) = try talk([Self.wine], "write \(path)", "write \(path)", "write \(path).tiff", "quit")
    #expect(answers[1] == ["Wrote \(path)."] && scratch.names == ["factors.npz"])
    #expect(answers[2] == ["\(path) exists; :write! \(path) replaces it."])
    #expect(answers[3].first?.contains(".npz") == true)
  }

  @Test(
    "missing cells are a question that a command answers",
    arguments: [("drop-rows", "3 rows"), ("column-mean", "5 rows"), ("zero", "5 rows")])
  func missing(choice: String, rows: String) throws {
    let scratch = try Scratch()
    try scratch.write(Array("a,b,c\n1,2,3\n4,,6\n7,nan,9\n1,1,2\n5,3,1\n".utf8), to: "m.csv")
    let (outcome, answers) = try talk([scratch.path("m.csv")], "where", "missing \(choice)", "where", "quit")
    #expect(outcome.status == 0)
    #expect(
      answers[0] == [
        "2 cells hold no number, in 2 of 5 rows; the first is at line 3, column 2.",
        "Say “missing drop-rows”, “missing column-mean” or “missing zero”.",
      ])
    #expect(answers[1] == ["No matrix is open; “list” shows what there is."])
    #expect(answers[2].first?.contains(": \(rows), 3 columns, f64") == true, "\(outcome.output)")
    #expect(answers[3].first?.hasPrefix("Rank ") == true)
  }

  @Test("the gallery is a numbered list, and is come back to")
  func gallery() throws {
    let (outcome, answers) = try talk([], "list", "5", "back", "where", "99", "list", "quit")
    #expect(outcome.status == 0)
    #expect(
      answers[0] == ["The gallery. “list” names its matrices, a number opens one, “help” lists the commands."])
    #expect(answers[1].count == 13 && answers[1][4].hasPrefix("5. Hilbert: "))
    #expect(answers[2].first?.hasPrefix("gallery:hilbert: 64 rows, 64 columns, f64") == true)
    #expect(answers[3] == ["The gallery. “list” names its matrices."])
    #expect(answers[4] == ["No matrix is open; “list” shows what there is."])
    #expect(answers[5] == ["The list has 13 rows."] && answers[6] == answers[1])
  }

  @Test("tensors of a file are listed and opened by number")
  func tensors() throws {
    let scratch = try Scratch()
    let path = scratch.path("f.npz")
    #expect(
      try Program.run("approximate", "gallery:hilbert,rows=6,columns=4", "--rank", "2", "-o", path).status == 0)
    let (_, answers) = try talk([path], "2", "list", "back", "list", "list GHT", "list f l", "list nothing", "quit")
    #expect(
      answers[0] == [
        "\(path) holds 3 tensors; a number opens one.", "1. left, f64, 6 × 2.", "2. right, f64, 2 × 4.",
        "3. singular_values, f64, 2.",
      ])
    #expect(answers[1].first == "\(path), right: 2 rows, 4 columns, f64.")
    #expect(answers[2] == ["A matrix is open; “back” returns to the list."])
    #expect(answers[3].count == 4)
    #expect(answers[4].count == 3 && answers[5] == ["2. right, f64, 2 × 4."] && answers[6] == ["1. left, f64, 6 × 2."])
    #expect(answers[7] == ["No name has “nothing” in it; “list” shows all."])
  }

  @Test("another spectrum beside it")
  func compare() throws {
    let (outcome, _) = try talk([Self.wine, "--compare", "gallery:hilbert,rows=8,columns=8"], "quit")
    #expect(outcome.output.contains("Beside it, gallery:hilbert,rows=8,columns=8:\n"), "\(outcome.output)")
  }

  @Test("ASCII where the locale has no more, and every question of the help is answered")
  func ascii() throws {
    let (outcome, answers) = try talk(
      [Self.wine], "help", "report", "spectrum", "explain energy", "explain nothing", "quit",
      environment: ["LANG": "C"])
    #expect(outcome.output.utf8.allSatisfy { $0 < 0x80 })
    #expect(
      answers[1].contains { $0.hasPrefix("values I-J: ") } && answers[1].contains { $0.hasPrefix("center MEANS: ") })
    #expect(answers[2].contains("parameters of A: 2,314.") || answers[2].count > 8)
    #expect(answers[3][0] == "s1 = 10886.7 holds 99.79 % of the energy.")
    #expect(answers[4].count >= 4)
    #expect(answers[5] == ["Nothing is called \"nothing\"; \"report\" and \"rules\" list the names."])
  }

  @Test("the end of the input is the end; what cannot be opened has the usual exit codes")
  func ends() throws {
    #expect(try talk([Self.wine]).outcome.status == 0)
    let missing = try talk(["/no/such/file.csv"], "where").outcome
    #expect(missing.status == 66 && missing.isOneErrorLine, "\(missing.errors)")
    let scratch = try Scratch()
    try scratch.write(Array("no numbers here".utf8), to: "x.csv")
    let broken = try talk([scratch.path("x.csv")], "where").outcome
    #expect(broken.status == 65 && broken.isOneErrorLine, "\(broken.errors)")
  }
}
