import Glibc
import LinearAlgebra

/// Several files as one: a directory, or whatever was named together.
///
/// Each file is opened once to see its tensors and let go again; a tensor's file is opened once more when it is read, so
/// that thousands of files need no thousands of descriptors. What cannot be opened twice – a pipe – is kept.
package struct MatrixCollection: MatrixFile {
  /// The directory's path, or "3 files".
  package let source: String
  /// "directory" or "list".
  package let format: String
  package let tensors: [TensorEntry]
  package let unreadable: [UnreadableTensor]

  /// Opens one of the files.
  package typealias Opener = @Sendable (String, WorkControl) throws(FileError) -> any MatrixFile

  /// Where a tensor of the collection is.
  private struct Member: Sendable {
    /// What its file is opened by.
    let path: String
    /// What its own file says of it.
    let entry: TensorEntry
    /// The file, when it cannot be opened twice, or is a list itself, which holds no descriptors.
    let kept: (any MatrixFile)?
  }

  private let members: [TensorEntry: Member]
  private let opener: Opener

  /// More files than this are refused.
  package static let fileLimit = 10_000

  /// Opens the files of a directory, in the order of their names as people count; what is hidden, and directories within
  /// it, are passed over.
  ///
  /// - Throws: ``FileError/cannotOpen(_:reason:)`` with the system's words; ``FileError/invalid(_:reason:)`` when none of
  ///   its files is a matrix, ``FileError/tooLarge(_:reason:)`` when there are more than ``fileLimit``.
  package init(directory path: String, control: WorkControl, opener: @escaping Opener) throws(FileError) {
    let listing = try DirectoryListing(path, limit: Self.fileLimit)
    let prefix = path.hasSuffix("/") ? path : path + "/"
    try self.init(
      source: path, format: "directory", files: listing.names.map { (name: $0, path: prefix + $0) },
      refused: listing.refused, control: control, opener: opener)
  }

  /// Opens the files that `names` list, in that order; a name that stands there twice counts once.
  package init(names: [String], control: WorkControl, opener: @escaping Opener) throws(FileError) {
    let source = Self.title(of: names)
    guard names.count <= Self.fileLimit else { throw Self.tooMany(source) }
    var seen = Set<ExactName>()
    try self.init(
      source: source, format: "list",
      files: names.filter { seen.insert(ExactName($0)).inserted }.map {
        (name: Self.withoutSlash($0), path: $0)
      },
      refused: [], control: control, opener: opener)
  }

  /// "model" of "model/".
  private static func withoutSlash(_ name: String) -> String {
    var name = name
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    return name
  }

  /// What a list of `names` is called: "3 files".
  package static func title(of names: [String]) -> String { "\(names.count) files" }

  private init(
    source: String, format: String, files: [(name: String, path: String)], refused: [UnreadableTensor],
    control: WorkControl, opener: @escaping Opener
  ) throws(FileError) {
    var tensors: [TensorEntry] = []
    var unreadable = refused
    var members: [TensorEntry: Member] = [:]
    for (index, file) in files.enumerated() {
      let part = control.part(index, of: files.count)
      do throws(FileError) {
        try part.advance(0)
        let opened = try opener(file.path, part)
        let isKept = !canBeOpenedAgain(file.path) || opened is MatrixCollection
        for entry in opened.tensors {
          let name = opened.tensors.count == 1 ? file.name : "\(file.name):\(entry.name ?? unnamedTensor)"
          let named = TensorEntry(name: name, type: entry.type, axes: entry.axes)
          // Only a name made to look like another file's tensor can stand twice.
          guard members[named] == nil else { continue }
          tensors.append(named)
          members[named] = Member(path: file.path, entry: entry, kept: isKept ? opened : nil)
        }
        unreadable += opened.unreadable.map {
          UnreadableTensor(name: "\(file.name):\($0.name)", reason: "“\(printable(file.name))”: \($0.reason)")
        }
      } catch .cancelled {
        throw .cancelled
      } catch {
        unreadable.append(UnreadableTensor(name: file.name, reason: "“\(printable(file.name))”: \(error.reason)"))
      }
    }
    guard !tensors.isEmpty else {
      throw .invalid(
        source,
        reason: unreadable.first.map { "none of its files can be read as a matrix; the first is \($0.reason)" }
          ?? "it holds no files")
    }
    try control.advance(1)
    (self.source, self.format, self.tensors, self.unreadable) = (source, format, tensors, unreadable)
    (self.members, self.opener) = (members, opener)
  }

  package func read(
    _ entry: TensorEntry, options: ReadOptions, control: WorkControl
  ) throws(FileError) -> LoadedMatrix {
    guard let member = members[entry] else {
      throw .chooseTensor(source, names: tensors.compactMap(\.name), asked: entry.name)
    }
    let file = if let kept = member.kept { kept } else { try opener(member.path, control) }
    guard file.tensors.contains(member.entry) else {
      throw .invalid(member.path, reason: "it changed since it was listed; open it again")
    }
    let loaded = try file.read(member.entry, options: options, control: control)
    return LoadedMatrix(
      content: loaded.content, entry: entry, notes: loaded.notes, picture: loaded.picture, labels: loaded.labels,
      summary: loaded.summary)
  }

  fileprivate static func tooMany(_ source: String) -> FileError {
    .tooLarge(source, reason: "more than \(fileLimit) files cannot be listed together; name fewer of them")
  }
}

/// Whether `path` leads to a regular file or a directory, which can be opened again and again; a pipe cannot.
package func canBeOpenedAgain(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
}

extension FileError {
  /// The sentence without the file's name, which stands before it already.
  var reason: String {
    switch self {
    case .cannotOpen(_, let reason), .invalid(_, let reason), .tooLarge(_, let reason): reason
    default: description
    }
  }
}

/// The files of a directory by name.
struct DirectoryListing {
  /// In the order that people expect.
  private(set) var names: [String] = []
  /// What is there but cannot be a file: a link to nowhere, a name that is no text.
  private(set) var refused: [UnreadableTensor] = []

  /// Lists the directory at `path`; what is hidden, and whatever is no file, is left out.
  init(_ path: String, limit: Int) throws(FileError) {
    guard let directory = opendir(path) else { throw .cannotOpen(path, reason: systemMessage()) }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let bytes = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        Array(
          UnsafeRawBufferPointer(start: pointer, count: MemoryLayout.size(ofValue: pointer.pointee)).prefix { $0 != 0 })
      }
      if bytes.first == UInt8(ascii: ".") { continue }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        refuse(String(decoding: bytes, as: UTF8.self), "its name is not UTF-8; rename it")
        continue
      }
      var status = stat()
      if fstatat(dirfd(directory), name, &status, 0) != 0 {
        refuse(name, systemMessage())
      } else if status.st_mode & S_IFMT == S_IFREG {
        names.append(name)
      }
      guard names.count + refused.count <= limit else { throw MatrixCollection.tooMany(path) }
    }
    names.sort(by: NaturalOrder.precedes)
    refused.sort { NaturalOrder.precedes($0.name, $1.name) }
  }

  private mutating func refuse(_ name: String, _ reason: String) {
    refused.append(UnreadableTensor(name: name, reason: "“\(printable(name))”: \(reason)"))
  }
}
