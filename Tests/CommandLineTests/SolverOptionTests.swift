import Factorizations
import LinearAlgebra
import Testing

@Suite("Solver options")
struct SolverOptionTests {
  /// Large enough that a preview comes first, small enough for a test.
  private static let noisy = "gallery:planted,rows=900,columns=700,rank=5,noise=0.1"

  @Test(
    "what cannot be asked for leaves with 64",
    arguments: [
      (["--method", "svd\u{7}"], SolverCatalog.names.joined(separator: ", ")),
      (["--accuracy", "rough"], "full"), (["--threads", "0"], "at least one"), (["--threads", "-3"], "at least one"),
      (["--threads", String(BLASThreads.availableCores + 1)], "may use \(BLASThreads.availableCores) core"),
      (["--threads", "two"], "--threads"),
    ])
  func usage(arguments: [String], says: String) throws {
    for command in [
      ["spectrum", "gallery:hilbert"], ["approximate", "gallery:hilbert", "--rank", "1", "-o", "x.npy"],
    ] {
      let outcome = try Program.run(command + arguments)
      #expect(outcome.status == 64 && outcome.isOneErrorLine && outcome.errors.contains(says), "\(outcome.errors)")
    }
  }

  @Test("a method serves if it can: every name is taken, for values or for vectors", arguments: SolverCatalog.names)
  func methods(name: String) throws {
    for arguments in [[], ["--rank", "2"]] {
      let outcome = try Program.run(
        ["spectrum", "gallery:hilbert,rows=90,columns=60", "--json", "--method", name] + arguments)
      let solvers: [any SVDSolver] = arguments.isEmpty ? SolverCatalog.values : SolverCatalog.thinSVD
      let request = SolveRequest(
        shape: Shape(90, 60), worksInFloat: false, outcome: arguments.isEmpty ? .values : .thinSVD)
      switch solvers.first(where: { $0.name == name })?.offer(request) {
      case .plan(let plan): #expect(try outcome.json()["method"] == .text(plan.title))
      case .declined(let reason): #expect(outcome.status == 65 && outcome.errors.contains(reason), "\(outcome.errors)")
      case nil: #expect(outcome.status == 64 && outcome.errors.contains("there are"), "\(outcome.errors)")
      }
    }
  }

  @Test("the threads do not change the values beyond rounding")
  func threads() throws {
    let one = try Program.run("spectrum", Self.noisy, "--json", "--threads", "1").json()
    let all = try Program.run("spectrum", Self.noisy, "--json").json()
    let (a, b) = (one["singular_values"]?.elements ?? [], all["singular_values"]?.elements ?? [])
    let largest = try #require(a.first?.number)
    #expect(a.count == 700 && b.count == 700)
    for (x, y) in zip(a, b) { #expect(abs((x.number ?? 0) - (y.number ?? 1)) < 1e-12 * largest) }
  }

  @Test("--explain: the method, why, what it costs, and every other method that is meant for it")
  func explain() throws {
    let report = try Program.run("spectrum", "gallery:hilbert", "--json", "--explain").json()
    let explanation = try #require(report["explanation"])
    #expect(
      explanation.keys == ["method", "reason", "precision_floor", "estimated_seconds", "estimated_bytes", "rejected"])
    #expect(explanation["reason"] == report["reason"] && explanation["precision_floor"] == report["precision_floor"])
    let rejected = explanation["rejected"]?.elements ?? []
    let request = SolveRequest(shape: Shape(8, 8), worksInFloat: false, outcome: .values)
    let meant = SolverCatalog.values.filter { $0.isMeant(for: request) }
    let names = (rejected.map { $0["method"] } + [explanation["method"]]).compactMap(\.self)
    #expect(Set(names.map { "\($0)" }) == Set(meant.map { "\(JSONValue.text($0.name))" }))
    for other in rejected { #expect(other.keys == ["method", "reason", "estimated_seconds"]) }
    let text = try Program.run("spectrum", "gallery:hilbert", "--explain").output
    #expect(text.contains("precision floor") && text.contains("estimated memory") && text.contains("\n  not "))
    #expect(try !Program.run("spectrum", "gallery:hilbert").output.contains("estimated memory"))
  }

  @Test("a preview's bounds contain the exact figures, and its JSON has both ends")
  func preview() throws {
    let exact = try Program.run("spectrum", Self.noisy, "--json", "--rank", "5").json()
    let preview = try Program.run("spectrum", Self.noisy, "--json", "--rank", "5", "--accuracy", "preview").json()
    #expect(preview["exact"] == .bool(false))
    #expect(preview.keys == exact.keys.union(["confidence", "singular_values_upper", "ranks_lower"]))
    #expect(try #require(preview["confidence"]?.number) >= 1 - 1e-10)
    func numbers(_ report: JSONValue, _ key: String) -> [Double] { report[key]?.elements.compactMap(\.number) ?? [] }
    let (lower, upper) = (numbers(preview, "singular_values"), numbers(preview, "singular_values_upper"))
    let values = numbers(exact, "singular_values")
    #expect(lower.count == 700 && upper.count == 700 && values.count == 700)
    for (value, (low, high)) in zip(values, zip(lower, upper)) {
      #expect(low <= value * (1 + 1e-12) && value * (1 - 1e-12) <= high)
    }
    for (object, keys) in [
      ("approximation", ["relative_frobenius_error", "spectral_error", "energy"]),
      ("measures", ["stable_rank", "effective_rank", "participation_ratio"]),
    ] {
      for key in keys {
        let value = try #require(exact[object]?[key]?.number)
        let low = try #require(preview[object]?["\(key)_lower"]?.number)
        let high = try #require(preview[object]?["\(key)_upper"]?.number)
        #expect(low <= value * (1 + 1e-9) && value * (1 - 1e-9) <= high, "\(key)")
        #expect(exact[object]?["\(key)_lower"] == nil)
      }
    }
    for rule in preview["ranks"]?.keys ?? [] {
      let rank = try #require(exact["ranks"]?[rule]?.number)
      #expect(try #require(preview["ranks_lower"]?[rule]?.number) <= rank)
      #expect(try #require(preview["ranks"]?[rule]?.number) >= rank)
    }
    #expect(preview["ranks"]?["knee"] == nil)
  }

  @Test("a preview in text says how sure it is and shows one end")
  func previewText() throws {
    let text = try Program.run("spectrum", Self.noisy, "--rank", "5", "--accuracy", "preview").output
    #expect(text.contains("certified bounds, probability of failure ≤ 1e-10"))
    #expect(
      text.contains("≤ ") && text.contains("≥ ") && text.contains("needs the exact spectrum") && text.contains("░"))
    let ascii = try Program.run(
      "spectrum", Self.noisy, "--rank", "5", "--accuracy", "preview", environment: ["LANG": "C"]
    ).output
    #expect(ascii.utf8.allSatisfy { $0 < 0x80 } && ascii.contains("<= "))
  }

  @Test("where the exact spectrum is immediate, it is what a preview is")
  func immediate() throws {
    let report = try Program.run("spectrum", "gallery:hilbert", "--json", "--accuracy", "preview").json()
    #expect(report["exact"] == .bool(true) && report["confidence"] == nil && report["singular_values_upper"] == nil)
  }

  @Test("an approximation from a preview keeps what was asked for")
  func approximate() throws {
    let scratch = try Scratch()
    let report = try Program.run(
      "approximate", Self.noisy, "--error", "20%", "--accuracy", "preview", "-o", scratch.path("x.npz"), "--json"
    ).json()
    #expect(report["exact"] == .bool(false) && report["confidence"] != nil)
    let measured = try #require(report["approximation"]?["measured_relative_frobenius_error"]?.number)
    #expect(measured <= 0.2 && measured > 0.01)
    let left = try Program.run("spectrum", scratch.path("x.npz"), "left", "--json").json()
    #expect(left["columns"] == report["approximation"]?["rank"])
    // Too high a rank for a preview: the exact decomposition serves.
    let exact = try Program.run(
      "approximate", Self.noisy, "--error", "1%", "--accuracy", "preview", "-o", scratch.path("y.npz"), "--json"
    ).json()
    #expect(exact["exact"] == nil && exact["confidence"] == nil)
    #expect(try #require(exact["approximation"]?["measured_relative_frobenius_error"]?.number) <= 0.01)
  }
}
