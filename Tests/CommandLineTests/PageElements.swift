import Foundation
import FoundationXML

/// A page as an XML parser sees it: elements with their attributes and the text within them. Nil where it is not
/// well-formed.
final class PageElements: NSObject, XMLParserDelegate {
  /// An element; ``text`` is that of everything inside.
  struct Element {
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  /// In the order in which they end.
  private(set) var elements: [Element] = []
  private var open: [Element] = []

  init?(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    guard parser.parse(), open.isEmpty else { return nil }
  }

  /// The elements called `name`, of `kind` where that is given.
  func all(_ name: String, class kind: String? = nil) -> [Element] {
    elements.filter { $0.name == name && (kind == nil || $0.attributes["class"] == kind) }
  }

  /// The cells of the row whose id is `id`, in their order.
  func cells(ofRow id: String) -> [Element] {
    guard let end = elements.firstIndex(where: { $0.name == "tr" && $0.attributes["id"] == id }) else { return [] }
    let start = elements[..<end].lastIndex { $0.name == "tr" } ?? elements.startIndex
    return elements[start..<end].filter { $0.name == "td" || $0.name == "th" }
  }

  func parser(
    _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
    attributes: [String: String]
  ) {
    open.append(Element(name: name, attributes: attributes))
  }

  func parser(_: XMLParser, didEndElement _: String, namespaceURI _: String?, qualifiedName _: String?) {
    guard let element = open.popLast() else { return }
    elements.append(element)
    if !open.isEmpty { open[open.count - 1].text += element.text }
  }

  func parser(_: XMLParser, foundCharacters text: String) {
    if !open.isEmpty { open[open.count - 1].text += text }
  }
}
