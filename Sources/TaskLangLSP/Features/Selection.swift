import TaskLang

/// What a selection grows to: word, text, line, stage, file.
enum Selection {
  /// The ranges around a byte, each within the next and none twice.
  static func ranges(around offset: Int, in document: Document) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    func add(_ range: Range<Int>) {
      guard range.lowerBound <= offset, offset <= range.upperBound else { return }
      if let last = ranges.last, last == range || !contains(range, last) { return }
      ranges.append(range)
    }
    if let (view, bytes, _) = document.statement(at: offset) {
      add(view.document(word(at: offset - view.line.offset, in: bytes, within: view.piece)))
      if let body = view.body { add(view.document(body)) }
      add(view.range)
    }
    for stage in Stages.all(of: document) { add(stage.range) }
    add(0..<document.buffer.count)
    return ranges.isEmpty ? [offset..<offset] : ranges
  }

  private static func contains(_ outer: Range<Int>, _ inner: Range<Int>) -> Bool {
    outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
  }

  private static func word(
    at place: Int,
    in bytes: [UInt8],
    within piece: Range<Int>
  ) -> Range<Int> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var start = min(place, piece.upperBound)
    while start > piece.lowerBound, !isBlank(bytes[start - 1]) { start -= 1 }
    var end = min(place, piece.upperBound)
    while end < piece.upperBound, !isBlank(bytes[end]) { end += 1 }
    return start..<end
  }
}
