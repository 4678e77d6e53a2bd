import MatrixFiles
import RankAnalysis

extension ExplorerState {
  /// The marked rank and the pinned spectrum.
  mutating func reduceComparison(_ action: ExplorerAction) -> [Effect] {
    guard spectrum != nil else { return [] }
    switch action {
    case .toggleMark:
      mark = mark == rank ? nil : rank
      if let mark { notice = Notice("marked k = \(NumberFormat.grouped(mark)); ' goes back and forth", until: now + 8) }
    case .swapMark:
      guard let marked = mark else {
        notice = Notice("nothing is marked: m marks this rank", until: now + 4)
        return []
      }
      mark = rank
      return setRank(marked)
    case .toggleGhost:
      if ghost != nil {
        ghost = nil
      } else if let info, let spectrum {
        ghost = Ghost(info, spectrum)
        notice = Notice(
          "pinned: it stays behind the next spectra, each relative to its own σ₁; p takes it away", until: now + 8)
      }
    default: break
    }
    return []
  }

  /// Takes a spectrum that was solved to compare with.
  mutating func take(_ outcome: Result<Ghost, ComparisonFailure>) {
    switch outcome {
    case .success(let found):
      ghost = found
      // A step's own keys stand where the notice would; the plot names what lies behind.
      if !showsLesson {
        notice = Notice("behind this spectrum: \(found.title), each relative to its own σ₁", until: now + 8)
      }
    case .failure(let failure): notice = Notice(failure.sentence, isError: true, until: now + 10)
    }
  }

  /// Asks for A_k to be written.
  mutating func write(_ path: String?, overwrites: Bool) -> [Effect] {
    guard spectrum != nil, let vectors else {
      notice = Notice("there is nothing to write before U and V are there", isError: true, until: now + 6)
      return []
    }
    guard vectors.isExact else {
      notice = Notice(
        activity == .idle
          ? "the vectors are a preview's: only exact ones are written"
          : "the exact vectors are still being computed: write again when they are there",
        isError: true, until: now + 8)
      return []
    }
    if let path {
      do throws(FileError) { _ = try MatrixWriter.format(of: path) } catch {
        notice = Notice(error.description, isError: true, until: now + 10)
        return []
      }
    }
    return [.write(matrixID, rank: rank, path: path, overwrites: overwrites)]
  }

  /// Changes how the screen is drawn.
  mutating func change(_ change: DisplayChange) -> [Effect] {
    switch change {
    case .theme(let theme): choose(theme)
    case .colorMap(let map): pictureView.map = map
    case .projector(let isOn): display.isProjected = isOn
    case .logarithmicValues(let isOn): logarithmicValues = isOn
    case .logarithmicIndex(let isOn): logarithmicIndex = isOn
    case .curves(let isOn): showsCurves = isOn
    case .keeping(let quantity): keep(quantity)
    }
    return []
  }
}
