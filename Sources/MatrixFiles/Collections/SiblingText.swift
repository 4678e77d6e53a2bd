import Glibc

extension JSONValue {
  /// The JSON file called `name` beside `source`, or in it where that is a directory; nil where there is none.
  ///
  /// - Throws: ``FileError/invalid(_:reason:)`` when it is no JSON, or has more than `sizeLimit` bytes.
  package static func beside(
    _ source: String, name: String, sizeLimit: Int = 4_000_000
  ) throws(FileError) -> JSONValue? {
    guard source != "-" else { return nil }
    var status = stat()
    let isDirectory = stat(source, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    let place = isDirectory && !source.hasSuffix("/") ? source + "/" : source
    let file: any ByteSource
    do throws(FileError) { file = try SiblingFile.open(name, beside: place) } catch { return nil }
    guard file.count <= sizeLimit else {
      throw .invalid(file.name, reason: "it has \(file.count) bytes, more than the \(sizeLimit) that are read of one")
    }
    return try parse(try file.bytes(at: 0, count: file.count), source: file.name, sizeLimit: sizeLimit)
  }
}
