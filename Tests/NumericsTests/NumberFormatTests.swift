import RankAnalysis
import Testing

@Suite("Number format")
struct NumberFormatTests {
  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (40_960, "40,960"), (-1_234_567, "-1,234,567")])
  func grouped(value: Int, text: String) { #expect(NumberFormat.grouped(value) == text) }

  @Test(
    "significant digits, with carries",
    arguments: [
      (7.195, "7.195"), (9.9996, "10.00"), (99.996, "100.0"), (0.1, "0.1000"), (7195, "7195"), (71950, "7.195e4"),
      (9999.6, "1.000e4"), (0.00012345, "0.0001234"), (0.000099999, "0.0001000"), (1.25e-7, "1.250e-7"), (0, "0"),
      (-2.5, "-2.500"), (0x1p-1074, "4.941e-324"), (1.7976931348623157e308, "1.798e308"),
    ])
  func plain(value: Double, text: String) { #expect(NumberFormat.plain(value, digits: 4) == text) }

  @Test("only the digits that both ends share")
  func significant() {
    #expect(NumberFormat.significant(Bounded(7.195)) == "7.195")
    #expect(NumberFormat.significant(Bounded(lower: 7.18, upper: 7.22)) == "7.2")
    #expect(NumberFormat.significant(Bounded(lower: 6.8, upper: 7.7)) == "6.8–7.7")
    #expect(NumberFormat.significant(Bounded(lower: 70_900, upper: 71_100)) == "7.1e4")
    #expect(NumberFormat.significant(Bounded(lower: 95, upper: 98)) == "95–98")
    #expect(NumberFormat.significant(Bounded(lower: 0, upper: 0.3)) == "0–0.30")
    #expect(NumberFormat.significant(Bounded(1.23456), digits: 2) == "1.2")
  }

  @Test(
    "percentages",
    arguments: [
      (Bounded(0.07195), 0, "7.195 %"), (Bounded(0.15625), 0, "15.62 %"), (Bounded(1), 0, "100 %"),
      (Bounded(0), 0, "0 %"),
      (Bounded(0.999987), 0, "99.9987 %"), (Bounded(0.99996), 0, "99.9960 %"), (Bounded(0.9994), 0, "99.94 %"),
      (Bounded(1 - 0x1p-40), 0, "99.999999999909 %"), (Bounded(1.5625), 0, "156.2 %"),
      (Bounded(1.2e-9), 0, "1.200e-7 %"),
      (Bounded(0), 1.2e-13, "0 %"), (Bounded(1e-300), 1.2e-13, "< 1.2e-11 %"),
      (Bounded(1e-14), 1.21e-13, "< 1.3e-11 %"),
      (Bounded(lower: 0, upper: 5e-13), 1e-13, "< 5.0e-11 %"), (Bounded(lower: 0.0716, upper: 0.0724), 0, "7.2 %"),
      (Bounded(lower: 0.068, upper: 0.077), 0, "6.8–7.7 %"), (Bounded(lower: 0.999_987_1, upper: 1), 0, "> 99.9987 %"),
      (Bounded(lower: 0.999_987_9, upper: 1), 0, "> 99.9987 %"), (Bounded(0.099996), 0, "10.00 %"),
    ])
  func percent(x: Bounded, floor: Double, text: String) { #expect(NumberFormat.percent(x, floor: floor) == text) }

  @Test("two figures of one quantity agree in every digit shown, or differ visibly")
  func agreeing() {
    func pair(_ a: Bounded, _ b: Bounded, _ floor: Double = 0) -> [String] {
      let (x, y) = NumberFormat.agreeing(a, b, floor: floor)
      return [x, y]
    }
    let a = Bounded(0.07195, uncertainty: 1e-8)
    #expect(pair(a, Bounded(0.07195)) == ["7.195 %", "7.195 %"])
    #expect(pair(a, Bounded(0.07194, uncertainty: 0.0001)) == ["7.2 %", "7.2 %"])
    #expect(pair(a, Bounded(0.08)) == ["7.195 %", "8.000 %"], "a true difference is not hidden")
    #expect(pair(Bounded(0), Bounded(lower: 0, upper: 1e-15), 1e-14) == ["< 1.0e-12 %", "< 1.0e-12 %"])
    #expect(pair(Bounded(0), Bounded(lower: 0, upper: 3e-14), 1e-14) == ["< 3.0e-12 %", "< 3.0e-12 %"])
    #expect(pair(Bounded(0), Bounded(1e-3), 1e-14) == ["0 %", "0.1000 %"])
    // On a rounding border, one digit fewer.
    #expect(pair(Bounded(0.0719549), Bounded(0.0719551)) == ["7.20 %", "7.20 %"])
    // Overlapping, but without a digit in common: their hull.
    let wide = pair(Bounded(lower: 4.9e-5, upper: 6e-5), Bounded(lower: 5e-5, upper: 6.1e-5))
    #expect(wide == ["0.0049–0.0061 %", "0.0049–0.0061 %"])
  }

  @Test(
    arguments: [
      (0, "0 B"), (512, "512 B"), (1023, "1023 B"), (1024, "1 KiB"), (90_911_539, "86.7 MiB"), (1_048_064, "1 MiB"),
      (1_022_000, "998 KiB"), (Int.max, "8 EiB"),
    ])
  func bytes(count: Int, text: String) { #expect(NumberFormat.bytes(count) == text) }

  @Test(
    arguments: [
      (0.0, "0"), (512, "512"), (999.6, "1 k"), (81_920, "81.9 k"), (82_000, "82 k"), (1_048_576, "1.05 M"),
      (999_600, "1 M"), (3.3e12, "3.3 T"),
    ])
  func count(value: Double, text: String) { #expect(NumberFormat.count(value) == text) }

  @Test(
    arguments: [
      (0.0, "0 s"), (4.2e-8, "42 ns"), (4e-10, "0.4 ns"), (1.5e-6, "1.5 µs"), (9.96e-7, "1 µs"), (0.00035, "350 µs"),
      (0.024, "24 ms"), (0.0024, "2.4 ms"), (0.9996, "1 s"), (1.2, "1.2 s"),
      (11.0, "11 s"), (59.7, "1 min"), (180, "3 min"), (7200, "2 h"), (0.000_999, "1 ms"),
    ])
  func seconds(value: Double, text: String) { #expect(NumberFormat.seconds(value) == text) }
}
