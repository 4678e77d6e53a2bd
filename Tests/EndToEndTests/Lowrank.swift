import Glibc

/// The built program, found beside the tests.
enum Lowrank {
  /// `lowrank` in the directory that holds the test bundle, debug or release.
  static let program: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = max(0, readlink("/proc/self/exe", &buffer, buffer.count))
    let runner = String(decoding: buffer[..<count], as: UTF8.self)
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") && $0.hasPrefix("/") }
    let test = runner.contains(".xctest") ? runner : bundle ?? runner
    return test.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/lowrank"
  }()

  /// What a program finds in its environment, and no more.
  static let environment = [
    "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp",
  ]

  /// Starts the program on a terminal of its own.
  ///
  /// - Parameter environment: what differs from ``environment``; an empty value takes a variable away.
  static func start(
    _ arguments: [String], in scratch: Scratch, rows: Int = 36, columns: Int = 120, environment: [String: String] = [:],
    input: Int32 = -1
  ) throws -> TerminalEmulator {
    let merged = Self.environment.merging(environment) { $1 }.filter { !$0.value.isEmpty }
    return try TerminalEmulator(
      program, arguments, rows: rows, columns: columns, environment: merged, directory: scratch.path, input: input)
  }

  /// Starts the program on ``Staircase`` and waits until every figure of the first rank is there.
  static func exploreStaircase(
    _ arguments: [String] = [], in scratch: Scratch, rows: Int = 36, columns: Int = 120,
    environment: [String: String] = [:]
  ) throws -> TerminalEmulator {
    try Staircase.write(in: scratch)
    let terminal = try start(
      [Staircase.name] + arguments, in: scratch, rows: rows, columns: columns, environment: environment)
    try terminal.waitForMeasurement()
    return terminal
  }
}

/// The matrix that most tests open: 60 × 40 with σ = 40, 39 … 1 on its diagonal, so that every figure is known.
enum Staircase {
  static let name = "staircase.npy"
  static let rows = 60
  static let columns = 40

  static func write(in scratch: Scratch) throws {
    try scratch.writeMatrix(name, rows: rows, columns: columns) { i, j in i == j ? Double(columns - i) : 0 }
  }

  /// ‖A − A_k‖/‖A‖.
  static func error(rank: Int) -> Double {
    func squares(upTo count: Int) -> Double { (0...count).reduce(0) { $0 + Double($1 * $1) } }
    return (squares(upTo: columns - rank) / squares(upTo: columns)).squareRoot()
  }

  /// The numbers in the two factors.
  static func parameters(rank: Int) -> Int { rank * (rows + columns) }
}
