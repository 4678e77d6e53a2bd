import LinearAlgebra
import MatrixFiles

extension ModelFile {
  /// Reads what is derived: a part as it lies in its tensor, a product as its two factors.
  func read(
    _ derived: DerivedTensor, options: ReadOptions, control: WorkControl
  ) throws(FileError) -> LoadedMatrix {
    try requireUsual(options.view, of: derived.entry)
    switch derived.content {
    case .part(of: let base, let view):
      var options = options
      options.view = view
      let loaded = try self.base.read(base, options: options, control: control)
      return LoadedMatrix(
        content: loaded.content, entry: derived.entry, notes: derived.notes + loaded.notes, picture: nil,
        labels: loaded.labels, summary: loaded.summary)
    case .product(let left, let transposesLeft, let right):
      let first = try matrix(left, options, control.part(0..<0.5))
      let second = try matrix(right, options, control.part(0.5..<1))
      return try product(
        transposesLeft ? first.transposed : first, second, scale: 1, entry: derived.entry, notes: derived.notes)
    }
  }

  /// Reads the two factors of a change of weights.
  func read(_ pair: AdapterPair, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    try requireUsual(options.view, of: pair.entry)
    let scale = try scale(of: pair, control: control)
    func factor(_ entry: TensorEntry, _ control: WorkControl) throws(FileError) -> DenseMatrix {
      try base.read(entry, options: factorOptions(options), control: control).matrix
    }
    // B·A, out × in.
    let up = try factor(pair.up, control.part(0..<0.5))
    let down = try factor(pair.down, control.part(0.5..<1))
    let notes =
      ["ΔW = s·B·A, rank \(down.shape.rows), s = \(scale)"] + pair.notes
    return pair.isTransposed
      ? try product(down.transposed, up.transposed, scale: scale, entry: pair.entry, notes: notes)
      : try product(up, down, scale: scale, entry: pair.entry, notes: notes)
  }

  private func matrix(
    _ operand: DerivedTensor.Operand, _ options: ReadOptions, _ control: WorkControl
  ) throws(FileError) -> DenseMatrix {
    let matrix = try base.read(operand.base, options: factorOptions(options, operand.view), control: control).matrix
    return operand.isTransposed ? matrix.transposed : matrix
  }

  /// Rows cannot be dropped from a factor, nor means put into it.
  private func factorOptions(_ options: ReadOptions, _ view: TensorView = .usual) -> ReadOptions {
    ReadOptions(view: view, missing: options.missing == .zero ? .zero : nil)
  }

  private func product(
    _ left: DenseMatrix, _ right: DenseMatrix, scale: Double, entry: TensorEntry, notes: [String]
  ) throws(FileError) -> LoadedMatrix {
    do throws(LAPACKError) {
      return LoadedMatrix(
        product: try ThinProduct(left: left, right: right, scale: scale), entry: entry, notes: notes)
    } catch {
      throw .tooLarge(source, reason: "“\(printable(entry.name ?? ""))”: \(error)")
    }
  }

  /// A derived matrix has rows and columns already.
  private func requireUsual(_ view: TensorView, of entry: TensorEntry) throws(FileError) {
    guard view == .usual || view == .fold([0]) else {
      throw .invalid(
        source,
        reason: "“\(printable(entry.name ?? ""))” is derived from others and has rows and columns: "
          + "leave the view \(view) out, or take it of the tensor itself")
    }
  }
}
