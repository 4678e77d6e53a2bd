import MatrixFiles

/// What `adapter_config.json` says of the scales of a PEFT adapter.
///
/// Source: huggingface/peft, tuners/lora/layer.py and utils/save_and_load.py.
struct AdapterConfiguration: Sendable {
  /// What it is called.
  static let fileName = "adapter_config.json"

  private let alpha: Double?
  private let alphaPattern: [(pattern: String, alpha: Double)]
  private let isRankStabilized: Bool
  /// Whether the adapted weights are stored in × out.
  let isTransposed: Bool
  /// Why every scale is 1, where no scale is known.
  private let absence: String?

  /// Understands `config`; without one every scale is 1, and `absence` says why.
  init(_ config: JSONValue?, absence: String? = nil) {
    self.absence =
      absence
      ?? (config != nil && config?["lora_alpha"]?.double == nil
        ? "\(Self.fileName) states no lora_alpha: the scale s is taken as 1" : nil)
    alpha = config?["lora_alpha"]?.double
    isRankStabilized = config?["use_rslora"]?.bool == true
    isTransposed = config?["fan_in_fan_out"]?.bool == true
    let patterns = config?["alpha_pattern"]?.object
    alphaPattern = (patterns?.keys ?? []).compactMap { key in patterns?[key]?.double.map { (key, $0) } }
  }

  /// s of the module called `name` with a factor of `rank`: α/r, or α/√r where it is rank-stabilised; what is to be said
  /// of it.
  func scale(of name: String, rank: Int) -> (scale: Double, notes: [String]) {
    var notes: [String] = []
    var alpha = alpha
    for (pattern, value) in alphaPattern {
      guard let ending = Self.literal(pattern) else {
        notes.append("alpha_pattern “\(printable(pattern, limit: 40))” is a regular expression, which is not applied")
        continue
      }
      if name == ending || name.hasSuffix("." + ending) {
        alpha = value
        break
      }
    }
    guard let alpha, alpha.isFinite, rank > 0 else { return (1, notes + (absence.map { [$0] } ?? [])) }
    if isRankStabilized { notes.append("rank-stabilised: s = α/√r") }
    return (isRankStabilized ? alpha / Double(rank).squareRoot() : alpha / Double(rank), notes)
  }

  /// The ending of a name that `pattern` means, if it is one: PEFT matches it as a regular expression after a full stop.
  private static func literal(_ pattern: String) -> String? {
    let plain = pattern.replacing("\\.", with: ".")
    let start = plain.hasPrefix("^") ? plain.dropFirst() : plain[...]
    return start.contains { "\\*+?[](){}|$^".contains($0) } ? nil : String(start)
  }
}
