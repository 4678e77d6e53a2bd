/// A list in a help text: each item's words beside its name, in less than 80 columns: full lines are wrapped once more.
func helpList(_ items: [(name: String, text: String)]) -> String {
  let indent = 2 + (items.map(\.name.count).max() ?? 0) + 2
  return items.map { name, text in
    let head = "  " + name + String(repeating: " ", count: indent - 2 - name.count)
    var lines = [head]
    for (index, word) in text.split(separator: " ").enumerated() {
      if index > 0, lines[lines.count - 1].count + 1 + word.count >= 80 {
        lines.append(String(repeating: " ", count: indent) + word)
      } else {
        lines[lines.count - 1] += (index > 0 ? " " : "") + word
      }
    }
    return lines.joined(separator: "\n")
  }.joined(separator: "\n")
}
