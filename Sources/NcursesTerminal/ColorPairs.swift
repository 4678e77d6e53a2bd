import CNcurses
import TerminalUI

/// ncurses draws in numbered pairs of colours: this hands them out as they are needed.
struct ColorPairs {
  private struct Colors: Hashable {
    let foreground: Int32, background: Int32
  }

  private var numbers: [Colors: Int32] = [:]

  /// The colour itself, as terminals that have no palette number them.
  private func direct(_ color: UInt8) -> Int32 {
    let parts = RGB(palette: color)
    return Int32(parts.red) << 16 | Int32(parts.green) << 8 | Int32(parts.blue)
  }

  /// The pair of two palette colours; nil is the terminal's own.
  mutating func pair(_ foreground: UInt8?, _ background: UInt8?) -> Int32 {
    let limit = curses_colors()
    func known(_ color: UInt8?) -> Int32 {
      guard let color else { return -1 }
      return limit == 1 << 24 ? direct(color) : Int32(color) % max(8, limit)
    }
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
