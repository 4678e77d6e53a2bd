import Explorer
import LinearAlgebra
import MatrixFiles

/// A model in memory: two embeddings, `layers` layers of six matrices and two vectors each, and a tensor that cannot be
/// read. The matrix of layer l with the role of index r is diagonal with σ_i = (1 + i)^−(1 + (l + r) mod 4).
struct ModelFile: MatrixFile {
  let source: String
  let format = "memory"
  let layers: Int

  static let roles = [
    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
    "intermediate.dense", "output.dense",
  ]

  var tensors: [TensorEntry] {
    func matrix(_ name: String, _ rows: Int, _ columns: Int) -> TensorEntry {
      TensorEntry(name: name, type: .f32, axes: [rows, columns])
    }
    func vector(_ name: String) -> TensorEntry { TensorEntry(name: name, type: .f32, axes: [16]) }
    var entries = [
      matrix("embeddings.word.weight", 64, 16), matrix("embeddings.position.weight", 32, 16),
    ]
    for layer in 0..<layers {
      let stem = "encoder.layer.\(layer)."
      for (index, role) in Self.roles.enumerated() {
        entries.append(matrix(stem + role + ".weight", index == 4 ? 32 : 16, index == 5 ? 32 : 16))
        if index == 3 {
          entries += [vector(stem + role + ".bias"), vector(stem + "norm.weight"), vector(stem + "norm.bias")]
        }
      }
    }
    return entries
  }

  let unreadable = [
    UnreadableTensor(
      name: "pooler.codes", reason: "“pooler.codes” is packed: its values need their scales", type: "u2",
      axes: [16, 16],
      bytes: 64)
  ]

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    guard let shape = entry.matrixShape else { throw .invalid(source, reason: "no matrix") }
    let segments = (entry.name ?? "").split(separator: ".").map(String.init)
    let layer = segments.compactMap { Int($0) }.first ?? 1
    let role = Self.roles.firstIndex { entry.name?.contains($0) == true } ?? 0
    let power = 1 + (layer + role) % 4
    let matrix = Matrix<Double>(shape) { i, j in
      i == j ? (0..<power).reduce(1.0) { value, _ in value / Double(1 + i) } : 0
    }
    return LoadedMatrix(matrix: DenseMatrix(matrix), entry: entry, summary: EntrySummary(matrix))
  }
}

/// The listing of a checkpoint of 2,001 tensors.
let largeListing = TensorListing(
  format: "memory",
  tensors: [TensorEntry(name: "model.embed_tokens.weight", type: .f32, axes: [32_000, 4096])]
    + (0..<200).flatMap { layer in
      [
        "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj",
        "mlp.down_proj",
      ].map { TensorEntry(name: "model.layers.\(layer).\($0).weight", type: .f32, axes: [4096, 4096]) }
        + ["input_layernorm", "post_attention_layernorm", "rotary"].map {
          TensorEntry(name: "model.layers.\(layer).\($0).weight", type: .f32, axes: [4096])
        }
    })
