/// `number` in subscript digits: "A₄₀".
package func subscripted(_ number: Int) -> String {
  let digits: [Character] = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"]
  return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
}

/// `number` in superscript digits: "10⁻³".
package func superscripted(_ number: Int) -> String {
  let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
  return (number < 0 ? "⁻" : "") + String(String(abs(number)).compactMap { $0.wholeNumberValue.map { digits[$0] } })
}
