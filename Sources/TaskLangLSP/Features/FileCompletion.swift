import TaskLang

/// Names of files where a command takes one: behind `>` and `<`, `cd` and `source`.
enum FileCompletion {
  /// Most names that are offered.
  private static let limit = 200

  /// The items for a byte of a document; nil where no file is named.
  static func items(
    at offset: Int,
    in document: Document,
    _ surroundings: any Surroundings
  ) -> [CompletionItem]? {
    guard let (view, bytes, lowering) = document.statement(at: offset), let body = view.body,
      let start = FileAddress.path(of: document.uri).map(FileAddress.folder)
    else { return nil }
    let place = offset - view.line.offset
    guard body.lowerBound <= place, place <= body.upperBound else { return nil }
    let word = word(around: place, in: bytes, within: body)
    var tree = CommandTree()
    tree.read(view, body, in: bytes.span, lowering, hole: word)
    let hole = tree.bodyStart + word.lowerBound - body.lowerBound
    guard let name = FileNames(tree, in: start).names.first(where: { $0.range == hole..<hole + 1 })
    else { return nil }
    let typed = bytes[word.lowerBound..<place]
    guard typed.allSatisfy(isPlain) else { return [] }
    let path = SystemText.text(of: typed)
    let slash = path.lastIndex(of: "/")
    let head = slash.map { path[...$0] } ?? ""
    let begin = slash.map { path[path.index(after: $0)...] } ?? path[...]
    guard let base = head.hasPrefix("/") ? "/" : name.folder else { return [] }
    let folder = head.isEmpty ? base : FileAddress.join(base, String(head))
    var items: [CompletionItem] = []
    for entry in surroundings.names(in: folder).sorted() where isOffered(entry, begin) {
      let kind = surroundings.kind(of: FileAddress.join(folder, entry))
      guard let kind, kind != .other, kind == .folder || !name.isFolder else { continue }
      let escaped = escaped(entry) + (kind == .folder ? "/" : "")
      items.append(
        CompletionItem(
          label: entry + (kind == .folder ? "/" : ""),
          kind: kind == .folder ? .folder : .file,
          detail: "",
          text: head + escaped,
          range: view.document(word)
        )
      )
      if items.count == limit { break }
    }
    return items
  }

  private static func isOffered(_ name: String, _ begin: Substring) -> Bool {
    name.hasPrefix(begin) && (!name.hasPrefix(".") || begin.hasPrefix("."))
      && !name.utf8.contains { $0 < 0x20 } && SystemText.replacing(name) == name
  }

  /// The bytes around a place up to blanks and operators.
  private static func word(
    around place: Int,
    in bytes: [UInt8],
    within body: Range<Int>
  ) -> Range<Int> {
    func ends(_ byte: UInt8) -> Bool { " \t;&|<>()".utf8.contains(byte) }
    var start = place
    while start > body.lowerBound, !ends(bytes[start - 1]) { start -= 1 }
    var end = place
    while end < body.upperBound, !ends(bytes[end]) { end += 1 }
    return start..<end
  }

  /// Whether a byte stands for itself in a name without quotes.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x80 || Variable.isNameByte(byte) || "-+,./:@%=^".utf8.contains(byte)
  }

  private static func escaped(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 {
      if !isPlain(byte) { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
