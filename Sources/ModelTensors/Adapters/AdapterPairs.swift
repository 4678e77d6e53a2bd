import MatrixFiles

/// The factors of adapters among the tensors of a file, by the modules that they change.
///
/// Sources: huggingface/peft, utils/save_and_load.py; kohya-ss/sd-scripts, networks/lora.py.
struct AdapterPairs {
  /// What an ending of a name means.
  private enum Role: Hashable { case down, up, embeddingDown, embeddingUp, alpha, magnitude, middle, foreign(String) }

  private struct Module {
    /// The first place of one of its tensors.
    let place: Int
    var parts: [Role: Int] = [:]
    var isPEFT = false
  }

  private static let endings: [(text: String, role: Role, isPEFT: Bool)] = [
    (".lora_A.weight", .down, true), (".lora_B.weight", .up, true),
    (".lora_A.default.weight", .down, true), (".lora_B.default.weight", .up, true),
    (".lora_embedding_A", .embeddingDown, true), (".lora_embedding_B", .embeddingUp, true),
    (".lora_embedding_A.default", .embeddingDown, true), (".lora_embedding_B.default", .embeddingUp, true),
    (".lora_magnitude_vector", .magnitude, true), (".lora_magnitude_vector.weight", .magnitude, true),
    (".lora_magnitude_vector.default.weight", .magnitude, true),
    (".lora_down.weight", .down, false), (".lora_up.weight", .up, false), (".lora_mid.weight", .middle, false),
    (".alpha", .alpha, false),
  ]

  /// The endings that an alpha may have, which is a number and no tensor.
  private static let alphaEnding = ".alpha"

  private let listed: [TensorEntry]
  private let numbers: Set<ExactName>
  private let places: NameTable<Int>
  private var modules = NameTable<Module>()
  private var order: [String] = []

  /// Looks through the names of `listed`, which `places` finds; alphas may be among what is `unreadable`.
  init(in listed: [TensorEntry], unreadable: [UnreadableTensor], places: NameTable<Int>) {
    self.listed = listed
    numbers = Set(unreadable.lazy.map(\.name).filter { $0.hasSuffix(Self.alphaEnding) }.map { ExactName($0) })
    self.places = places
    for (index, entry) in listed.enumerated() {
      guard let name = entry.name, let (module, role, isPEFT) = Self.understand(name) else { continue }
      if modules[module] == nil {
        order.append(module)
        modules[module] = Module(place: index)
      }
      modules[module]?.parts[role] = index
      if isPEFT { modules[module]?.isPEFT = true }
    }
    // An alpha alone is a parameter like any other.
    order.removeAll { name in
      guard let parts = modules[name]?.parts else { return true }
      return parts.keys.allSatisfy { $0 == .alpha || $0 == .magnitude }
    }
  }

  /// Whether there are none.
  var isEmpty: Bool { order.isEmpty }
  /// Whether their scales stand in `adapter_config.json`.
  var needsConfiguration: Bool { order.contains { modules[$0]?.isPEFT == true } }

  /// Whether a word of `name` begins as the factors of adapters do, or it ends as their alphas: quick, for thousands.
  private static func mayBelong(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { bytes in
      func begins(_ word: StaticString, at start: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        return start + length <= bytes.count && (0..<length).allSatisfy { word.utf8Start[$0] == bytes[start + $0] }
      }
      for index in bytes.indices where index == 0 || bytes[index - 1] == UInt8(ascii: ".") {
        switch bytes[index] {
        case UInt8(ascii: "l") where begins("lora_", at: index) || begins("lokr_", at: index): return true
        case UInt8(ascii: "h") where begins("hada_", at: index): return true
        case UInt8(ascii: "a") where index + 5 == bytes.count && begins("alpha", at: index): return true
        default: continue
        }
      }
      return false
    }
  }

  private static func understand(_ name: String) -> (module: String, role: Role, isPEFT: Bool)? {
    guard mayBelong(name) else { return nil }
    for ending in endings where name.hasSuffix(ending.text) && name.utf8.count > ending.text.utf8.count {
      return (String(name.dropLast(ending.text.count)), ending.role, ending.isPEFT)
    }
    let last = name.split(separator: ".").last ?? ""
    let family = last.hasPrefix("hada_") ? "LoHa" : last.hasPrefix("lokr_") ? "LoKr" : nil
    guard let family, last.count < name.count else { return nil }
    return (String(name.dropLast(last.count + 1)), .foreign(family), false)
  }

  /// The tensors with ΔW in place of its factors, what it is made of, and the modules that are no product of two factors.
  func resolved(
    _ configuration: AdapterConfiguration
  ) -> (tensors: [TensorEntry], pairs: NameTable<AdapterPair>, refused: [UnreadableTensor]) {
    var pairs = NameTable<AdapterPair>()
    var refused: [UnreadableTensor] = []
    var replaced: [Int: TensorEntry] = [:]
    var hidden = Set<Int>()
    for module in order {
      guard let found = modules[module] else { continue }
      let name = Self.plain(module)
      // A weight of the same name is there by itself in a checkpoint that holds both.
      let shown = places[name] == nil && pairs[name] == nil ? name : module
      do throws(Refusal) {
        let pair = try pair(found, called: shown, configuration)
        guard places[shown] == nil else { throw Refusal("there is a tensor of that name, too") }
        pairs[shown] = pair
        replaced[found.place] = pair.entry
        hidden.formUnion(found.parts.values)
      } catch {
        refused.append(
          UnreadableTensor(
            name: shown,
            reason: "“\(printable(shown))” is an adapter: \(error.reason); its parts are there by their own names"))
      }
    }
    let tensors = listed.indices.compactMap { index in
      replaced[index] ?? (hidden.contains(index) ? nil : listed[index])
    }
    return (tensors, pairs, refused)
  }

  /// Why a module is not shown as a product.
  private struct Refusal: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }

  /// "model.layers.0.q_proj" of "base_model.model.model.layers.0.q_proj".
  private static func plain(_ module: String) -> String {
    module.hasPrefix("base_model.model.") ? String(module.dropFirst(17)) : module
  }

  private func pair(
    _ module: Module, called name: String, _ configuration: AdapterConfiguration
  ) throws(Refusal) -> AdapterPair {
    for role in module.parts.keys {
      if case .foreign(let family) = role {
        throw Refusal("\(family) (LyCORIS), whose ΔW is no product of two thin factors")
      }
    }
    if module.parts[.middle] != nil { throw Refusal("its ΔW has a third factor between the two (lora_mid)") }
    let isEmbedding = module.parts[.embeddingDown] != nil
    guard let down = module.parts[isEmbedding ? .embeddingDown : .down].map({ listed[$0] }),
      let up = module.parts[isEmbedding ? .embeddingUp : .up].map({ listed[$0] })
    else { throw Refusal("one of its two factors is missing") }
    guard down.axes.count >= 2, up.axes.count >= 2, let a = down.matrixShape, let b = up.matrixShape,
      a.rows == b.columns, a.rows > 0
    else {
      throw Refusal("its factors do not fit: B is \(Self.text(up.axes)), A is \(Self.text(down.axes))")
    }
    guard canCount(b.rows, a.columns) else { throw Refusal("ΔW would have \(b.rows) × \(a.columns) entries") }
    var notes: [String] = []
    let scale: AdapterPair.Scale
    if module.isPEFT {
      let (known, said) = configuration.scale(of: name, rank: a.rows)
      (scale, notes) = (.known(known), said)
    } else if module.parts[.alpha] != nil || numbers.contains(ExactName(name + Self.alphaEnding)) {
      scale = .alpha(name + Self.alphaEnding)
    } else {
      (scale, notes) = (.known(1), ["without an alpha"])
    }
    if module.parts[.magnitude] != nil {
      notes.append("DoRA: direction only, the magnitudes of the columns left out")
    }
    // Embeddings are stored by token, which is what goes in.
    let isTransposed = isEmbedding || module.isPEFT && configuration.isTransposed && down.axes.count == 2
    return AdapterPair(
      entry: TensorEntry(
        name: name, type: down.type, axes: isTransposed ? [a.columns, b.rows] : [b.rows, a.columns]),
      down: down, up: up, scale: scale, isTransposed: isTransposed, notes: notes)
  }

  private static func text(_ axes: [Int]) -> String { axes.map(String.init).joined(separator: " × ") }
}
