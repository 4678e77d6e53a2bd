import FoundationEssentials
import Glibc
import Testing

/// Runs the built program, found beside the test bundle.
enum Program {
  /// Where standard input comes from.
  enum Input {
    /// A file.
    case file
    /// A pipe, which must be able to hold all of it.
    case pipe
  }

  /// Where standard output goes.
  enum Output {
    case file
    case device(String)
    case descriptor(Int32)
  }

  /// What a run left behind.
  struct Outcome {
    /// The exit code, or minus the signal that ended it.
    let status: Int32
    let output: String
    let errors: String

    /// Whether the errors are exactly one line that begins as every error must.
    var isOneErrorLine: Bool {
      errors.hasPrefix("lowrank: ") && errors.hasSuffix("\n") && errors.count { $0.isNewline } == 1 && output.isEmpty
    }

    /// The output as a JSON object that stands on one line.
    func json() throws -> JSONValue {
      #expect(output.hasSuffix("\n") && output.count { $0.isNewline } == 1, "\(output) \(errors)")
      return try JSONDecoder().decode(JSONValue.self, from: Data(output.utf8))
    }
  }

  /// Runs `lowrank arguments`, given one by one.
  static func run(
    _ arguments: String..., environment: [String: String] = [:], input: [UInt8] = [], output: Output = .file
  ) throws -> Outcome {
    try run(arguments, environment: environment, input: input, output: output)
  }

  /// Runs `lowrank arguments` in the C.UTF-8 locale unless `environment` says otherwise.
  ///
  /// - Parameters:
  ///   - input: what standard input holds; `kind` is where it comes from.
  ///   - output: where standard output goes; the outcome holds it only when that is a file of its own.
  ///   - whileRunning: is told the process's id, once it was started.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [], from kind: Input = .file,
    output: Output = .file, whileRunning: (pid_t) -> Void = { _ in }
  ) throws -> Outcome {
    let scratch = try Scratch()
    try scratch.write(input, to: "stdin")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var holder: Int32 = -1
    switch kind {
    case .file: posix_spawn_file_actions_addopen(&actions, 0, scratch.path("stdin"), O_RDONLY, 0)
    case .pipe:
      // Open at both ends, the pipe takes the input before anybody reads; the child alone sees its end.
      let path = scratch.path("pipe")
      try #require(mkfifo(path, 0o600) == 0)
      holder = open(path, O_RDWR | O_CLOEXEC)
      try #require(holder >= 0 && input.count <= 65536)
      try #require(input.withUnsafeBytes { Glibc.write(holder, $0.baseAddress, $0.count) } == input.count)
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0)
    }
    switch output {
    case .file: posix_spawn_file_actions_addopen(&actions, 1, scratch.path("stdout"), O_WRONLY | O_CREAT, 0o600)
    case .device(let path): posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0)
    case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
    }
    posix_spawn_file_actions_addopen(&actions, 2, scratch.path("stderr"), O_WRONLY | O_CREAT, 0o600)
    let child = try start(arguments, environment: environment, &actions)
    if holder >= 0 { close(holder) }
    whileRunning(child)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return Outcome(
      status: signal == 0 ? status >> 8 & 0xff : -signal,
      output: scratch.text(of: "stdout"), errors: scratch.text(of: "stderr"))
  }

  private static func start(
    _ arguments: [String], environment: [String: String], _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    let variables = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    var argv = ([executable] + arguments).map { strdup($0) } + [nil]
    var envp = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    // The threads that run tests block signals; the program must not.
    var none = sigset_t()
    sigemptyset(&none)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var child = pid_t()
    try #require(
      posix_spawn(&child, executable, &actions, &attributes, &argv, &envp) == 0, "cannot start \(executable)")
    return child
  }

  /// The program lies where the test bundle lies, which is mapped into this process.
  private static let executable: String = {
    var maps = ""
    if let file = fopen("/proc/self/maps", "r") {
      while let line = readFileLine(file) { maps += line }
      fclose(file)
    }
    let mapping = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") } ?? ""
    let bundle = mapping.drop { $0 != "/" }
    return bundle.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/lowrank"
  }()

  private static func readFileLine(_ file: UnsafeMutablePointer<FILE>) -> String? {
    var line = [CChar](repeating: 0, count: 8192)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    return String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// A directory that is removed with its files when the value goes away.
final class Scratch {
  private let directory: String

  init() throws {
    var template = Array("/tmp/lowrank-test-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
      return String(cString: start)
    }
    directory = try #require(made)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  func path(_ name: String) -> String { "\(directory)/\(name)" }

  func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(filePath: path(name))) }

  func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  func bytes(of name: String) -> [UInt8] { (try? Data(contentsOf: URL(filePath: path(name)))).map(Array.init) ?? [] }

  static func bytes(at path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

  func text(of name: String) -> String { String(decoding: bytes(of: name), as: UTF8.self) }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] }
}

/// Any JSON, for looking at keys and nulls.
enum JSONValue: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  subscript(_ key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var keys: Set<String> {
    if case .object(let members) = self { Set(members.keys) } else { [] }
  }

  var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  var elements: [JSONValue] {
    if case .array(let values) = self { values } else { [] }
  }
}
