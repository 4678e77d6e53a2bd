import LinearAlgebra

/// The leading singular triplets of a matrix and certified bounds of all its singular values, growing on demand.
///
/// Between two calls nothing runs. What was computed is never thrown away: a larger subspace extends the smaller one, and
/// the bounds of one spectrum lie within those of the one before.
package protocol LeadingSolver: Sendable {
  /// How many leading triplets there are now, l ≤ p.
  var count: Int { get }
  /// Widens the subspace until at least `count` triplets are there, or all p; nothing is done if they are.
  ///
  /// - Throws: ``FactorizationError/cancelled`` within milliseconds of `control`'s word; what was complete by then stays.
  mutating func extend(to count: Int, control: WorkControl) throws(FactorizationError)
  /// All p singular values between bounds: the lower ones are those of the subspace, 0 beyond it.
  ///
  /// - Throws: ``FactorizationError/cancelled`` soon after `control`'s word; the solver is as before then.
  mutating func spectrum(control: WorkControl) throws(FactorizationError) -> Spectrum
  /// The approximate triplets, `count` of them: u_i and v_i orthonormal to working precision, A ≈ U_l Σ_l V_lᵀ.
  func leadingSVD(control: WorkControl) throws(FactorizationError) -> SVD
}
