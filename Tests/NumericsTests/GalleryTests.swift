import Foundation
import LinearAlgebra
import Testing

@testable import MatrixGallery

@Suite("Gallery")
struct GalleryTests {
  private func singularValues(_ name: String) throws -> [Double] {
    try DivideAndConquer.singularValues(GalleryCatalog.matrix(named: name).matrix)
  }

  /// How many singular values are not rounding.
  private func numericalRank(_ name: String) throws -> Int {
    let values = try singularValues(name)
    return values.count { $0 > 1e-12 * values[0] }
  }

  @Test("a checkerboard of 0 and 1 has rank 2, of −1 and 1 rank 1")
  func checkerboard() throws {
    #expect(try numericalRank("gallery:checkerboard,rows=60,columns=50,tile=7") == 2)
    #expect(try numericalRank("gallery:checkerboard,rows=60,columns=50,tile=7,low=-1") == 1)
  }

  @Test("upright and level stripes have rank 1 or 2, leaning ones a high rank")
  func stripes() throws {
    #expect(try numericalRank("gallery:stripes") == 1)
    #expect(try numericalRank("gallery:stripes,angle=90") == 1)
    #expect(try numericalRank("gallery:stripes,angle=0,low=-1") == 1)
    #expect(try numericalRank("gallery:stripes,angle=10") > 40)
  }

  @Test("so many outer products have so high a rank", arguments: 0...8)
  func outerProducts(terms: Int) throws {
    #expect(try numericalRank("gallery:outer,terms=\(terms)") == terms)
    #expect(try numericalRank("gallery:outer,terms=\(terms),rows=50,columns=300") == terms)
  }

  @Test("the identity is full, a bump that stands still has rank 1, one that moves a high rank")
  func fullRanks() throws {
    #expect(try numericalRank("gallery:identity,rows=20,columns=30") == 20)
    #expect(try numericalRank("gallery:moving,speed=0") == 1)
    #expect(try numericalRank("gallery:moving,speed=1") > 20)
  }

  @Test("a power law has the singular values that it says", arguments: [0, 0.5, 2])
  func decay(power: Double) throws {
    let values = try singularValues("gallery:decay,rows=30,columns=40,power=\(power)")
    for (index, value) in values.enumerated() {
      #expect(abs(value - Foundation.pow(Double(index + 1), -power)) < 1e-13)
    }
  }

  @Test("the Hilbert matrix of order 10 has the published norm")
  func hilbert() throws {
    let values = try singularValues("gallery:hilbert,rows=10,columns=10")
    #expect(abs(values[0] - 1.7519196702651776) < 1e-14)
  }

  @Test("an orthogonal matrix has a flat spectrum", arguments: [(30, 30), (50, 20), (20, 50), (1, 1), (1, 9)])
  func orthogonal(rows: Int, columns: Int) throws {
    let values = try singularValues("gallery:orthogonal,rows=\(rows),columns=\(columns)")
    #expect(values.count == min(rows, columns))
    #expect(values.allSatisfy { abs($0 - 1) < 1e-14 })
  }

  @Test("a planted matrix without noise has the planted rank", arguments: [0, 1, 5, 20])
  func planted(rank: Int) throws {
    let name = "gallery:planted,rows=40,columns=20,noise=0,rank=\(rank)"
    #expect(try numericalRank(name) == rank)
  }

  @Test("ratings are whole numbers from 1 to 5; pictures lie in 0 … 255")
  func ranges() throws {
    let ratings = try GalleryCatalog.matrix(named: "gallery:ratings,noise=2").matrix.withEntries { Array($0) }
    #expect(ratings.allSatisfy { $0 >= 1 && $0 <= 5 && $0 == $0.rounded() })
    #expect(Set(ratings).count == 5)
    for name in ["gallery:smooth", "gallery:sharp"] {
      let picture = try GalleryCatalog.matrix(named: name)
      let summary = EntrySummary(picture.matrix)
      #expect(picture.isPicture && summary.minimum >= 0 && summary.maximum <= 255)
      #expect(summary.maximum - summary.minimum > 150)
    }
  }

  @Test("the smooth picture needs far fewer directions than the sharp one")
  func pictures() throws {
    func directions(_ name: String) throws -> Int {
      let energies = try singularValues(name).map { $0 * $0 }
      let total = energies.reduce(0, +)
      var kept = 0.0
      return
        (energies.firstIndex { energy in
          kept += energy
          return kept >= 0.9999 * total
        } ?? 0) + 1
    }
    #expect(try directions("gallery:smooth") * 4 < directions("gallery:sharp"))
  }

  @Test("the same name gives the same bits on every machine", arguments: checksums)
  func determinism(name: String, expected: UInt64) throws {
    let matrix = try GalleryCatalog.matrix(named: "gallery:\(name)").matrix
    #expect(matrix.withEntries { checksum($0) } == expected, "\(name)")
  }

  @Test("the full name makes the matrix again", arguments: GalleryCatalog.all.map(\.name))
  func fullName(name: String) throws {
    let first = try GalleryCatalog.matrix(named: "gallery:\(name)")
    let again = try GalleryCatalog.matrix(named: first.name)
    #expect(first.name == again.name)
    #expect(first.matrix.withEntries { checksum($0) } == again.matrix.withEntries { checksum($0) })
  }

  @Test(
    "a name that cannot be understood is answered with what exists",
    arguments: [
      ("gallery", "planted, noise, orthogonal"), ("gallery:", "there are planted"),
      ("gallery:plantd", "no “plantd”; there are planted"), ("gallery:planted,rnk=3", "the keys are rows, columns"),
      ("gallery:planted,rank", "not key=value"), ("gallery:planted,rank=x", "not a number"),
      ("gallery:planted,rank=nan", "not a number"), ("gallery:planted,rank=2.5", "whole number"),
      ("gallery:planted,rank=257", "0 … 256"), ("gallery:planted,rank=3,rank=4", "given twice"),
      ("gallery:planted,rows=8,rank=9", "exceeds the shorter side, 8"), ("gallery:\u{1b}[2J", "“?[2J”"),
    ])
  func refusals(text: String, says: String) {
    let error = #expect(throws: GalleryError.self) { try GalleryCatalog.matrix(named: text) }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
  }

  @Test("every default lies in its range and previews at once")
  func defaults() {
    for entry in GalleryCatalog.all {
      #expect(entry.parameters.allSatisfy { $0.range.contains($0.defaultValue) })
      #expect(GalleryCatalog.matrix(of: entry).matrix.shape.longSide <= 256)
      #expect(Set(entry.parameters.map(\.key)).count == entry.parameters.count)
    }
  }
}

/// FNV-1a over the bits of the entries.
///
/// Source: Fowler, Noll & Vo, draft-eastlake-fnv.
func checksum(_ entries: UnsafeBufferPointer<Double>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in UnsafeRawBufferPointer(entries) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}

private let checksums: [(String, UInt64)] = [
  ("planted,rows=60,columns=40", 0x06cef0d48125334e), ("noise,rows=60,columns=40", 0xca99b9934949b097),
  ("orthogonal,rows=40,columns=30", 0xfed4a0a83cbcc6e3),
  ("smooth,rows=40,columns=60", 0x919da7504af2fe0a), ("sharp,rows=40,columns=60", 0x7011fa47865406f2),
  ("ratings,rows=40,columns=30", 0x69c8cc349e6560fc),
]
