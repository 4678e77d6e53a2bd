import Explorer
import Factorizations
import LinearAlgebra
import RankAnalysis
import Testing
import TerminalUI

@Suite("The certified preview")
struct PreviewTests {
  /// The state after the preview of "decay" alone: σ_i = 1/i, 16 of 80 triplets.
  private func previewed(count: Int = 16) -> ExplorerState {
    makeSession("decay", previewing: .staged(.alone, count: count)).state
  }

  private func bounds(_ count: Int) throws -> SolvedSpectrum {
    try #require(previewed(count: count).spectrum)
  }

  private func exact() throws -> SolvedSpectrum { try #require(makeSession("decay").state.spectrum) }

  @Test("bounds and leading vectors come first: pictures, components and measuring work up to the last of them")
  func previewAlone() throws {
    let session = makeSession("decay", previewing: .staged(.alone, count: 16))
    let state = session.state
    let result = try #require(state.spectrum)
    #expect(result.isPreview && result.leadingCount == 16 && result.method == "staged, 16 of 80 triplets")
    #expect(state.vectors == .leading(16, limit: 64) && state.activity == .idle)
    #expect(state.rank <= 16, "the slider starts where there are vectors")
    session.send(.setRank(9))
    settle(session)
    #expect(session.state.measurement?.rank == 9)
    #expect(session.state.pictures?.approximation(rank: 9) != nil)
    #expect(session.state.pictures?.approximation(rank: 17) == nil, "A₁₇ is never drawn from 16 triplets")
  }

  @Test("exact values replace bounds, and the rank, the axis and the measurement stay")
  func exactReplaces() throws {
    var state = previewed()
    let before = state
    _ = reduce(&state, .queue(.spectrum(state.matrixID, try exact())))
    #expect(state.spectrum?.isPreview == false)
    #expect(state.rank == before.rank && state.vectors == before.vectors && state.measurement == before.measurement)
    #expect(state.spectrum?.shownValues == before.spectrum?.shownValues && before.spectrum?.shownValues != nil)
  }

  @Test("bounds never replace exact values, nor bounds from more triplets", arguments: [8, 16, 40])
  func staleBounds(count: Int) throws {
    var state = previewed()
    _ = reduce(&state, .queue(.spectrum(state.matrixID, try bounds(count))))
    #expect(state.spectrum?.leadingCount == max(16, count))
    _ = reduce(&state, .queue(.spectrum(state.matrixID, try exact())))
    _ = reduce(&state, .queue(.spectrum(state.matrixID, try bounds(count))))
    #expect(state.spectrum?.isPreview == false)
  }

  @Test("results of another matrix are dropped")
  func staleMatrix() throws {
    var state = previewed()
    _ = reduce(&state, .queue(.spectrum(state.matrixID - 1, try exact())))
    _ = reduce(&state, .queue(.vectors(state.matrixID - 1, .exact(80))))
    #expect(state.spectrum?.isPreview == true && state.vectors?.isExact == false)
  }

  @Test("vectors only ever become more, and exact ones stay")
  func vectorOrder() {
    var state = previewed()
    for (event, expected) in [
      (AvailableVectors.leading(8, limit: 64), AvailableVectors.leading(16, limit: 64)),
      (.leading(24, limit: 64), .leading(24, limit: 64)), (.exact(80), .exact(80)),
      (.leading(64, limit: 64), .exact(80)),
    ] {
      _ = reduce(&state, .queue(.vectors(state.matrixID, event)))
      #expect(state.vectors == expected)
    }
  }

  @Test("the vectors that land late do not change the slider, but are measured anew")
  func lateVectors() throws {
    var state = previewed()
    state.rank = 12
    let effects = reduce(&state, .queue(.vectors(state.matrixID, .exact(80))))
    #expect(effects == [.measure(state.matrixID, rank: 12, state.layout.pictures)] && state.rank == 12)
  }

  @Test("past the last vectors more are asked for, once a rank, and not again while they are on their way")
  func extensionRequests() {
    var state = previewed()
    _ = reduce(&state, .setRank(10))
    #expect(reduce(&state, .setRank(20)).contains(.extend(state.matrixID, rank: 20)))
    #expect(state.extending == 20)
    #expect(!reduce(&state, .setRank(18)).contains { if case .extend = $0 { true } else { false } })
    #expect(reduce(&state, .setRank(30)).contains(.extend(state.matrixID, rank: 30)))
    #expect(reduce(&state, .setRank(80)) == [.extend(state.matrixID, rank: 64)], "never past the limit")
    _ = reduce(&state, .queue(.vectors(state.matrixID, .leading(40, limit: 64))))
    #expect(state.extending == 64)
    _ = reduce(&state, .queue(.vectors(state.matrixID, .leading(64, limit: 64))))
    #expect(state.extending == nil && state.availableRank == 64)
    #expect(reduce(&state, .setRank(79)).isEmpty, "there is nothing more to be had")
  }

  @Test("an extension that fails says why, once")
  func failedExtension() {
    var state = previewed()
    _ = reduce(&state, .setRank(20))
    _ = reduce(&state, .queue(.cannotExtend(state.matrixID, "no memory")))
    #expect(state.extending == nil && state.notice?.text == "no memory")
  }

  @Test("the slider past the preview widens it, and the picture and the measurement follow")
  func extends() throws {
    let session = makeSession("decay", previewing: .staged(.alone, count: 16))
    session.send(.setRank(30))
    settle(session)
    #expect(session.state.vectors == .leading(46, limit: 64), "some more than asked for")
    #expect(session.state.measurement?.rank == 30 && session.state.spectrum?.leadingCount == 46)
    session.send(.show(.components))
    session.send(.stepComponent(49))
    settle(session)
    #expect(session.state.triplet?.index == 50)
    session.send(.setRank(80))
    settle(session)
    #expect(session.state.vectors?.count == 64 && session.state.measurement?.rank == 64)
    #expect(Screen(session.state).frame.text.contains("preview, failure ≤ 1e-10"))
  }

  @Test("a preview before the exact solve leaves what the exact solve alone leaves")
  func previewThenExact() throws {
    let session = makeSession("decay", previewing: .staged(.always, count: 16))
    let plain = makeSession("decay")
    #expect(session.state.spectrum?.isPreview == false && session.state.vectors == .exact(80))
    session.send(.setRank(7))
    plain.send(.setRank(7))
    settle(session)
    settle(plain)
    #expect(session.state.measurement == plain.state.measurement)
    #expect(
      session.state.pictures?.approximation(rank: 70) == plain.state.pictures?.approximation(rank: 70))
  }

  @Test("what is not certain yet is refused or open")
  func open() {
    let session = makeSession("decay", previewing: .staged(.alone, count: 3))
    command("rule numerical_rank", session)
    #expect(session.state.notice?.isError == true)
    command("write /tmp/never.npz", session)
    #expect(session.state.notice?.text == "the vectors are a preview's: only exact ones are written")
    let lines = PlainText.position(session.state)
    #expect(lines.last?.contains("certified bounds from 3 of 80 triplets (failure ≤ 1e-10)") == true, "\(lines)")
  }

  @Test("a preview that fails is no failure: the exact solve follows")
  func failingPreview() {
    let session = makeSession(
      "decay",
      previewing: .staged(.always, count: 16) { _ throws(FactorizationError) in throw .nonFinite(count: 1) })
    #expect(session.state.spectrum?.isPreview == false && session.state.failure == nil)
  }
}
