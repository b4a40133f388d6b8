import TaskLang

/// What may be written at a place.
enum Completion {
  /// The items for a byte of a document, the likeliest first.
  static func items(
    at offset: Int,
    in document: Document,
    _ surroundings: any Surroundings
  ) -> [CompletionItem] {
    let line = pieceRange(at: offset, in: document)
    let bytes = document.buffer.bytes(in: line)
    let place = offset - line.lowerBound
    if let items = variables(place, bytes, line, document) { return items }
    let written = String(decoding: bytes[..<place], as: UTF8.self)
    if written.allSatisfy({ $0 == " " || $0 == "\t" }), bytes.count == place {
      return directives(replacing: line.lowerBound..<line.upperBound, document)
    }
    if let items = SuppressionText.completion(behind: written, at: offset) { return items }
    if let items = FileCompletion.items(at: offset, in: document, surroundings) { return items }
    guard written.hasPrefix("#") else { return [] }
    let marker = "#DISBATCH "
    if marker.hasPrefix(written.uppercased()), written.count < marker.count {
      return directives(replacing: line.lowerBound..<offset, document)
    }
    guard written.hasPrefix(marker) else { return [] }
    return words(
      behind: String(written.dropFirst(marker.count)),
      offset,
      allowed(at: line.lowerBound, in: document)
    )
  }

  /// The line at a byte as clients count, without its end.
  private static func pieceRange(at offset: Int, in document: Document) -> Range<Int> {
    let position = document.buffer.position(of: offset, in: .utf8)
    return document.buffer.lineRange(position.line)
  }

  /// The directives that a line may be: PERENGINE only in front of what ends its place.
  private static func allowed(at line: Int, in document: Document) -> [DirectiveSnippet] {
    let isOpen = document.state(before: line).windowIsOpen
    return DirectiveSnippet.directives.filter { isOpen || !$0.isOfEngines }
  }

  private static func directives(
    replacing range: Range<Int>,
    _ document: Document
  ) -> [CompletionItem] {
    allowed(at: range.lowerBound, in: document).map { snippet in
      CompletionItem(
        label: snippet.label,
        kind: .snippet,
        detail: snippet.detail,
        text: "#DISBATCH " + snippet.text,
        snippet: snippet.snippet.map { "#DISBATCH " + $0 },
        range: range
      )
    }
  }

  /// Keywords behind the marker, in the order in which the language takes them.
  private static func words(
    behind written: String,
    _ offset: Int,
    _ directives: [DirectiveSnippet]
  ) -> [CompletionItem] {
    let words = written.split(separator: " ", omittingEmptySubsequences: false)
    let last = words.last ?? ""
    let range = offset - last.utf8.count..<offset
    func keywords(_ items: [(String, String)]) -> [CompletionItem] {
      items.filter { $0.0.uppercased().hasPrefix(last.uppercased()) }.map { word, detail in
        CompletionItem(label: word, kind: .keyword, detail: detail, text: word + " ", range: range)
      }
    }
    if words.count == 1 {
      return directives.filter { $0.text.hasPrefix(last.uppercased()) }.map {
        snippet in
        CompletionItem(
          label: String(snippet.label.dropFirst("#DISBATCH ".count)),
          kind: .snippet,
          detail: snippet.detail,
          text: snippet.text,
          snippet: snippet.snippet,
          range: range
        )
      }
    }
    switch (words[0].uppercased(), words.count) {
    case ("BARRIER", 2): return keywords([("CHECK", "end the run if a task has failed")])
    case ("PERENGINE", 2) where directives.contains(where: \.isOfEngines):
      return keywords([
        ("START", "run as an engine joins"), ("STOP", "run as an engine leaves"),
      ])
    case ("REPEAT", 3...):
      let head = words.dropLast().map { $0.lowercased() }
      guard head[1].allSatisfy(\.isNumber), !head[1].isEmpty else { return [] }
      var clauses: [(String, String)] = []
      if head.count == 2 { clauses.append(("start", "the first index, 0 unless it is said")) }
      if head.count == 2 || (head.count == 4 && head[2] == "start") {
        clauses.append(("step", "from one index to the next, 1 unless it is said"))
      }
      return keywords(clauses)
    default: return []
    }
  }

  /// The variables, behind a `$` and what was written of the name.
  private static func variables(
    _ place: Int,
    _ bytes: [UInt8],
    _ line: Range<Int>,
    _ document: Document
  ) -> [CompletionItem]? {
    var start = place
    while start > 0, Variable.isNameByte(bytes[start - 1]) { start -= 1 }
    let hasBrace = start > 0 && bytes[start - 1] == UInt8(ascii: "{")
    let dollar = start - (hasBrace ? 2 : 1)
    guard dollar >= 0, bytes[dollar] == UInt8(ascii: "$") else { return nil }
    let typed = String(decoding: bytes[start..<place], as: UTF8.self)
    var end = place
    while end < bytes.count, Variable.isNameByte(bytes[end]) { end += 1 }
    let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: "}")
    let view = document.statement(at: line.lowerBound + place)?.view
    return Variable.all.filter { $0.name.hasPrefix(typed.uppercased()) }.map { variable in
      let value = view.flatMap { variable.value(in: $0) }
      return CompletionItem(
        label: variable.name,
        kind: .variable,
        detail: variable.meaning + (value.map { " Here: \($0)." } ?? ""),
        text: variable.name + (hasBrace && !isClosed ? "}" : ""),
        range: line.lowerBound + start..<line.lowerBound + end
      )
    }
  }
}
