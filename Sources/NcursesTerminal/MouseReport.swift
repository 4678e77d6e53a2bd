import CNcurses
import TerminalUI

/// A mouse report in xterm's SGR encoding, after its introducer `CSI <`: button, column, row, then M for down and moved
/// or m for up.
struct MouseReport {
  private var numbers = [0]
  /// Whether its last character was taken.
  private(set) var isComplete = false

  /// Takes the next character; the event, once the report is complete and means something.
  mutating func take(_ code: wint_t) -> MouseEvent? {
    switch code {
    case 0x30...0x39: numbers[numbers.count - 1] = min(99_999, numbers[numbers.count - 1] * 10 + Int(code - 0x30))
    case 0x3b where numbers.count < 3: numbers.append(0)
    default:
      isComplete = true
      return code == 0x4d || code == 0x6d ? event(isRelease: code == 0x6d) : nil
    }
    return nil
  }

  private func event(isRelease: Bool) -> MouseEvent? {
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    let point = Point(row: numbers[2] - 1, column: numbers[1] - 1)
    // Shift, Alt and Ctrl are 4, 8 and 16; 32 is motion, 64 the wheel.
    switch numbers[0] & ~28 {
    case 0: return MouseEvent(isRelease ? .release : .press, at: point)
    case 32...35: return MouseEvent(.move, at: point)
    case 64: return MouseEvent(.wheelUp, at: point)
    case 65: return MouseEvent(.wheelDown, at: point)
    default: return nil
    }
  }
}
