/// Text of a lesson: paragraphs and items of lists, whose runs are plain, stressed, code, or figures of the matrix.
package struct LessonText: Hashable, Sendable {
  /// How a run is drawn.
  package enum Style: Hashable, Sendable { case plain, emphasis, strong, code }

  /// A run of one style.
  package enum Run: Hashable, Sendable {
    /// Words as they are.
    case words(String, Style)
    /// What an expression comes to.
    case figure(LessonExpression, Style)
  }

  /// A paragraph, or an item with its mark: "•", "2.".
  package struct Block: Hashable, Sendable {
    /// The mark of an item; nil of a paragraph.
    package var mark: String?
    /// What it says.
    package var runs: [Run]

    /// A block of `runs`.
    package init(mark: String? = nil, runs: [Run]) {
      self.mark = mark
      self.runs = runs
    }
  }

  /// The blocks.
  package var blocks: [Block]

  /// Text of `blocks`.
  package init(_ blocks: [Block]) { self.blocks = blocks }

  /// One paragraph as it is.
  package init(_ plain: String) { blocks = [Block(runs: [.words(plain, .plain)])] }

  /// The expressions of its figures.
  package var figures: [LessonExpression] {
    blocks.flatMap(\.runs).compactMap { run in if case .figure(let expression, _) = run { expression } else { nil } }
  }

  /// The blocks as plain lines, figures spelled by `spelling`.
  package func plainLines(_ spelling: (LessonExpression) -> String) -> [String] {
    blocks.map { block in
      (block.mark.map { $0 + " " } ?? "")
        + block.runs.map { run in
          switch run {
          case .words(let words, _): words
          case .figure(let expression, _): spelling(expression)
          }
        }.joined()
    }
  }
}
