/// How a tensor becomes a matrix, where there is a choice.
package struct ReadOptions: Hashable, Sendable {
  /// What is taken of a colour picture.
  package var channel: PictureChannel
  /// How more than two axes become rows and columns.
  package var view: TensorView
  /// What becomes of cells without a value; nil refuses them.
  package var missing: MissingPolicy?
  /// Whether they stay where they are, as entries that are not finite: for work that goes through observed entries alone.
  /// Without effect beside ``missing``.
  package var keepsMissing: Bool
  /// The column of a table, by its name in the header or its number from 1, that names the rows and is left out of the
  /// matrix; nil leaves that to the file.
  package var label: String?

  /// The usual reading: luma, all axes after the first folded into the columns, no cell missing, rows named by the file.
  package init(
    channel: PictureChannel = .luma, view: TensorView = .usual, missing: MissingPolicy? = nil,
    keepsMissing: Bool = false, label: String? = nil
  ) {
    self.channel = channel
    self.view = view
    self.missing = missing
    self.keepsMissing = keepsMissing
    self.label = label
  }
}

/// What is taken of a colour picture of m × n pixels; a grey one has nothing to choose.
package enum PictureChannel: String, Hashable, Sendable, CaseIterable {
  /// .299 R + .587 G + .114 B of the stored values, m × n.
  case luma
  /// One of the three, m × n.
  case red, green, blue
  /// The three side by side, m × 3n.
  case colour
}

/// How a tensor's axes become the rows and columns of a matrix. Axes count from 0, as NumPy's do.
///
/// As text, for a tensor of axes 200 × 25 × 30:
///
/// | text | rows × columns | entry |
/// |---|---|---|
/// | `usual` | 200 × 750 | a[i, j / 30, j % 30]: the same as `fold=0` |
/// | `fold=1` | 25 × 6000 | axis 1 for the rows, the others for the columns |
/// | `fold=0,1` | 5000 × 30 | axes 0 and 1 for the rows, the last of them fastest |
/// | `slice=3` | 25 × 30 | a[3] |
/// | `slice=:,:,7` | 200 × 25 | a[:, :, 7] |
/// | `slice=3,4` | 30 × 1 | a[3, 4], a column |
/// | `rows=0:64` | 64 × 750 | a[0:64], folded as usual |
/// | `columns=0:5` | 200 × 150 | a[:, 0:5]: of the axis after the first |
/// | `block=0:64,3` | 64 × 30 | a[0:64, 3] |
/// | `block=:/50.1/4` | 50 × 750 | a[1::4]: axis 0 split into 50 × 4, of which index 1 is taken |
package enum TensorView: Hashable, Sendable {
  /// Two axes as they are, one as a column, of more the first for rows and all others folded into the columns.
  case usual
  /// These axes, in this order, for the rows; the others, in theirs, for the columns. The last of either runs fastest.
  case fold([Int])
  /// One index for some axes – nil keeps an axis, as does ending early – as NumPy's a[:, :, 7]; what is kept then folds
  /// as usual.
  case slice([Int?])
  /// Ranges of the axes or of parts of them; what is kept then folds as usual.
  case block(TensorBlock)
}

/// What becomes of the cells of a table that hold no number.
package enum MissingPolicy: String, Hashable, Sendable, CaseIterable {
  /// Rows with such a cell are left out.
  case dropRows = "drop-rows"
  /// The cell gets the mean of its column's other cells.
  case columnMean = "column-mean"
  /// The cell gets a zero.
  case zero
}

/// The cells of a matrix that hold no finite number.
package struct MissingCells: Hashable, Sendable {
  /// How many.
  package var count: Int
  /// How many rows have one, and how many rows there are.
  package var rows: Int, allRows: Int
  /// Where the first is, in the file's own terms: "line 7, column 3".
  package var first: String

  /// `count` cells in `rows` of `allRows` rows, the first of them at `first`.
  package init(count: Int, rows: Int, allRows: Int, first: String) {
    self.count = count
    self.rows = rows
    self.allRows = allRows
    self.first = first
  }
}

/// The names of a matrix's rows and columns, safe to draw; an empty list where there are none.
package struct AxisLabels: Hashable, Sendable {
  /// One a row, or none.
  package var rows: [String]
  /// One a column, or none.
  package var columns: [String]

  /// Names for rows and columns.
  package init(rows: [String] = [], columns: [String] = []) {
    self.rows = rows
    self.columns = columns
  }
}

/// How a picture's intensities lie in its matrix.
package enum PictureKind: Hashable, Sendable {
  /// One number a pixel.
  case grey
  /// Red, green and blue side by side: m × 3n.
  case colour
}
