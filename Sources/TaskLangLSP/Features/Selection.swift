import TaskLang

/// What a selection grows to: word, the parts of the shell command around it, line, stage, file.
enum Selection {
  /// The ranges around a byte, each within the next and none twice.
  static func ranges(around offset: Int, in document: Document) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    func add(_ range: Range<Int>) {
      guard range.lowerBound <= offset, offset <= range.upperBound else { return }
      if let last = ranges.last, last == range || !contains(range, last) { return }
      ranges.append(range)
    }
    if let (view, bytes, lowering) = document.statement(at: offset) {
      let word = view.document(word(at: offset - view.line.offset, in: bytes, within: view.piece))
      if let body = view.body {
        var tree = CommandTree()
        tree.read(view, body, in: bytes.span, lowering)
        let nodes = tree.isWhole ? nodes(around: offset, in: tree) : [word]
        for range in nodes.sorted(by: { $0.count < $1.count }) { add(range) }
        add(view.document(body))
      } else {
        add(word)
      }
      add(view.range)
    }
    for stage in Stages.all(of: document) { add(stage.range) }
    add(0..<document.buffer.count)
    return ranges.isEmpty ? [offset..<offset] : ranges
  }

  /// The parts of a command around a byte of the document, as far as they stand in one place.
  private static func nodes(around offset: Int, in tree: CommandTree) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var level = [tree.parser.root]
    while let node = level.popLast() {
      if let range = tree.document(tree.parser.nodes[Int(node)].range),
        range.lowerBound <= offset, offset <= range.upperBound
      {
        ranges.append(range)
      }
      level += tree.children(of: node)
    }
    return ranges
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
