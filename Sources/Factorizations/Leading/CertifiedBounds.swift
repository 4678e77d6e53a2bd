import LinearAlgebra

/// Bounds of all singular values of A from a subspace: what is known of it, in f64, and the arithmetic.
///
/// Q is p × l with orthonormal columns, B = QᵀA, H = BBᵀ, C = AAᵀQ − QH = Q_cR. In a basis that begins with Q and Q_c
///
///     AAᵀ = [[H, Rᵀ, 0], [R, ·, ·], [0, ·, ·]] ≤ [[H, Rᵀ, 0], [R, d, 0], [0, 0, d]]   for d ≥ ‖(I − QQᵀ)A‖₂²,
///
/// because the lower right part is at most d·I.
struct CertifiedBounds {
  /// p.
  let count: Int
  /// σ(B), l of them, non-increasing.
  let values: [Double]
  /// H, l × l, of which the lower triangle counts.
  let gram: Matrix<Double>
  /// R, its columns those of the last block of Q.
  let coupling: Matrix<Double>
  /// ‖A‖_F.
  let frobeniusNorm: Double
  /// β: how far B may be from QᵀA for an exactly orthonormal Q, in the spectral norm.
  let slack: Double
  /// ‖C − Q_cR‖₂, at most.
  let leak: Double

  /// σ_i(A) ≥ σ_i(QᵀA), 0 beyond l.
  var lower: [Double] {
    values.map { max(0, $0 - slack) } + [Double](repeating: 0, count: count - values.count)
  }

  /// ‖(I − QQᵀ)A‖₂² ≤ ‖A‖_F² − ‖QᵀA‖_F², which is certain.
  ///
  /// Useless on a flat spectrum, where it holds all that is missed at once.
  var certainMissedSquare: Double {
    let captured = lower.reduce(0) { $0 + $1 * $1 }
    let total = frobeniusNorm * frobeniusNorm
    return max(0, total - captured) + total * 1e-13
  }

  /// Upper bounds that follow from ‖A‖_F alone: with the others at least at their lower bounds, the values m … i share what
  /// is left of ‖A‖_F², and σ_i is the least of them.
  func upperFromNorm() -> [Double] {
    let lower = self.lower
    let l = values.count
    // Σ of lower² before an index.
    var before = [0.0]
    for value in lower { before.append(before[before.count - 1] + value * value) }
    let total = frobeniusNorm * frobeniusNorm * (1 + 1e-13)
    return (0..<count).map { i in
      let available = total - (before[count] - before[i + 1])
      var least = Double.infinity
      for m in 0...min(i, l) { least = min(least, (available - before[m]) / Double(i - m + 1)) }
      return max(0, least).squareRoot()
    }
  }

  /// Upper bounds that follow from `missed` ≥ ‖(I − QQᵀ)A‖₂²: by Weyl's inequality σ_i(A)² ≤ σ_i(B)² + d, and by the
  /// eigenvalues of [[H, Rᵀ], [R, d·I]] together with d, d, ….
  ///
  /// Rounding moves the block matrix by at most 2β‖B‖ in H and as much in R twice over, and its eigenvalues by no more.
  func upper(missedSquare d: Double) throws(LAPACKError) -> [Double] {
    guard d.isFinite else { return [Double](repeating: .infinity, count: count) }
    let norm = (values.first ?? 0) + slack
    let rounding = 6 * slack * norm + slack * slack + leak
    let known = try blockEigenvalues(d)
    let rest = [Double](repeating: d, count: max(0, count - known.count))
    let squares = (known + rest).sorted(by: >)
    return (0..<count).map { i in
      let value = i < values.count ? values[i] + slack : slack
      return min(max(0, squares[i] + rounding), value * value + d).squareRoot()
    }
  }

  /// The eigenvalues of [[H, Rᵀ], [R, d·I]], non-increasing.
  private func blockEigenvalues(_ d: Double) throws(LAPACKError) -> [Double] {
    let (l, extra) = (values.count, coupling.rows)
    guard l + extra > 0 else { return [] }
    var block = Matrix<Double>(zeros: Shape(l + extra, l + extra))
    let first = l - coupling.columns
    block.withMutableEntries { entries in
      gram.withEntries { gram in
        for j in 0..<l { for i in 0..<l { entries[i + j * (l + extra)] = gram[i + j * l] } }
      }
      for i in 0..<extra {
        entries[(l + i) * (l + extra + 1)] = d
        for j in 0..<coupling.columns { entries[l + i + (first + j) * (l + extra)] = coupling[i, j] }
      }
    }
    return try symmetricEigenvalues(block)
  }
}
