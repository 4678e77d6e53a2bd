import LinearAlgebra
import MatrixFiles

/// A file of many tensors that knows what they are to each other: parts of fused weights, heads, products of heads,
/// adapters.
///
/// ``tensors`` are the file's own, adapters in place of the pairs that they are stored as. What follows from them has
/// names under theirs – "layers.3.attn.qkv.weight/q/head.2" – and is found by name or by ``derived(of:)``, only when it is
/// asked for.
package struct ModelFile: MatrixFile {
  package let tensors: [TensorEntry]
  package let unreadable: [UnreadableTensor]
  package let notes: [String]
  /// Those of ``notes`` that tell of a file beside it which is missing or damaged, and so of figures that may be wrong.
  package let warnings: [String]
  /// What the model says of itself.
  package let description: ModelDescription

  /// The file that is opened.
  let base: any MatrixFile
  /// The changes of weights that an adapter holds, by the names that they have in ``tensors``.
  let adapters: NameTable<AdapterPair>
  /// Where every tensor of the file stands in its own list, by all of its names.
  private let places: NameTable<Int>
  private let baseTensors: [TensorEntry]

  package var source: String { base.source }
  package var format: String { base.format }
  package var metadata: [String: String] { base.metadata }

  /// Wraps `base`, whose tensors have names, with the configuration files beside it.
  ///
  /// - Complexity: one pass over the names, and two small files.
  package init(_ base: any MatrixFile) {
    self.base = base
    let listed = base.tensors
    baseTensors = listed
    var places = NameTable<Int>()
    places.reserveCapacity(listed.count)
    for (index, entry) in listed.enumerated() {
      if let name = entry.name, places[name] == nil { places[name] = index }
    }
    for (index, entry) in listed.enumerated() {
      for alias in entry.aliases where places[alias] == nil { places[alias] = index }
    }
    self.places = places

    var warnings: [String] = []
    let found = AdapterPairs(in: listed, unreadable: base.unreadable, places: places)
    if found.isEmpty {
      (tensors, unreadable, adapters) = (listed, base.unreadable, NameTable())
    } else {
      let resolved = found.resolved(Self.adapterConfiguration(found, beside: base.source, &warnings))
      (tensors, adapters) = (resolved.tensors, resolved.pairs)
      let alphas = Set(resolved.pairs.all.compactMap(\.alpha).map { ExactName($0) })
      unreadable = base.unreadable.filter { !alphas.contains(ExactName($0.name)) } + resolved.refused
    }
    description =
      ModelDescription(metadata: base.metadata)
      ?? Self.read("config.json", beside: base.source, &warnings).map { ModelDescription(config: $0) }
      ?? ModelDescription()
    self.warnings = warnings
    notes = base.notes + warnings
  }

  /// `file` as a model where it is one: a file of several tensors, and no list of files.
  package static func wrapping(_ file: any MatrixFile) -> any MatrixFile {
    guard file.tensors.count > 1, !(file is MatrixCollection), !(file is ModelFile) else { return file }
    return ModelFile(file)
  }

  /// A configuration file; what is wrong with it costs only what it would have told.
  private static func read(_ name: String, beside source: String, _ warnings: inout [String]) -> JSONValue? {
    do throws(FileError) {
      return try JSONValue.beside(source, name: name)
    } catch {
      warnings.append("\(name) is left out: \(error)")
      return nil
    }
  }

  /// What `adapter_config.json` says of the adapters that were `found`; one that is missing or damaged costs their scales.
  private static func adapterConfiguration(
    _ found: AdapterPairs, beside source: String, _ warnings: inout [String]
  ) -> AdapterConfiguration {
    guard found.needsConfiguration else { return AdapterConfiguration(nil) }
    let absence: String
    do throws(FileError) {
      if let config = try JSONValue.beside(source, name: AdapterConfiguration.fileName) {
        return AdapterConfiguration(config)
      }
      absence =
        "no adapter_config.json beside it: the scale s of its adapters is taken as 1; copy it there for their norms"
    } catch {
      absence = "the scale s of its adapters is taken as 1; mend adapter_config.json for their norms: \(error)"
    }
    warnings.append(absence)
    return AdapterConfiguration(nil, absence: absence)
  }

  /// The file's own tensor called `name`, by any of its names.
  func stored(_ name: String) -> TensorEntry? { places[name].map { baseTensors[$0] } }

  package func tensor(named name: String?) throws(FileError) -> TensorEntry {
    if let name {
      if let pair = adapters[name] { return pair.entry }
      if let entry = stored(name) { return entry }
      if let derived = derivedTensor(named: name) { return derived.entry }
      if let refused = unreadable.first(where: { $0.name.isExactly(name) }) {
        throw .invalid(source, reason: refused.reason)
      }
    } else if tensors.count == 1 {
      return tensors[0]
    }
    let derived = (name.map { siblings(of: $0) } ?? []).compactMap(\.entry.name)
    throw .chooseTensor(source, names: derived.isEmpty ? tensors.compactMap(\.name) : derived, asked: name)
  }

  package func read(
    _ entry: TensorEntry, options: ReadOptions, control: WorkControl
  ) throws(FileError) -> LoadedMatrix {
    if let name = entry.name {
      if let pair = adapters[name] { return try read(pair, options: options, control: control) }
      if let derived = stored(name) == nil ? derivedTensor(named: name) : nil {
        return try read(derived, options: options, control: control)
      }
    }
    let loaded = try base.read(entry, options: options, control: control)
    guard let remark = remark(on: entry) else { return loaded }
    return loaded.noting(remark)
  }
}

extension LoadedMatrix {
  /// The same with another entry and more notes.
  func noting(_ notes: String..., as entry: TensorEntry? = nil) -> LoadedMatrix {
    LoadedMatrix(
      content: content, entry: entry ?? self.entry, notes: self.notes + notes, picture: picture, labels: labels,
      summary: summary)
  }
}
