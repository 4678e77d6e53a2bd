/// The triangular factor of a matrix with one long side, in chunks of that side: what is kept is p × p.
///
/// Each chunk is stacked under the triangle so far and made triangular again. However A lies, no copy of all of it is made.
///
/// Source: Demmel, Grigori, Hoemmen & Langou, SIAM J. Sci. Comput. 34 (2012), A206–A239 (sequential TSQR).
package enum TallQR<Scalar: LAPACKScalar> {
  /// R, p × p, with the singular values of `a`·`scale`, p the short side of `a`.
  ///
  /// - Parameter control: asked between panels of 32 columns.
  /// - Complexity: 2p²N flops and a quarter more; 5p² scalars, or N·p where that is less.
  package static func triangle(
    of a: Matrix<Scalar>, scale: Scalar, control: WorkControl
  ) throws(BandReductionError) -> Matrix<Scalar> {
    let (p, long) = (a.shape.shortSide, a.shape.longSide)
    let chunk = min(long, max(4 * p, 512))
    let height = chunk == long ? long : p + chunk
    var stack = Matrix<Scalar>(zeros: Shape(height, p))
    var qr = PanelQR<Scalar>(rows: height, width: panelWidth)
    let product = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, p * panelWidth))
    defer { product.deallocate() }
    var above = 0
    for first in stride(from: 0, to: long, by: chunk) {
      let count = min(chunk, long - first)
      let part = control.part(Double(first) / Double(long)..<Double(first + count) / Double(long))
      let filled = Shape(above + count, p)
      try stack.withMutableEntries { entries throws(BandReductionError) in
        guard let start = entries.baseAddress else { return }
        let block = Block(start, filled, stride: height)
        a.withEntries { source in
          copyChunk(
            source, of: a.shape, first..<first + count, scale: scale,
            into: Block(start + above, Shape(count, p), stride: height))
        }
        try triangularize(block, &qr, product, part)
        clearBelowDiagonal(Block(start, Shape(min(filled.rows, p), p), stride: height))
      }
      above = min(filled.rows, p)
    }
    return stack.leadingRows(p)
  }

  private static var panelWidth: Int { 32 }

  /// Makes `a` upper triangular in place; what lies below the diagonal means nothing.
  private static func triangularize(
    _ a: Block<Scalar>, _ qr: inout PanelQR<Scalar>, _ product: UnsafeMutablePointer<Scalar>, _ control: WorkControl
  ) throws(BandReductionError) {
    let (m, n) = (a.shape.rows, a.shape.columns)
    guard let start = a.start else { return }
    for k in stride(from: 0, to: min(m, n), by: panelWidth) {
      do { try control.step(Double(k) / Double(n)) } catch { throw .cancelled }
      let width = min(panelWidth, n - k)
      do {
        let count = try qr.factor(Block(start + k + k * a.stride, Shape(m - k, width), stride: a.stride))
        let rest = n - k - width
        guard rest > 0 else { continue }
        let trailing = Block(start + k + (k + width) * a.stride, Shape(m - k, rest), stride: a.stride)
        let v = Block(qr.vectors, Shape(m - k, count), stride: m - k)
        let w = Block(product, Shape(rest, count), stride: rest)
        multiplyAdd(trailing, transposeA: true, v, into: w, beta: 0)
        multiplyFromRight(w, byUpper: qr.triangle, stride: qr.width)
        multiplyAdd(v, w, transposeB: true, into: trailing, alpha: -1, beta: 1)
      } catch {
        throw .lapack(error)
      }
    }
  }
}

/// Copies a range of the long side to the rows of `target`, times `scale`.
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func copyChunk<Scalar: LAPACKScalar>(
  _ source: UnsafeBufferPointer<Scalar>, of shape: Shape, _ range: Range<Int>, scale: Scalar, into target: Block<Scalar>
) {
  guard let to = target.start else { return }
  if shape.rows >= shape.columns {
    for j in 0..<shape.columns {
      for i in 0..<range.count { to[i + j * target.stride] = source[range.lowerBound + i + j * shape.rows] * scale }
    }
  } else {
    // Tiles, so that neither side is walked in long steps for long.
    for i0 in stride(from: 0, to: range.count, by: 32) {
      for j in 0..<shape.rows {
        for i in i0..<min(i0 + 32, range.count) {
          to[i + j * target.stride] = source[j + (range.lowerBound + i) * shape.rows] * scale
        }
      }
    }
  }
}

@_specialize(where Scalar == Float)
@_specialize(where Scalar == Double)
private func clearBelowDiagonal<Scalar: LAPACKScalar>(_ a: Block<Scalar>) {
  guard let start = a.start else { return }
  for j in 0..<a.shape.columns where j + 1 < a.shape.rows {
    (start + j * a.stride + j + 1).update(repeating: 0, count: a.shape.rows - j - 1)
  }
}
