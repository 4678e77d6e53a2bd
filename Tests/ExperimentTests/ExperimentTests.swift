import Experiments
import Factorizations
import Testing

@Suite("Experiments")
struct ExperimentErrorTests {
  @Test("a factorization that was cancelled is a cancelled experiment")
  func cancelled() {
    #expect(ExperimentError(FactorizationError.cancelled) == .cancelled)
    #expect(ExperimentError(.nonFinite(count: 2)) == .factorization(.nonFinite(count: 2)))
    #expect(ExperimentError.refused("No rows.").description == "No rows.")
  }
}
