import Foundation
import Testing
import TerminalUI

/// The project's own directory.
private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

@Suite("The README")
struct ReadmeTests {
  @Test("its table of keys is the key map")
  func keys() throws {
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    for binding in KeyMap.bindings {
      #expect(readme.contains("| \(binding.shown) | \(binding.meaning) |\n"), "\(binding.shown) is missing")
    }
  }
}

@Suite("The house")
struct HouseTests {
  /// Which rooms each room may look into; what is not listed here has no rooms below it.
  private static let mayImport: [String: Set<String>] = [
    "LinearAlgebra": ["COpenBLAS", "CKernels"],
    "MatrixFiles": ["LinearAlgebra", "CZlib", "CPNG", "CTurboJPEG"],
    "MatrixGallery": ["LinearAlgebra"],
    "ModelTensors": ["LinearAlgebra", "MatrixFiles"],
    "MatrixSources": ["LinearAlgebra", "MatrixFiles", "MatrixGallery", "ModelTensors", "CSampleMatrices"],
    "Lessons": [
      "LinearAlgebra", "MatrixFiles", "MatrixGallery", "MatrixSources", "Preparation", "RankAnalysis", "Explorer",
    ],
    "Checkpoints": ["LinearAlgebra", "MatrixFiles", "ModelTensors", "Preparation", "Factorizations", "RankAnalysis"],
    "Factorizations": ["LinearAlgebra"],
    "RankAnalysis": ["LinearAlgebra", "Factorizations"],
    "Preparation": ["LinearAlgebra", "MatrixFiles", "Factorizations", "RankAnalysis"],
    "Experiments": ["LinearAlgebra", "MatrixFiles", "Factorizations", "RankAnalysis", "Preparation"],
    "Explorer": [
      "LinearAlgebra", "MatrixFiles", "ModelTensors", "Preparation", "Factorizations", "RankAnalysis", "Experiments",
      "Checkpoints",
    ],
    "TerminalUI": [
      "LinearAlgebra", "MatrixFiles", "ModelTensors", "Factorizations", "Preparation", "RankAnalysis", "Experiments",
      "Checkpoints", "Explorer",
    ],
    "NcursesTerminal": ["Explorer", "TerminalUI", "CNcurses", "CTerminalSupport"],
    "Reports": [
      "LinearAlgebra", "MatrixFiles", "ModelTensors", "Preparation", "Factorizations", "RankAnalysis", "Experiments",
      "Checkpoints",
    ],
  ]

  @Test("no room looks into one above it, and each C library has one home", arguments: mayImport.keys.sorted())
  func arrows(room: String) throws {
    let allowed = try #require(Self.mayImport[room])
    let rooms = Set(try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path()))
    for (file, imported) in try imports(of: room) where rooms.contains(imported) {
      #expect(allowed.contains(imported), "\(file) imports \(imported)")
    }
  }

  @Test("the command line leaves BLAS and curses to their homes")
  func commandLine() throws {
    for (file, imported) in try imports(of: "lowrank") {
      #expect(!["COpenBLAS", "CNcurses"].contains(imported), "\(file) imports \(imported)")
    }
  }

  /// Every `import` in the Swift files of a room.
  private func imports(of room: String) throws -> [(file: String, module: String)] {
    let directory = root.appending(path: "Sources").appending(path: room)
    let files = try FileManager.default.subpathsOfDirectory(atPath: directory.path()).filter { $0.hasSuffix(".swift") }
    #expect(!files.isEmpty)
    return try files.flatMap { file in
      try String(contentsOf: directory.appending(path: file), encoding: .utf8).split(separator: "\n").compactMap {
        line in
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else { return nil }
        return ("\(room)/\(file)", String(words[index + 1]))
      }
    }
  }
}
