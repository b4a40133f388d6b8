import TaskLang

/// One thing that may be written.
struct CompletionItem: Sendable {
  /// The numbers that the specification gives to kinds of items.
  enum Kind: Int, Sendable {
    case variable = 6
    case value = 12
    case keyword = 14
    case snippet = 15
    case file = 17
    case folder = 19
  }

  let label: String
  let kind: Kind
  /// What it is for, in a line.
  let detail: String
  /// What is written.
  let text: String
  /// The same with places to fill in, where there are some.
  var snippet: String?
  /// What the client matches with what was typed, where that is not the text.
  var filter: String?
  /// What is replaced, in bytes of the document.
  let range: Range<Int>

  func write(
    number: Int,
    in document: Document,
    _ client: ClientCapabilities,
    to out: inout [UInt8]
  ) {
    out.object { out in
      out.member("label", label)
      out.member("kind", kind.rawValue)
      if !detail.isEmpty { out.member("detail", detail) }
      // Clients sort by this text; ours is the order of use.
      out.member("sortText", String(UnicodeScalar(UInt8(ascii: "A") + UInt8(min(number, 25)))))
      // What is replaced begins with what was typed, so that is what the client must filter by.
      out.member("filterText", filter ?? text)
      let snippet = client.completesSnippets ? snippet : nil
      if snippet != nil { out.member("insertTextFormat", 2) }
      out.object("textEdit") { out in
        out.member(range: range, of: document, in: client.encoding)
        out.member("newText", snippet ?? text)
      }
    }
  }
}
