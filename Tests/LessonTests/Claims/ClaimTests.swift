import Explorer
import Lessons
import Testing

@Suite("What the lessons say in numbers")
struct ClaimTests {
  /// The claims of every lesson, and what they say that is no claim: settings, names, formulas, years.
  static let all: [LessonClaims] = [
    .rank, .photograph, .parameters, .eckartYoung, .noise, .overfitting, .speed, .factors, .layer, .failure,
  ]

  @Test("every lesson is here")
  func complete() { #expect(Self.all.map(\.lesson).sorted() == BuiltInLessons.names.sorted()) }

  @Test("each figure is what its matrix has, and no number is neither computed nor given", arguments: all)
  func computed(_ claims: LessonClaims) throws {
    for step in try claims.steps() {
      let words = StepWords(step).text
      var covered: [Range<String.Index>] = []
      for claim in claims.claims where claim.step == step.id {
        let written = try claim.written()
        let places = words.ranges(of: written)
        #expect(!places.isEmpty, "\(claims.lesson), \(claim.step): computed “\(written)”")
        covered += places
      }
      for given in claims.given where given.step == step.id { covered += words.ranges(of: given.phrase) }
      for number in StepWords.numbers(in: words)
      where !covered.contains(where: { $0.lowerBound <= number.lowerBound && number.upperBound <= $0.upperBound }) {
        let start = words.index(number.lowerBound, offsetBy: -30, limitedBy: words.startIndex) ?? words.startIndex
        let end = words.index(number.upperBound, offsetBy: 15, limitedBy: words.endIndex) ?? words.endIndex
        Issue.record("\(claims.lesson), \(step.id): “\(words[number])” in “…\(words[start..<end])…”")
      }
    }
    for claim in claims.claims { _ = try claims.step(claim.step) }
  }

  @Test("nothing is given that a lesson does not say", arguments: all)
  func used(_ claims: LessonClaims) throws {
    for given in claims.given {
      let words = StepWords(try claims.step(given.step)).text
      #expect(words.contains(given.phrase), "\(claims.lesson), \(given.step): “\(given.phrase)”")
    }
  }
}

/// The claims of one lesson.
struct LessonClaims: Sendable, CustomStringConvertible {
  /// The lesson's name.
  let lesson: String
  /// What is computed.
  let claims: [Claim]
  /// What has numbers and is no claim – settings, formulas, thresholds – by the step's id.
  let given: [(step: String, phrase: String)]

  var description: String { lesson }

  func steps() throws -> [LessonStep] {
    try #require(BuiltInLessons.all.first { $0.name == lesson }, "there is no lesson “\(lesson)”").steps
  }

  func step(_ id: String) throws -> LessonStep {
    try #require(try steps().first { $0.id == id }, "“\(lesson)” has no step “\(id)”")
  }
}
