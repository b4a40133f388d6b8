import TaskLang

/// A part of a document that has a name.
struct DocumentSymbol: Sendable {
  /// The numbers that the specification gives to kinds of symbols.
  enum Kind: Int, Sendable {
    case stage = 3
    case affix = 14
    case tasks = 12
    case repeated = 18
    case perEngine = 24
  }

  var name: String
  var detail = ""
  var kind: Kind
  /// All of it.
  var range: Range<Int>
  /// Where to go.
  var selection: Range<Int>
  var children: [DocumentSymbol] = []

  /// Writes the symbol with its children.
  func write(for document: Document, _ encoding: PositionEncoding, to out: inout [UInt8]) {
    out.object { out in
      out.member("name", name)
      if !detail.isEmpty { out.member("detail", detail) }
      out.member("kind", kind.rawValue)
      out.member(range: range, of: document, in: encoding)
      out.member("selectionRange", range: selection, of: document, in: encoding)
      if !children.isEmpty {
        out.array("children", children) { $0.write(for: document, encoding, to: &$1) }
      }
    }
  }

  /// Writes the symbol and its children one after another, for clients that show no tree; of these,
  /// those whose names are wanted.
  func writeFlat(
    for document: Document,
    _ encoding: PositionEncoding,
    container: String?,
    to out: inout [UInt8],
    isWanted: (String) -> Bool = { _ in true }
  ) {
    if isWanted(name) {
      out.object { out in
        out.member("name", name)
        out.member("kind", kind.rawValue)
        out.object("location") { out in
          out.member("uri", document.uri)
          out.member(range: range, of: document, in: encoding)
        }
        if let container { out.member("containerName", container) }
      }
    }
    for child in children {
      child.writeFlat(for: document, encoding, container: name, to: &out, isWanted: isWanted)
    }
  }
}
