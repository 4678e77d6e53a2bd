import CNcurses

/// ncurses draws in numbered pairs of colours: this hands them out as they are needed.
struct ColorPairs {
  private struct Colors: Hashable {
    let foreground: Int32, background: Int32
  }

  private var numbers: [Colors: Int32] = [:]

  /// The pair of two palette colours; nil is the terminal's own.
  mutating func pair(_ foreground: UInt8?, _ background: UInt8?) -> Int32 {
    let limit = curses_colors()
    func known(_ color: UInt8?) -> Int32 { color.map { Int32($0) % max(8, limit) } ?? -1 }
    let colors = Colors(foreground: known(foreground), background: known(background))
    if let number = numbers[colors] { return number }
    // When they run out, the oldest meanings are dropped: a later cell redefines them.
    if numbers.count + 1 >= Int(min(curses_color_pairs(), 32_000)) { numbers.removeAll(keepingCapacity: true) }
    let number = Int32(numbers.count + 1)
    init_extended_pair(number, colors.foreground, colors.background)
    numbers[colors] = number
    return number
  }
}
