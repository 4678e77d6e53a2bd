import Preparation

/// What was done to the matrix before it was factored, in reports; the words are the command line's own.
package struct PreparationRecord: Codable, Hashable, Sendable {
  /// Which means were taken away: "none", "mean", "columns", "rows" or "both".
  package var center: String
  /// Whether columns were divided by their deviation: "none" or "columns".
  package var scale: String
  /// Whether rows and columns were exchanged.
  package var transposed: Bool
  /// The columns that stayed and those that went, as they were asked for; null without such a choice.
  package var columns: Nullable<String>
  package var dropped: Nullable<String>
  /// What became of missing cells: "drop-rows", "column-mean", "zero", or null.
  package var missing: Nullable<String>
  /// What was taken of a colour picture.
  package var channel: String
  /// How the tensor's axes became rows and columns, "fold=0,1" or "slice=3"; absent where it is the usual way.
  package var view: String?
  /// The column that names the rows, as it was asked for; absent without such a choice.
  package var label: String?

  /// The record of `preparation`.
  package init(_ preparation: Preparation) {
    center = preparation.centering.rawValue
    scale = preparation.scaling.rawValue
    transposed = preparation.isTransposed
    columns = Nullable(preparation.columns?.description)
    dropped = Nullable(preparation.dropped?.description)
    missing = Nullable(preparation.reading.missing?.rawValue)
    channel = preparation.reading.channel.rawValue
    view = preparation.reading.view == .usual ? nil : preparation.reading.view.description
    label = preparation.reading.label
  }
}
