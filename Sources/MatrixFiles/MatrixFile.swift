import LinearAlgebra

/// A matrix that was read, with what a reader should be told about it.
package struct LoadedMatrix: Sendable {
  /// The entries, all of them finite, or the thin factors that they are products of.
  package let content: MatrixSource
  /// What the file said of it.
  package let entry: TensorEntry
  /// What was done on the way: "luma .299 R + .587 G + .114 B", "axes folded to 200 × 625", …; short, no full stop.
  package let notes: [String]
  /// How the entries are a picture's intensities, which are drawn with square pixels; nil where they are none.
  package let picture: PictureKind?
  /// The names of rows and columns.
  package let labels: AxisLabels
  /// Norms and range of the entries.
  package let summary: EntrySummary
  /// What was planted in it, where it was made from a known signal; nothing that is done to it keeps this.
  package var planted: PlantedRecipe?

  /// Whether the entries are a picture's intensities.
  package var isPicture: Bool { picture != nil }

  /// m × n.
  package var shape: Shape { content.shape }
  /// The entries; those of a product of thin factors are multiplied out each time they are asked for.
  package var matrix: DenseMatrix { content.formed() }

  /// `matrix` as read from `entry`.
  package init(
    matrix: DenseMatrix, entry: TensorEntry, notes: [String] = [], picture: PictureKind? = nil,
    labels: AxisLabels = AxisLabels(), summary: EntrySummary
  ) {
    self.init(
      content: .dense(matrix), entry: entry, notes: notes, picture: picture, labels: labels, summary: summary)
  }

  /// `product` as read from `entry`; its entries are not formed, and ``summary`` bounds their range by their norm.
  package init(product: ThinProduct, entry: TensorEntry, notes: [String]) {
    self.init(
      content: .product(product), entry: entry, notes: notes, summary: EntrySummary(product))
  }

  /// `content` as read from `entry`.
  package init(
    content: MatrixSource, entry: TensorEntry, notes: [String] = [], picture: PictureKind? = nil,
    labels: AxisLabels = AxisLabels(), summary: EntrySummary
  ) {
    self.content = content
    self.entry = entry
    self.notes = notes
    self.picture = picture
    self.labels = labels
    self.summary = summary
  }
}

extension LoadedMatrix {
  /// Refuses a product of thin factors whose entries would not fit in memory, before anybody asks for them.
  package func requireEntries(source: String) throws(FileError) {
    guard content.product != nil else { return }
    try MemoryBudget.require(shape, scalarSize: content.worksInFloat ? 4 : 8, source: source)
  }
}

/// A tensor that a file holds but that is no matrix of real numbers.
package struct UnreadableTensor: Hashable, Sendable {
  /// Its name in the file.
  package let name: String
  /// What it is instead, and what to do: a sentence that begins with the name.
  package let reason: String
  /// The type that the file states, in the format's own words: "IQ2_XXS"; nil where it states none.
  package var type: String?
  /// The lengths of its axes, as far as the file states them.
  package var axes: [Int] = []
  /// Its bytes as stored; nil where that is not known.
  package var bytes: Int?

  /// Whether it is a single number: nothing that would be a matrix is lost with it.
  package var isNumber: Bool { axes.isEmpty && type != nil }

  /// A tensor that cannot be read for `reason`.
  package init(name: String, reason: String, type: String? = nil, axes: [Int] = [], bytes: Int? = nil) {
    self.name = name
    self.reason = reason
    self.type = type
    self.axes = axes
    self.bytes = bytes
  }
}

/// An opened file: its tensors are known, their entries are read one tensor at a time.
package protocol MatrixFile: Sendable {
  /// What the user called it: a path, or "-" for standard input.
  var source: String { get }
  /// The format's short name: "npy", "npz", "csv", "png", …
  var format: String { get }
  /// Its tensors, in the file's order.
  var tensors: [TensorEntry] { get }
  /// What else it holds that cannot be read as a matrix, in the file's order.
  var unreadable: [UnreadableTensor] { get }
  /// What the file says of itself, as text: the header's scalars by their keys. Untrusted, like every name.
  var metadata: [String: String] { get }
  /// What a user should be told of the file as a whole: short, no full stop.
  var notes: [String] { get }

  /// The tensor called `name`, or the only one when `name` is nil.
  ///
  /// - Throws: ``FileError/chooseTensor(_:names:asked:)`` when that does not name exactly one;
  ///   ``FileError/invalid(_:reason:)`` when it names an ``unreadable`` one.
  func tensor(named name: String?) throws(FileError) -> TensorEntry

  /// The single number without axes that the file calls `name`: no matrix, and so one of ``unreadable``, but weights are
  /// scaled by such. Nil where there is none, or the format does not read it.
  func number(named name: String, control: WorkControl) throws(FileError) -> Double?

  /// Reads one tensor, which must be one of ``tensors``.
  ///
  /// Reports the fraction read between blocks; throws ``FileError/cancelled`` when told to stop. Entries that are not
  /// finite become what `options` say, or are refused with their number and the place of the first. Matrices that would
  /// not fit in memory are refused.
  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix
}

extension MatrixFile {
  /// The usual reading.
  package func read(_ entry: TensorEntry, control: WorkControl) throws(FileError) -> LoadedMatrix {
    try read(entry, options: ReadOptions(), control: control)
  }

  /// Most formats hold nothing but matrices.
  package var unreadable: [UnreadableTensor] { [] }
  /// Most say nothing.
  package var metadata: [String: String] { [:] }
  package var notes: [String] { [] }

  /// Asks for it as an axis of one element, which those can read who find a tensor by its name.
  package func number(named name: String, control: WorkControl) throws(FileError) -> Double? {
    guard let refused = unreadable.first(where: { $0.name.isExactly(name) }), refused.axes.isEmpty,
      let type = refused.type.flatMap({ ElementType(rawValue: $0.lowercased()) })
    else { return nil }
    do throws(FileError) {
      return try read(TensorEntry(name: name, type: type, axes: [1]), control: control).matrix[0, 0]
    } catch .chooseTensor {
      return nil
    } catch {
      throw error
    }
  }

  /// What a file holds none of whose tensors can be read, as a sentence; nil where it holds none at all.
  package var unreadableReason: String? {
    guard let first = unreadable.first, unreadable.count > 1 else { return unreadable.first?.reason }
    return "none of its \(unreadable.count) tensors can be read as a matrix; the first: \(first.reason)"
  }

  /// Looks through ``tensors``, their other names, and ``unreadable``.
  package func tensor(named name: String?) throws(FileError) -> TensorEntry {
    if let name, let entry = tensors.first(where: { $0.name?.isExactly(name) == true }) { return entry }
    if let name, let entry = tensors.first(where: { $0.aliases.contains { $0.isExactly(name) } }) { return entry }
    if let name, let refused = unreadable.first(where: { $0.name.isExactly(name) }) {
      throw .invalid(source, reason: refused.reason)
    }
    if name == nil, tensors.count == 1 { return tensors[0] }
    if name == nil, tensors.isEmpty, let reason = unreadableReason { throw .invalid(source, reason: reason) }
    throw .chooseTensor(source, names: tensors.map { $0.name ?? unnamedTensor }, asked: name)
  }
}
