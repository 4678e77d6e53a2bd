extension CommandCatalog {
  /// Files, help, and the end.
  static let programCommands: [ExplorerCommand] = [
    ExplorerCommand("write", .path, "write A_k: .npz (the factors), .npy, .csv or .png; write! replaces a file") {
      (text, _) in [.write(path: text, overwrites: false)]
    },
    ExplorerCommand("write!", .path, "write A_k, replacing a file that is there") { (text, _) in
      [.write(path: text, overwrites: true)]
    },
    ExplorerCommand("open", .path, "open another file, or gallery:NAME", needsMatrix: false) { (text, _) in
      [.open(source: text, tensor: nil)]
    },
    ExplorerCommand("save", .none, "save the screen as SVG and text", needsMatrix: false) { (_, _) in [.save] },
    ExplorerCommand("help", .none, "every key and command", needsMatrix: false) { (_, _) in [.help] },
    ExplorerCommand("quit", .none, "leave the program", needsMatrix: false) { (_, _) in [.interrupt] },
  ]
}
