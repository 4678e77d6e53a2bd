import Explorer
import Lessons
import Testing

/// Something that a built-in lesson says with numbers that do not stand in braces, and how they are computed.
///
/// In the phrase each § stands for the next figure; with the figures in their places it must be what the step says.
struct Claim: CustomStringConvertible, Sendable {
  /// The step's id.
  let step: String
  /// The phrase, with § for every figure.
  let phrase: String
  /// Computes the figures, as they are written.
  let figures: @Sendable () throws -> [String]

  /// A claim of the step called `step`.
  init(_ step: String, _ phrase: String, _ figures: @escaping @Sendable () throws -> [String]) {
    self.step = step
    self.phrase = phrase
    self.figures = figures
  }

  var description: String { "\(step): \(phrase)" }

  /// The phrase with its figures.
  func written() throws -> String {
    let figures = try figures()
    let parts = phrase.split(separator: "§", omittingEmptySubsequences: false)
    try #require(parts.count == figures.count + 1, "as many figures as § in “\(phrase)”")
    return zip(parts.dropFirst(), figures).reduce(String(parts[0])) { $0 + $1.1 + $1.0 }
  }
}

/// What a step says, figures in braces left out.
struct StepWords {
  /// Everything, a paragraph a line.
  let text: String

  init(_ step: LessonStep) {
    var parts = [step.text]
    switch step.task {
    case .look: break
    case .predict(let prediction):
      parts.append(prediction.question)
      for choice in prediction.choices { parts += [choice.text, choice.reply].compactMap { $0 } }
      parts += [prediction.after].compactMap { $0 }
    case .reach(let goal): parts += [goal.question, goal.hint, goal.after].compactMap { $0 }
    }
    // Sources have years and volumes, which are no claims.
    text = parts.flatMap { $0.plainLines { _ in "…" } }.filter { !$0.hasPrefix("Sources:") }.joined(separator: "\n")
  }

  /// The numbers in `text`, but for coefficients as in "2mn" and years as in "(Hu et al. 2021)".
  static func numbers(in text: String) -> [Range<String.Index>] {
    text.ranges(of: /[0-9]+(?:[.,][0-9]+)*/).filter { range in
      let next = text[range.upperBound...].first
      let isYear = (next == ")" || next == ",") && (1900...2030).contains(Int(text[range]) ?? 0)
      return !isYear && next?.isLetter != true && next != "("
    }
  }
}
