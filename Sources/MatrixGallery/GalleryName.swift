extension GalleryCatalog {
  /// Takes `gallery:NAME,key=value,…` apart: the family, and a value for each of its parameters.
  ///
  /// - Throws: ``GalleryError``, which lists what exists: names, keys or the accepted range.
  package static func selection(named text: String) throws(GalleryError) -> GallerySelection {
    let known = all.map(\.name).joined(separator: ", ")
    let fields = text.dropFirst("gallery:".count).split(separator: ",", omittingEmptySubsequences: false)
    guard text.hasPrefix("gallery:"), let name = fields.first, !name.isEmpty else {
      throw GalleryError("gallery: name one of its matrices, as in gallery:\(all[0].name); there are \(known)")
    }
    guard let entry = all.first(where: { $0.name == name }) else {
      throw GalleryError("the gallery has no “\(escaped(name))”; there are \(known)")
    }
    var given: [String: Double] = [:]
    for field in fields.dropFirst() {
      let (key, value) = try setting(field, of: entry)
      guard given.updateValue(value, forKey: key) == nil else {
        throw GalleryError("gallery:\(entry.name): \(key) is given twice; keep one")
      }
    }
    let values = entry.defaults.merging(given) { $1 }
    if let objection = entry.objection({ values[$0] ?? 0 }) {
      throw GalleryError("gallery:\(entry.name): \(objection)")
    }
    return GallerySelection(entry: entry, values: values)
  }

  /// One `key=value` of `entry`.
  private static func setting(
    _ field: Substring, of entry: any GalleryEntry
  ) throws(GalleryError) -> (key: String, value: Double) {
    let keys = entry.parameters.map(\.key).joined(separator: ", ")
    let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw GalleryError("gallery:\(entry.name): “\(escaped(field))” is not key=value; the keys are \(keys)")
    }
    guard let parameter = entry.parameters.first(where: { $0.key == parts[0] }) else {
      throw GalleryError("gallery:\(entry.name) has no “\(escaped(parts[0]))”; the keys are \(keys)")
    }
    guard let value = Double(parts[1]), value.isFinite else {
      throw GalleryError("gallery:\(entry.name): \(parameter.key)=\(escaped(parts[1])) is not a number")
    }
    guard parameter.range.contains(value) else {
      let (low, high) = (parameter.spelled(parameter.range.lowerBound), parameter.spelled(parameter.range.upperBound))
      throw GalleryError(
        "gallery:\(entry.name): \(parameter.key)=\(escaped(parts[1])) is out of range; it lies in \(low) … \(high)")
    }
    guard !parameter.isInteger || value == value.rounded() else {
      throw GalleryError("gallery:\(entry.name): \(parameter.key)=\(escaped(parts[1])) must be a whole number")
    }
    return (parameter.key, value)
  }

  /// `text` cut short and freed of anything but visible ASCII and letters: safe inside a message.
  private static func escaped(_ text: Substring) -> String {
    String(text.prefix(40).map { $0.isLetter || $0.isNumber || ($0.isASCII && $0 >= " " && $0 < "\u{7f}") ? $0 : "?" })
  }
}
