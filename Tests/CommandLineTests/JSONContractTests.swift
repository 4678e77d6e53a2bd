import Reports
import Testing

/// Scripts depend on these names.
@Suite("JSON contract")
struct JSONContractTests {
  private static let spectrumKeys: Set<String> = [
    "schema", "source", "tensor", "rows", "columns", "dtype", "preparation", "method", "reason", "exact",
    "precision_floor",
    "frobenius_norm", "singular_values", "ranks", "thresholds", "measures", "parameters", "seconds", "read_seconds",
  ]
  private static let readoutKeys: Set<String> = [
    "rank", "parameters", "parameter_ratio", "relative_frobenius_error", "spectral_error", "energy",
    "measured_relative_frobenius_error", "measured_max_error",
  ]

  @Test("spectrum: every field")
  func spectrum() throws {
    let name = "gallery:planted,rows=30,columns=20,rank=3,noise=0.1"
    let plain = try Program.run("spectrum", name, "--json").json()
    #expect(plain.keys == Self.spectrumKeys)
    #expect(plain["schema"] == .text("lowrank.spectrum/1"))
    #expect(plain["source"] == .text(name))
    #expect(plain["tensor"] == .null)
    #expect(plain["rows"] == .number(30) && plain["columns"] == .number(20))
    #expect(plain["dtype"] == .text("f64") && plain["exact"] == .bool(true))
    #expect(plain["singular_values"]?.elements.count == 20)
    #expect(
      plain["ranks"]?.keys == [
        "numerical", "energy_90", "energy_95", "energy_99", "error_10", "error_5", "error_1", "gavish_donoho",
        "marchenko_pastur", "knee",
      ])
    #expect(plain["ranks"]?["gavish_donoho"] == .number(3))
    #expect(plain["thresholds"]?.keys == ["numerical", "gavish_donoho", "marchenko_pastur"])
    #expect(plain["measures"]?.keys == ["stable_rank", "effective_rank", "participation_ratio"])
    #expect(
      plain["parameters"] == .object(["dense": .number(600), "break_even_rank": .number(11), "offsets": .number(0)]))
  }

  @Test("spectrum --rank: the approximation, predicted and measured alike")
  func approximation() throws {
    let name = "gallery:planted,rows=30,columns=20,rank=3,noise=0.1"
    let ranked = try Program.run("spectrum", name, "--json", "--rank", "3", "--top", "4").json()
    #expect(ranked.keys == Self.spectrumKeys.union(["approximation"]))
    #expect(ranked["singular_values"]?.elements.count == 4)
    let readout = try #require(ranked["approximation"])
    #expect(readout.keys == Self.readoutKeys)
    #expect(readout["rank"] == .number(3) && readout["parameters"] == .number(150))
    #expect(readout["parameter_ratio"] == .number(0.25))
    #expect(readout["spectral_error"] == ranked["singular_values"]?.elements[3])
    let predicted = try #require(readout["relative_frobenius_error"]?.number)
    let measured = try #require(readout["measured_relative_frobenius_error"]?.number)
    #expect(predicted > 0.01 && abs(predicted - measured) < 1e-14)
    let energy = try #require(readout["energy"]?.number)
    #expect(abs(1 - predicted * predicted - energy) < 1e-15)
    let largest = try #require(readout["measured_max_error"]?.number)
    #expect(largest > 0.1 && largest < 1)
  }

  @Test("a zero matrix has ranks of zero and no measures")
  func zero() throws {
    let zero = try Program.run("spectrum", "-", "--json", "--rank", "1", input: Array("0,0\n0,0\n0,0\n".utf8)).json()
    #expect(zero["ranks"]?["numerical"] == .number(0) && zero["ranks"]?["knee"] == .number(0))
    #expect(
      zero["measures"] == .object(["stable_rank": .null, "effective_rank": .null, "participation_ratio": .null]))
    #expect(zero["frobenius_norm"] == .number(0))
    #expect(zero["approximation"]?["relative_frobenius_error"] == .number(0))
    #expect(zero["approximation"]?["energy"] == .number(1))
    #expect(zero["approximation"]?["measured_relative_frobenius_error"] == .number(0))
  }

  @Test("numbers read back as the same doubles", arguments: [0.1, 1.0 / 3, 2.5e-301, 6.02214076e23, 1e300, 0x1p-1074])
  func roundTrip(value: Double) throws {
    let line = try JSONText.line(["x": value])
    #expect(Double(line.dropFirst(#"{"x":"#.count).dropLast(2)) == value, "\(line)")
  }

  @Test("what JSON cannot say is refused")
  func nonFinite() {
    #expect(throws: EncodingError.self) { try JSONText.line(["x": Double.infinity]) }
  }

  @Test("info lists the tensors without reading them")
  func info() throws {
    let report = try Program.run("info", "gallery:hilbert,rows=6,columns=4", "--json").json()
    #expect(
      report
        == .object([
          "schema": .text("lowrank.info/1"), "format": .text("gallery"),
          "tensors": .array([
            .object([
              "name": .null, "dtype": .text("f64"), "shape": .array([.number(6), .number(4)]),
              "parameters": .number(24), "bytes": .number(192), "aliases": .array([]),
            ])
          ]),
          "unreadable": .array([]), "notes": .array([]), "metadata": .object([:]),
        ]))
  }

  @Test("approximate reports what it wrote")
  func approximate() throws {
    let scratch = try Scratch()
    let path = scratch.path("out.npz")
    let report = try Program.run(
      "approximate", "gallery:planted,rows=30,columns=20,rank=3,noise=0", "--energy", "99.9999%", "-o", path, "--json"
    ).json()
    #expect(report["schema"] == .text("lowrank.approximation/1"))
    #expect(report["target"] == .object(["energy": .text("99.9999%")]))
    #expect(report["approximation"]?.keys == Self.readoutKeys)
    #expect(report["approximation"]?["rank"] == .number(3))
    #expect(report["output"] == .text(path))
    #expect(report["output_bytes"]?.number == Double(scratch.bytes(of: "out.npz").count))
    let factors = try Program.run("info", path, "--json").json()
    #expect(
      factors["tensors"]?.elements.map { $0["name"] } == [.text("left"), .text("right"), .text("singular_values")])
    #expect(factors["tensors"]?.elements[1]["shape"] == .array([.number(3), .number(20)]))
    // σ is absorbed in the left factor: its singular values are those of the matrix.
    let left = try Program.run("spectrum", path, "left", "--json").json()
    #expect(left["tensor"] == .text("left") && left["ranks"]?["numerical"] == .number(3))
  }
}
