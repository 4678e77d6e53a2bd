// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "lowrank",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // System libraries: a module map and a shim of a few lines each.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    // What Swift cannot say: signal handlers, an eventfd, file-descriptor polling.
    .target(name: "CTerminalSupport"),
    // Inner loops by the processor's best instructions, chosen when the program runs.
    .target(name: "CKernels"),
    // The sample files that are part of the program, as they are.
    .target(name: "CSampleMatrices", cSettings: [.headerSearchPath("../../SampleData")]),

    // The numeric rooms.
    .target(name: "LinearAlgebra", dependencies: ["COpenBLAS", "CKernels"]),
    .target(name: "MatrixFiles", dependencies: ["LinearAlgebra", "CZlib", "CPNG", "CTurboJPEG"]),
    .target(name: "MatrixGallery", dependencies: ["LinearAlgebra"]),
    .target(
      name: "Factorizations", dependencies: ["LinearAlgebra"], resources: [.embedInCode("Resources/solver-costs.txt")]),
    .target(name: "RankAnalysis", dependencies: ["LinearAlgebra", "Factorizations"]),
    // Between a file's entries and the matrix that is factored: columns, transposing, scaling, centring.
    .target(name: "Preparation", dependencies: ["LinearAlgebra", "MatrixFiles", "Factorizations", "RankAnalysis"]),

    // What is tried on a matrix: validation, planted truth, speed, projections, races.
    .target(
      name: "Experiments",
      dependencies: ["LinearAlgebra", "MatrixFiles", "Factorizations", "RankAnalysis", "Preparation"]),

    // What the tensors of a model are to each other: layers and roles, parts of fused weights, heads, adapters.
    .target(name: "ModelTensors", dependencies: ["LinearAlgebra", "MatrixFiles"]),
    // Whatever the user names – a file, standard input, the gallery – becomes a matrix file here.
    .target(
      name: "MatrixSources",
      dependencies: ["LinearAlgebra", "MatrixFiles", "MatrixGallery", "ModelTensors", "CSampleMatrices"]),
    // Many tensors at once: what a scan finds of each, and what keeps it.
    .target(
      name: "Checkpoints",
      dependencies: ["LinearAlgebra", "MatrixFiles", "ModelTensors", "Preparation", "Factorizations", "RankAnalysis"]),
    .target(
      name: "Reports",
      dependencies: [
        "LinearAlgebra", "MatrixFiles", "ModelTensors", "Preparation", "Factorizations", "RankAnalysis", "Experiments",
        "Checkpoints",
      ]),

    // The explorer.
    .target(
      name: "Explorer",
      dependencies: [
        "LinearAlgebra", "MatrixFiles", "ModelTensors", "Preparation", "Factorizations", "RankAnalysis", "Experiments",
        "Checkpoints",
      ]),
    .target(
      name: "TerminalUI",
      dependencies: [
        "LinearAlgebra", "ModelTensors", "Factorizations", "Preparation", "RankAnalysis", "Experiments", "Checkpoints",
        "Explorer",
      ]),
    .target(name: "NcursesTerminal", dependencies: ["Explorer", "TerminalUI", "CNcurses", "CTerminalSupport"]),

    // Lessons: files of steps for the explorer, read, checked and replayed.
    .target(
      name: "Lessons",
      dependencies: [
        "LinearAlgebra", "MatrixFiles", "MatrixGallery", "MatrixSources", "Preparation", "RankAnalysis", "Explorer",
        "Yams",
      ], resources: [.embedInCode("Resources")]),

    // The command line.
    .executableTarget(
      name: "lowrank",
      dependencies: [
        "NcursesTerminal", "Reports", "MatrixSources", "MatrixGallery", "Lessons",
        .product(name: "ArgumentParser", package: "swift-argument-parser"), "Yams",
      ]),

    // Lets benchmarks drive the solvers by lines; not part of the program.
    .executableTarget(
      name: "solver-bench", dependencies: ["LinearAlgebra", "Factorizations"], path: "Benchmarks/SolverBench"),

    // Runs one factorization for benchmarks that compare them; not part of the program.
    .executableTarget(
      name: "method-bench", dependencies: ["LinearAlgebra", "Factorizations"], path: "Benchmarks/MethodBench"),

    // Measures how soon the explorer's queue goes on after a cancel; not part of the program.
    .executableTarget(
      name: "cancel-bench", dependencies: ["LinearAlgebra", "MatrixFiles", "Preparation", "Explorer"],
      path: "Benchmarks/CancelBench"),

    // Writes the tensors of a file as arrays, for comparing with other readers; not part of the program.
    .executableTarget(
      name: "dump-tensors", dependencies: ["LinearAlgebra", "MatrixFiles", "MatrixSources"],
      path: "Benchmarks/DumpTensors"),

    // What only the tests need: a terminal emulator, and a pseudo-terminal to run the program on.
    .systemLibrary(name: "CVterm", path: "Tests/CVterm", providers: [.apt(["libvterm-dev"])]),
    .target(name: "CPtySupport", path: "Tests/CPtySupport"),

    // Tests mirror the rooms.
    .testTarget(name: "NumericsTests", dependencies: ["RankAnalysis", "Preparation", "MatrixGallery"]),
    .testTarget(
      name: "MatrixFilesTests", dependencies: ["MatrixFiles", "ModelTensors"], resources: [.copy("Fixtures")]),
    .testTarget(name: "ExperimentTests", dependencies: ["Experiments", "MatrixGallery"]),
    .testTarget(name: "CheckpointTests", dependencies: ["Checkpoints", "MatrixSources"]),
    .testTarget(name: "ExplorerTests", dependencies: ["TerminalUI"]),
    .testTarget(
      name: "LessonTests", dependencies: ["Lessons", "TerminalUI", "MatrixSources"], exclude: ["Fixtures"]),
    .testTarget(name: "CommandLineTests", dependencies: ["lowrank", "Reports", "MatrixSources"]),
    .testTarget(name: "EndToEndTests", dependencies: ["CVterm", "CPtySupport", "lowrank"]),
  ],
  swiftLanguageModes: [.v6]
)
