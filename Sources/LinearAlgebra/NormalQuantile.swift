/// The z with Φ(z) = `p`, for p in (0, 1), to about 16 digits.
///
/// Rational approximations in q = p − ½ near the middle and in r = √(−ln p) in both tails. Evaluated with + − × ÷ and √
/// alone, so the result has the same bits everywhere.
///
/// Source: Wichura, Algorithm AS 241 (PPND16), J. R. Stat. Soc. C 37 (1988), 477–484.
package func normalQuantile(_ p: Double) -> Double {
  precondition(p > 0 && p < 1, "a probability lies between 0 and 1")
  let q = p - 0.5
  if abs(q) <= 0.425 {
    let r = 0.180625 - q * q
    return q * horner(r, middleNumerator) / horner(r, middleDenominator)
  }
  let r = (-naturalLogarithm(q < 0 ? p : 1 - p)).squareRoot()
  let magnitude =
    r <= 5
    ? horner(r - 1.6, tailNumerator) / horner(r - 1.6, tailDenominator)
    : horner(r - 5, farTailNumerator) / horner(r - 5, farTailDenominator)
  return q < 0 ? -magnitude : magnitude
}

/// ln x for a positive normal x: x = 2^e·m with √½ ≤ m < √2, and ln m = 2 artanh((m − 1)/(m + 1)) by its series.
///
/// The C library's logarithm may differ in the last bit from machine to machine; this one does not.
func naturalLogarithm(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var m = x.significand
  if m > 1.4142135623730951 {
    m /= 2
    exponent += 1
  }
  let s = (m - 1) / (m + 1)
  let square = s * s
  var sum = 0.0
  for odd in stride(from: 23, through: 3, by: -2) { sum = (sum + 1 / Double(odd)) * square }
  // ln 2 in two parts, the first with trailing zeros, so that its multiples are exact.
  let high = exponent * 0x1.62e42feep-1
  let low = exponent * 0x1.a39ef35793c76p-33
  return high + (low + (2 * s + 2 * s * sum))
}

private func horner(_ x: Double, _ coefficients: [Double]) -> Double {
  var sum = 0.0
  for coefficient in coefficients.reversed() { sum = sum * x + coefficient }
  return sum
}

private let middleNumerator: [Double] = [
  3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
  4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
]
private let middleDenominator: [Double] = [
  1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
  3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
]
private let tailNumerator: [Double] = [
  1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
  1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
]
private let tailDenominator: [Double] = [
  1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
  1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
]
private let farTailNumerator: [Double] = [
  6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
  2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
]
private let farTailDenominator: [Double] = [
  1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
  1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
]
