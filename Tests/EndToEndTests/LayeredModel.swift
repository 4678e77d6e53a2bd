/// A small model of six layers as BERT names its tensors: 32 wide, four heads of 8, f32, written as safetensors beside
/// its `config.json`.
enum LayeredModel {
  static let name = "model.safetensors"
  static let layers = 6

  private static let width = 32
  private static let roles: [(name: String, rows: Int, columns: Int)] = [
    ("attention.self.query", 32, 32), ("attention.self.key", 32, 32), ("attention.self.value", 32, 32),
    ("attention.output.dense", 32, 32), ("intermediate.dense", 64, 32), ("output.dense", 32, 64),
  ]

  static func write(in scratch: Scratch) throws {
    var tensors: [(name: String, axes: [Int])] = [("embeddings.word_embeddings.weight", [100, width])]
    for layer in 0..<layers {
      let stem = "encoder.layer.\(layer)."
      for role in roles {
        tensors.append((stem + role.name + ".weight", [role.rows, role.columns]))
        tensors.append((stem + role.name + ".bias", [role.rows]))
      }
      for place in ["attention.output", "output"] {
        for kind in ["weight", "bias"] { tensors.append(("\(stem)\(place).LayerNorm.\(kind)", [width])) }
      }
    }
    var body: [UInt8] = []
    var fields: [String] = []
    var noise = Noise(seed: 7)
    for (name, axes) in tensors {
      let start = body.count
      for index in 0..<axes.reduce(1, *) {
        let (row, column) = (index / (axes.last ?? 1), index % (axes.last ?? 1))
        // A diagonal that falls off, in noise.
        let entry =
          Float(noise.next(through: 2001) - 1001) / 20_000 + (row == column && axes.count == 2 ? 2 / Float(1 + row) : 0)
        withUnsafeBytes(of: entry.bitPattern.littleEndian) { body += $0 }
      }
      let shape = axes.map { "\($0)" }.joined(separator: ",")
      fields.append("\"\(name)\":{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(body.count)]}")
    }
    var header = Array("{\(fields.joined(separator: ","))}".utf8)
    header += Array(repeating: 0x20, count: (8 - header.count % 8) % 8)
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
    try scratch.write(name, length + header + body)
    try scratch.write(
      "config.json",
      Array(
        """
        {"model_type": "bert", "hidden_size": 32, "num_attention_heads": 4, "num_hidden_layers": 6,
        "intermediate_size": 64}
        """.utf8))
  }
}
