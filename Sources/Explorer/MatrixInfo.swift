import LinearAlgebra
import MatrixFiles
import Preparation

/// What is known of the opened matrix before anything is computed.
package struct MatrixInfo: Sendable {
  /// What the user called it, shown in the title.
  package var source: String
  /// The tensor's name inside the file, if it has one.
  package var tensor: String?
  /// The file's format: "npy", "png", "gallery", …
  package var format: String
  /// m × n, of the matrix that is factored.
  package var shape: Shape
  /// The tensor as its file describes it.
  package var entry: TensorEntry
  /// What was done on the way.
  package var notes: [String]
  /// How the entries are a picture's intensities; nil where they are none.
  package var picture: PictureKind?
  /// The smallest entry that pictures show.
  package var minimum: Double
  /// The largest.
  package var maximum: Double
  /// The names of rows and columns.
  package var labels: AxisLabels
  /// What a look at a table's columns found.
  package var advice: [TableAdvice]
  /// Which means were taken away, and whether columns were scaled.
  package var isCentered: Bool

  /// The stored element type.
  package var type: ElementType { entry.type }
  /// Whether the entries are a picture's intensities.
  package var isPicture: Bool { picture != nil }
  /// The channels side by side: 3 of a colour picture, otherwise 1.
  package var channels: Int { picture == .colour && shape.columns % 3 == 0 ? 3 : 1 }
  /// The shape of one channel.
  package var pictureShape: Shape { Shape(shape.rows, shape.columns / channels) }

  /// What `prepared`, read from `source` in `format`, is.
  ///
  /// - Throws: ``Cancelled`` when `control` says so.
  /// - Complexity: constant; of a product of thin factors one pass over its entries, block by block.
  package init(
    source: String, format: String, _ prepared: PreparedMatrix, control: WorkControl
  ) throws(Cancelled) {
    let loaded = prepared.loaded
    let range = try prepared.pictureRange(control: control)
    self.source = printable(source)
    tensor = loaded.entry.name.map { printable($0) }
    self.format = format
    shape = loaded.shape
    entry = loaded.entry
    notes = loaded.notes
    picture = loaded.picture
    minimum = range.lowerBound
    maximum = range.upperBound
    labels = loaded.labels
    advice = prepared.advice
    isCentered = prepared.offsets != nil
  }
}
