/// Every factorization there is. A new one is one file under `Methods/` and one line here.
package enum FactorizationCatalog {
  /// The methods, the optimum first.
  package static let all: [any FactorizationMethod] = [
    TruncatedSVD(),
    RandomizedSVD(),
    AlternatingLeastSquares(),
    GradientDescent(),
    NonNegativeFactorization(),
    InterpolativeDecomposition(),
    CURDecomposition(),
    RobustPCA(),
  ]

  /// The identifiers that `--method` takes.
  package static var ids: [String] { all.map(\.id) }

  /// The method of that identifier.
  package static func method(_ id: String) -> (any FactorizationMethod)? { all.first { $0.id == id } }
}
