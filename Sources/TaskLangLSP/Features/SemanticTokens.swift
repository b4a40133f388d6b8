import TaskLang

/// What the words of a document are, in the numbers of the protocol: five for each token, the line
/// and character counted from the token before.
enum SemanticTokens {
  /// The names of the kinds; a kind's number is its place.
  static let legend = ["macro", "keyword", "number", "comment", "string", "variable"]

  private enum Kind: UInt32 {
    case marker = 0
    case keyword = 1
    case number = 2
    case comment = 3
    case text = 4
    case variable = 5
  }

  /// One replacement of numbers.
  struct Edit: Sendable, Hashable {
    var start: Int
    var deleteCount: Int
    var data: [UInt32]
  }

  /// The tokens of the blocks that a range touches.
  static func data(
    for document: Document,
    in range: Range<Int>,
    encoding: PositionEncoding
  ) -> [UInt32] {
    let buffer = document.buffer
    var data: [UInt32] = []
    var last = LSPPosition(line: 0, character: 0)
    var index = buffer.block(at: range.lowerBound)
    while index < buffer.blocks.count, buffer.starts[index].offset <= range.upperBound {
      let start = buffer.starts[index]
      var cursor = Cursor(buffer.blocks[index], firstLine: start.lineEnds, encoding)
      for (kind, token) in tokens(of: buffer.blocks[index]) {
        let place = start.offset + token.lowerBound
        guard place < range.upperBound, place + token.count > range.lowerBound else { continue }
        let position = cursor.position(of: token.lowerBound)
        let length = cursor.position(of: token.upperBound).character - position.character
        let lines = position.line - last.line
        let characters = lines == 0 ? position.character - last.character : position.character
        data += [UInt32(lines), UInt32(characters), UInt32(length), kind.rawValue, 0]
        last = position
      }
      index += 1
    }
    return data
  }

  /// The one edit between two answers; `nil` where they are the same.
  static func edit(from old: [UInt32], to new: [UInt32]) -> Edit? {
    if old == new { return nil }
    var same = 0
    while same < min(old.count, new.count), old[same] == new[same] { same += 1 }
    var tail = 0
    while tail < min(old.count, new.count) - same,
      old[old.count - 1 - tail] == new[new.count - 1 - tail]
    {
      tail += 1
    }
    return Edit(
      start: same,
      deleteCount: old.count - same - tail,
      data: Array(new[same..<new.count - tail])
    )
  }

  /// The tokens of a block in order; within text that is passed on, our variables.
  private static func tokens(of block: TextBlock) -> [(Kind, Range<Int>)] {
    var tokens: [(Kind, Range<Int>)] = []
    var variables = VariableScan.names(in: block.bytes)[...]
    func addVariables(in range: Range<Int>) {
      while let next = variables.first, next.lowerBound < range.upperBound {
        if next.lowerBound >= range.lowerBound { tokens.append((.variable, next)) }
        variables.removeFirst()
      }
    }
    for node in SyntaxTree(block.bytes).nodes {
      let isBarrier = if case .directive(.barrier) = node.statement { true } else { false }
      if case .task = node.statement {
        addVariables(in: node.range)
        continue
      }
      for token in node.tokens {
        switch token.kind {
        case .marker: tokens.append((.marker, token.range))
        case .keyword: tokens.append((.keyword, token.range))
        case .number: tokens.append((.number, token.range))
        case .comment: tokens.append((.comment, token.range))
        case .text where isBarrier: tokens.append((.text, token.range))
        case .text: addVariables(in: token.range)
        case .blanks, .unknown, .lineEnd: break
        }
      }
    }
    return tokens
  }
}
