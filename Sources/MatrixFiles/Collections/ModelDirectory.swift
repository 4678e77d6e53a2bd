/// Which files of a directory are a model's weights, where it is a model's directory.
package enum ModelDirectory {
  /// The weights to open as one.
  package enum Weights: Hashable, Sendable {
    /// One file: the weights themselves, or the index of their parts.
    case file(String)
    /// Parts without an index.
    case parts([String])
  }

  /// Finds the weights in the directory at `path`: what model libraries would load, safetensors before PyTorch's pickles.
  ///
  /// - Returns: nil where nothing says that it is a model's directory: neither an index, nor parts, nor – beside a
  ///   configuration – weights by their usual name. An adapter by its usual name needs none if no other weights are there.
  /// - Throws: ``FileError/cannotOpen(_:reason:)`` with the system's words; ``FileError/tooLarge(_:reason:)``.
  package static func weights(in path: String) throws(FileError) -> Weights? {
    let names = try DirectoryListing(path, limit: MatrixCollection.fileLimit).names
    let prefix = path.hasSuffix("/") ? path : path + "/"
    switch weights(among: names) {
    case .file(let name): return .file(prefix + name)
    case .parts(let names): return .parts(names.map { prefix + $0 })
    case nil: return nil
    }
  }

  /// The same by the names alone, which are in natural order.
  static func weights(among names: [String]) -> Weights? {
    let present = Set(names)
    let isModel = present.contains("config.json") || present.contains("adapter_config.json")
    // What trainers leave beside an adapter – optimizer.pt, training_args.bin – is no weights.
    let weights = names.filter { name in
      name.hasSuffix(".safetensors") || name.hasSuffix(".bin") && name.contains("_model")
    }
    for (whole, ending) in [
      ("model", ".safetensors"), ("adapter_model", ".safetensors"), ("pytorch_model", ".bin"),
      ("adapter_model", ".bin"),
    ] {
      let isPlain = isModel || whole == "adapter_model" && weights == [whole + ending]
      if isPlain, present.contains(whole + ending) { return .file(whole + ending) }
      if present.contains(whole + ending + ".index.json") { return .file(whole + ending + ".index.json") }
      if let parts = parts(among: names, ending: ending, stem: whole) { return .parts(parts) }
    }
    // Weights by another name: only where there is no choice.
    let indices = names.filter { $0.hasSuffix(".safetensors.index.json") }
    if indices.count == 1 { return .file(indices[0]) }
    if let parts = parts(among: names, ending: ".safetensors", stem: nil) { return .parts(parts) }
    // A split GGUF model finds its other parts itself.
    let splits = names.filter { $0.hasSuffix(".gguf") && $0.contains("-of-") }
    if let first = splits.first, splits.count == names.filter({ $0.hasSuffix(".gguf") }).count,
      Set(splits.map { $0.dropLast("-00001-of-00002.gguf".count) }).count == 1
    {
      return .file(first)
    }
    let files = names.filter { $0.hasSuffix(".safetensors") }
    return isModel && files.count == 1 ? .file(files[0]) : nil
  }

  /// The parts that begin with `stem`, or with whatever they all do.
  private static func parts(among names: [String], ending: String, stem: String?) -> [String]? {
    let parts = names.filter { name in
      ShardName(name).map { $0.ending == ending && (stem == nil || $0.stem == stem) } ?? false
    }
    return parts.isEmpty ? nil : ShardSet(parts)?.paths
  }
}
