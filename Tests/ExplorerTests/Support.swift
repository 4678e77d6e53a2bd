import Explorer
import LinearAlgebra
import MatrixFiles
import TerminalUI

/// A file in memory that holds named matrices.
struct MemoryFile: MatrixFile {
  let source: String
  let format = "memory"
  let matrices: [(name: String?, matrix: Matrix<Double>)]

  var tensors: [TensorEntry] {
    matrices.map { TensorEntry(name: $0.name, type: .f64, axes: [$0.matrix.rows, $0.matrix.columns]) }
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    do { try control.step(1) } catch { throw .cancelled }
    guard let found = matrices.first(where: { $0.name == entry.name }) else {
      throw .invalid(source, reason: "no such tensor")
    }
    return LoadedMatrix(
      matrix: DenseMatrix(found.matrix), entry: entry, summary: EntrySummary(found.matrix))
  }
}

/// A file in memory that holds the tensor 3 × 4 × 5 "stack", one of the same axes, "other", and a matrix, "flat"; entry
/// (0, 0) of a slice is its index, all else of any view is 1.
struct StackFile: MatrixFile {
  let source: String
  let format = "memory"

  var tensors: [TensorEntry] {
    [("stack", [3, 4, 5]), ("other", [3, 4, 5]), ("flat", [4, 5])].map {
      TensorEntry(name: $0.0, type: .f64, axes: $0.1)
    }
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    guard let shape = entry.matrixShape(options.view) else {
      throw .invalid(source, reason: entry.refusal(of: options.view) ?? "")
    }
    var first = 1.0
    if case .slice(let places) = options.view { first = Double(places.compactMap { $0 }.first ?? 1) }
    let matrix = Matrix<Double>(shape) { i, j in i == 0 && j == 0 ? first : 1 }
    return LoadedMatrix(
      matrix: DenseMatrix(matrix), entry: entry,
      notes: options.view == .usual ? [] : [options.view.title(of: entry.axes)], summary: EntrySummary(matrix))
  }
}

/// diag(8, 4, 2, 1, …) bordered by zeros: σ = 2^(count−1) … 1, known exactly.
func powersOfTwo(_ count: Int, rows: Int? = nil, columns: Int? = nil) -> Matrix<Double> {
  Matrix(Shape(rows ?? count, columns ?? count)) { i, j in i == j && i < count ? Double(1 << (count - 1 - i)) : 0 }
}

/// diag(1, 1/2, 1/3, …) of 96 rows and 80 columns.
let decaying = Matrix<Double>(Shape(96, 80)) { i, j in i == j ? 1 / Double(i + 1) : 0 }

/// Opens "diagonal" (12 × 10, σ = 2⁹ … 1), "pair" (two tensors) or fails.
let memoryOpener: ComputeQueue.MatrixOpener = {
  (source: String, _: WorkControl) throws(FileError) -> any MatrixFile in
  switch source {
  case "diagonal": MemoryFile(source: source, matrices: [(nil, powersOfTwo(10, rows: 12))])
  case "pair":
    MemoryFile(source: source, matrices: [("first", powersOfTwo(4)), ("second", powersOfTwo(6))])
  case "stack": StackFile(source: source)
  case "model": ModelFile(source: source, layers: 3)
  case "table", "holes": TableFile(source: source, hasHoles: source == "holes")
  case "picture": PictureFile(source: source)
  case "gallery:tiny": MemoryFile(source: source, matrices: [(nil, powersOfTwo(3))])
  case "gallery:wide": MemoryFile(source: source, matrices: [(nil, powersOfTwo(3, columns: 9))])
  case "zero": MemoryFile(source: source, matrices: [(nil, Matrix(zeros: Shape(5, 4)))])
  case "empty": MemoryFile(source: source, matrices: [(nil, Matrix(zeros: Shape(0, 4)))])
  case "decay": MemoryFile(source: source, matrices: [(nil, decaying)])
  case "one": MemoryFile(source: source, matrices: [(nil, Matrix(rows: [[3, 4]]))])
  default: throw .cannotOpen(source, reason: "no such file")
  }
}

let tinyGallery = [
  GalleryItem(source: "gallery:tiny", title: "Tiny", teaches: "Three values, each half the one before."),
  GalleryItem(source: "gallery:wide", title: "Wide", teaches: "The same three values in a wide matrix."),
]

/// A session whose work runs at once.
func makeSession(
  _ source: String?, size: ScreenSize = ScreenSize(rows: 24, columns: 80), display: Display = Display(),
  previewing: Previewing? = nil
) -> ExplorerSession {
  var state = ExplorerState(size: size, display: display, gallery: tinyGallery)
  if source != nil { state.home = .overview }
  let session = ExplorerSession(state, on: .immediate, opener: memoryOpener, previewing: previewing, wake: {})
  if let source { session.send(.open(source: source, tensor: nil)) } else { session.start() }
  settle(session)
  return session
}

/// Takes results until there are none, with the pictures that the layout wants.
func settle(_ session: ExplorerSession) {
  repeat {
    let facts = Screen.layout(session.state)
    if facts != session.state.layout { session.send(.layout(facts)) }
  } while session.takeResults() || !session.isIdle
}

/// Runs a command line as if it had been typed.
func command(_ line: String, _ session: ExplorerSession) {
  session.send(.run(line))
  settle(session)
}

/// Sends the actions of a recording.
func play(_ script: String, _ session: ExplorerSession) throws {
  var router = InputRouter()
  for step in try Script(script).steps {
    let event: InputEvent? =
      switch step {
      case .key(let key): .key(key)
      case .mouse(let mouse): .mouse(mouse)
      case .resize(let size): .resize(size)
      case .wait, .awaitIdle, .save: nil
      }
    if step == .awaitIdle { session.finishScan() }
    if let event, let action = router.action(event, session.state, Screen(session.state)) { session.send(action) }
    if case .wait(let seconds) = step { session.send(.tick(session.state.now + seconds)) }
    settle(session)
  }
}
