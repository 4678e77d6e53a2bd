import Factorizations
import RankAnalysis

/// Which method served, why, what was estimated before, and what was decided against.
package struct SolverExplanation: Codable, Hashable, Sendable {
  /// The method's identifier, as `--method` takes it.
  package var method: String
  /// Why it was taken.
  package var reason: String
  /// Relative to σ₁: what lies below is rounding.
  package var precisionFloor: Double
  /// The seconds and the bytes beside the matrix that were expected.
  package var estimatedSeconds: Double
  package var estimatedBytes: Double
  /// The methods not taken, the soonest first.
  package var rejected: [Alternative]

  /// A method that was not taken.
  package struct Alternative: Codable, Hashable, Sendable {
    package var method: String
    /// Why not: "about 2 s", or what it cannot do.
    package var reason: String
    /// Null where it could not serve.
    package var estimatedSeconds: Nullable<Double>

    enum CodingKeys: String, CodingKey {
      case method, reason
      case estimatedSeconds = "estimated_seconds"
    }
  }

  enum CodingKeys: String, CodingKey {
    case method, reason, rejected
    case precisionFloor = "precision_floor"
    case estimatedSeconds = "estimated_seconds"
    case estimatedBytes = "estimated_bytes"
  }

  /// What `decision` says.
  package init(_ decision: SolverDecision) {
    method = decision.plan.method
    reason = decision.reason
    precisionFloor = decision.plan.precisionFloor
    estimatedSeconds = decision.plan.estimatedSeconds
    estimatedBytes = decision.plan.estimatedBytes.rounded(.up)
    rejected = decision.rejected.map {
      Alternative(method: $0.method, reason: $0.reason, estimatedSeconds: Nullable($0.estimatedSeconds))
    }
  }

  /// The same as a small table.
  func text(style: TextStyle) -> String {
    var table = TextTable([("method", .left), (method, .left)], style: style)
    // A clause a line.
    for (index, clause) in reason.split(separator: "; ").enumerated() {
      table.append([index == 0 ? "why" : "", String(clause)])
    }
    table.append(["precision floor", "\(NumberFormat.plain(precisionFloor, digits: 2))·σ₁"])
    table.append(["estimated time", NumberFormat.seconds(estimatedSeconds)])
    table.append([
      "estimated memory", "\(NumberFormat.bytes(Int(min(estimatedBytes, 0x1p62)))) beside the matrix",
    ])
    for other in rejected { table.append(["not \(other.method)", other.reason]) }
    return table.text
  }
}
