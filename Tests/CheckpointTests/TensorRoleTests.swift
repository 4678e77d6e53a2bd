import ModelTensors
import Testing

@Suite("Roles of tensors")
struct TensorRoleTests {
  @Test("a name is a stack, a layer and a role")
  func parts() {
    let query = TensorRole("encoder.layer.3.attention.self.query.weight")
    #expect((query.stack, query.layer, query.role) == ("encoder.layer", 3, "attention.self.query"))
    let embedding = TensorRole("embeddings.word_embeddings.weight")
    #expect((embedding.stack, embedding.layer, embedding.role) == ("", nil, "embeddings.word_embeddings"))
  }
}
