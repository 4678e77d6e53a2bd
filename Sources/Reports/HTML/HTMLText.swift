import MatrixFiles

/// Text and elements of a page that is HTML and well-formed XML at once.
enum HTMLText {
  /// `text` as it may stand between tags and in quoted attributes, whatever file it came from: control characters are
  /// spelled out, long texts lose their middle, markup is no markup.
  static func escaped(_ text: String, limit: Int = 200) -> String {
    printable(text, limit: limit).reduce(into: "") { out, character in
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.append(character)
      }
    }
  }

  /// A tensor's name, which may break behind its points, dashes and underscores.
  static func breakable(_ name: String) -> String {
    escaped(name).reduce(into: "") { out, character in
      out.append(character)
      if character == "." || character == "_" || character == "/" || character == "-" { out += "<wbr/>" }
    }
  }

  /// `<tag attributes>content</tag>`; attributes' values are escaped here, `content` is markup already.
  static func element(_ tag: String, _ attributes: [(String, String)] = [], _ content: String) -> String {
    let written = attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
    return "<\(tag)\(written)>\(content)</\(tag)>"
  }

  /// `<tag class="…">content</tag>`.
  static func element(_ tag: String, class name: String, _ content: String) -> String {
    element(tag, [("class", name)], content)
  }
}
