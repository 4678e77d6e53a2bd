import Explorer
import LinearAlgebra
import MatrixFiles
import ModelTensors
import Testing
import TerminalUI

/// A model of headers only: `layers` layers of attention with four heads, a stack of experts, and norms.
private struct HeaderFile: MatrixFile {
  let source = "headers"
  let format = "memory"
  let tensors: [TensorEntry]
  let metadata: [String: String]

  init(layers: Int, width: Int = 64, heads: Int = 4, experts: Int? = 3) {
    metadata = [
      "general.architecture": "llama", "llama.embedding_length": "\(width)",
      "llama.attention.head_count": "\(heads)",
    ]
    tensors = (0..<layers).flatMap { layer in
      let stem = "model.layers.\(layer)."
      return ["q", "k", "v", "o"].map {
        TensorEntry(name: "\(stem)self_attn.\($0)_proj.weight", type: .f32, axes: [width, width])
      }
        + ["gate", "up", "down"].map {
          TensorEntry(name: "\(stem)mlp.\($0)_proj.weight", type: .f32, axes: [width, width])
        }
        + (experts.map { [TensorEntry(name: "\(stem)mlp.experts.down_proj", type: .f32, axes: [$0, 16, width])] } ?? [])
        + ["input", "post_attention"].map {
          TensorEntry(name: "\(stem)\($0)_layernorm.weight", type: .f32, axes: [width])
        }
    }
  }

  func read(_ entry: TensorEntry, options: ReadOptions, control: WorkControl) throws(FileError) -> LoadedMatrix {
    throw .invalid(source, reason: "there are headers only")
  }
}

@Suite("What follows from a model's tensors, known from the start")
struct PartsOutlineTests {
  /// The list of `file`, outlined with `limit` parts at most.
  private func list(_ file: HeaderFile, limit: Int? = nil) throws -> (ExplorerState, PartsOutline) {
    var state = ExplorerState(size: ScreenSize(rows: 40, columns: 120), display: Display(), gallery: [])
    state.home = .overview
    _ = reduce(&state, .open(source: "headers", tensor: nil))
    let effects = reduce(&state, .queue(.tensors(state.matrixID, TensorListing(file))))
    #expect(effects.contains(.outline(state.matrixID, source: "headers")))
    let model = ModelTensors.ModelFile(file)
    let token = CancellationToken()
    let outline = try #require(
      limit.map { PartsOutline(model, limit: $0, token: token) } ?? PartsOutline(model, token: token))
    _ = reduce(&state, .show(.tensors))
    _ = reduce(&state, .layout(Screen.layout(state)))
    return (state, outline)
  }

  private func search(_ text: String, _ state: inout ExplorerState) -> [String] {
    state.browser?.setFilter(text)
    return state.browser.map { browser in browser.rows.compactMap(browser.item).map { browser.items[$0].name } } ?? []
  }

  @Test("heads, products and experts are found though nobody has looked at their tensors")
  func search() throws {
    var (state, outline) = try list(HeaderFile(layers: 3))
    #expect(search("qk head", &state).isEmpty)
    _ = search("", &state)
    _ = reduce(&state, .queue(.outlined(state.matrixID, outline)))
    #expect(search("layers.1 qk head 2", &state).first == "model.layers.1.self_attn/qk.head.2")
    #expect(search("l2 ov.head.0", &state).first == "model.layers.2.self_attn/ov.head.0")
    #expect(search("l0 q_proj head 3", &state).first == "model.layers.0.self_attn.q_proj.weight/head.3")
    #expect(search("l1 expert.2", &state).first == "model.layers.1.mlp.experts.down_proj/expert.2")
    let text = Screen(state).frame.text
    #expect(text.contains("1 part matches “l1 expert.2”") || text.contains("parts match “l1 expert.2”"))
  }

  @Test("whoever searches for a weight does not get its heads")
  func weights() throws {
    var (state, outline) = try list(HeaderFile(layers: 3))
    let before = search("q_proj", &state)
    _ = reduce(&state, .queue(.outlined(state.matrixID, outline)))
    #expect(search("q_proj", &state) == before && before.count == 3)
    #expect(Screen(state).frame.text.contains("3 of 30 match"))
    _ = search("", &state)
    _ = reduce(&state, .sort(Browser.Sorting(column: "shape")))
    #expect(state.browser?.rows.count == 30, "what is sorted is what is stored")
  }

  @Test("rows that can be opened say so; what is chosen and where it stands stays")
  func marks() throws {
    var (state, outline) = try list(HeaderFile(layers: 3))
    _ = reduce(&state, .goToEnd)
    let before = try #require(state.browser)
    let name = before.chosenItem
    #expect(!Screen(state).frame.text.contains("▸ self_attn.q_proj"))
    _ = reduce(&state, .queue(.outlined(state.matrixID, outline)))
    let after = try #require(state.browser)
    #expect((after.chosenItem, after.chosen - after.top) == (name, before.chosen - before.top))
    #expect(after.rows.count == before.rows.count && after.summary != before.summary)
    #expect(after.items.prefix(after.storedCount).count == 30 && state.tensors.count == 30)
    let text = Screen(state).frame.text
    // Four heads, and as many products.
    #expect(text.contains("▸ q_proj.weight +8") && text.contains("▸ k_proj.weight +4"))
    // The same again changes nothing.
    _ = reduce(&state, .queue(.outlined(state.matrixID, outline)))
    #expect(state.browser?.items.count == after.items.count)
  }

  @Test("a stack of experts says how many there are, and is no matrix of the scan")
  func experts() throws {
    var (state, outline) = try list(HeaderFile(layers: 3))
    _ = reduce(&state, .queue(.outlined(state.matrixID, outline)))
    let text = Screen(state).frame.text
    #expect(text.contains("3 experts") && text.contains("21 matrices · 3 stacks of experts"))
    _ = reduce(&state, .show(.layerMap))
    _ = reduce(&state, .layout(Screen.layout(state)))
    #expect(Screen(state).frame.text.contains("3 exp"))
  }

  @Test("parts that would be too many have no rows before they are asked for, but a mark and a count")
  func limit() throws {
    var (state, outline) = try list(HeaderFile(layers: 3, experts: nil), limit: 8)
    _ = reduce(&state, .queue(.outlined(state.matrixID, outline)))
    #expect(state.browser?.items.count == 27 + 8)
    #expect(Screen(state).frame.text.contains("▸ o_proj.weight +8"))
    _ = reduce(&state, .goToStart)
    var effects: [Effect] = []
    for _ in 0..<12 { effects += reduce(&state, .moveRow(1)) }
    let asked = effects.compactMap { if case .takeApart(_, let item, _, _) = $0 { item } else { nil } }
    #expect(!asked.isEmpty && !asked.contains(0))
  }

  @Test("the part that was opened by its name is the chosen row")
  func opened() throws {
    let file = HeaderFile(layers: 2)
    var state = ExplorerState(size: ScreenSize(rows: 40, columns: 120), display: Display(), gallery: [])
    state.home = .overview
    let name = "model.layers.1.self_attn.v_proj.weight/head.1"
    _ = reduce(&state, .open(source: "headers", tensor: name))
    _ = reduce(&state, .queue(.listed(source: "headers", TensorListing(file))))
    #expect(state.browser?.opened.flatMap { state.browser?.items[$0].name } == String(name.dropLast(7)))
    let outline = try #require(PartsOutline(ModelTensors.ModelFile(file), token: CancellationToken()))
    _ = reduce(&state, .queue(.outlined(state.matrixID, outline)))
    #expect(state.view == .overview)
    _ = reduce(&state, .stepTensor(1))
    #expect(state.tensorName == String(name.dropLast()) + "2")
    _ = reduce(&state, .back)
    let browser = try #require(state.browser)
    #expect(state.view == .tensors && browser.chosenItem.map { browser.items[$0].name } == state.tensorName)
  }

  @Test("every key is answered within a frame's time among 2,000 tensors and all of their parts")
  func speed() throws {
    var (state, outline) = try list(HeaderFile(layers: 200, width: 4096, heads: 16))
    let arrival = ContinuousClock().measure { _ = reduce(&state, .queue(.outlined(state.matrixID, outline))) }
    #expect((state.browser?.items.count ?? 0) > 14_000)
    let script = try Script(
      "Down*20 Right*3 PgDn*10 End Home z z / h e a d . 1 1 Backspace*7 l 1 4 3 q k h e a d 3 Enter Esc o o o O Esc m m"
    )
    var seconds: [Double] = []
    for step in script.steps {
      guard case .key(let key) = step, let action = KeyMap.action(key, state) else { continue }
      let time = ContinuousClock().measure {
        _ = reduce(&state, action)
        let facts = Screen.layout(state)
        if facts != state.layout { _ = reduce(&state, .layout(facts)) }
        #expect(Screen(state).frame.size.rows == 40)
      }
      seconds.append(time / .seconds(1))
    }
    seconds.sort()
    // An optimised build takes a tenth of this one's time.
    #expect(seconds[seconds.count * 99 / 100] < 0.5, "slowest \(seconds.suffix(5)) s, arrival \(arrival)")
    print(
      "keys among parts: slowest \(seconds.suffix(5)) s, median \(seconds[seconds.count / 2]) s; arrival \(arrival)")
  }
}
