import TaskLang

/// The tree of a command as bash will get it, and where its parts stand in the document.
struct CommandTree {
  /// The parser, with the tree of what it was given last.
  private(set) var parser = ShellParser()
  private var lowering = Lowering()
  private var body = 0..<0
  private var lineOffset = 0
  /// Whether there is a tree.
  private(set) var isWhole = false

  /// Reads the command of a statement.
  ///
  /// - Parameters:
  ///   - view: The statement.
  ///   - body: The stretch of its line between PREFIX and SUFFIX.
  ///   - bytes: The line's bytes.
  ///   - lowering: The affixes in force.
  ///   - hole: A stretch of the line for which one letter is read.
  mutating func read(
    _ view: StatementView,
    _ body: Range<Int>,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    hole: Range<Int>? = nil
  ) {
    self.lowering = copy lowering
    self.body = body
    lineOffset = view.line.offset
    let (prefix, suffix) = (lowering.prefix.bytes, lowering.suffix.bytes)
    let verdict = parser.parse { text in
      text += prefix
      for index in body {
        if let hole, hole.contains(index) { continue }
        if index == hole?.upperBound { text.append(UInt8(ascii: "w")) }
        text.append(bytes[index])
      }
      if hole?.upperBound == body.upperBound { text.append(UInt8(ascii: "w")) }
      text += suffix
    }
    isWhole = verdict == .accepted && parser.root >= 0
  }

  /// Where the line's part begins in the command.
  var bodyStart: Int { lowering.prefix.bytes.count }

  /// A stretch of the command as one of the document; nil where it lies in two parts.
  func document(_ range: Range<Int>) -> Range<Int>? {
    let end = bodyStart + body.count
    if range.lowerBound >= bodyStart, range.upperBound <= end {
      let shift = lineOffset + body.lowerBound - bodyStart
      return range.lowerBound + shift..<range.upperBound + shift
    }
    let origin = range.upperBound <= bodyStart ? lowering.prefix.origin : lowering.suffix.origin
    let start = range.upperBound <= bodyStart ? 0 : end
    guard range.lowerBound >= start, let origin else { return nil }
    let shift = origin.span.start.offset - start
    return range.lowerBound + shift..<range.upperBound + shift
  }

  /// The children of a node, in order.
  func children(of node: Int32) -> [Int32] {
    var children: [Int32] = []
    var child = parser.nodes[Int(node)].firstChild
    while child >= 0 {
      children.append(child)
      child = parser.nodes[Int(child)].nextSibling
    }
    return children
  }
}
