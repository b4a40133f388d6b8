/// A whole input as statements in their order; nothing is left out.
///
/// The ranges of the nodes tile the bytes, line ends included, and the tokens of a node tile the
/// node: writing all tokens one after another gives the input back, for every input. Streams are
/// not held so; they go through `FrontEnd` statement by statement.
package struct SyntaxTree: Sendable {
  /// The statements.
  package let nodes: [SyntaxNode]

  /// Parses an input that is held whole.
  ///
  /// - Complexity: O(bytes).
  package init(_ source: [UInt8]) {
    var nodes: [SyntaxNode] = []
    var reader = LineReader()
    func take(_ line: PhysicalLine, _ bytes: Span<UInt8>) -> Bool {
      var last: SyntaxNode?
      line.forEachPiece(of: bytes) { piece in
        if let node = last { nodes.append(node) }
        let end = piece.upperBound < bytes.count ? piece.upperBound + 1 : piece.upperBound
        last = SyntaxNode(
          statement: Parser.parse(bytes, piece),
          line: line.number,
          lineOffset: line.offset,
          piece: piece,
          end: line.offset + end
        )
        return true
      }
      guard var node = last else { return true }
      node.end = line.offset + bytes.count + (line.isTerminated ? 1 : 0)
      nodes.append(node)
      return true
    }
    _ = reader.read(source.span) { take($0, $1) }
    reader.finish { take($0, $1) }
    self.nodes = nodes
  }
}

/// One statement in its place.
package struct SyntaxNode: Sendable, Hashable {
  /// What it means; its ranges count from `lineOffset`.
  package let statement: Statement
  /// Number of the line, from 1.
  package let line: Int
  /// Where its physical line starts in the input.
  package let lineOffset: Int
  /// Its bytes without the line's end, counted from `lineOffset`.
  package let piece: Range<Int>
  /// Behind its line's end, counted from the input's start.
  package fileprivate(set) var end: Int

  /// All its bytes, counted from the input's start.
  package var range: Range<Int> { lineOffset + piece.lowerBound..<end }

  /// Its tokens; their ranges count from the input's start and tile `range`.
  package var tokens: [Token] {
    var tokens: [Token] = []
    var position = piece.lowerBound
    func add(_ kind: TokenKind, _ range: Range<Int>) {
      if range.lowerBound > position { append(.blanks, position..<range.lowerBound) }
      if !range.isEmpty { append(kind, range) }
      position = range.upperBound
    }
    func append(_ kind: TokenKind, _ range: Range<Int>) {
      tokens.append(
        Token(kind, lineOffset + range.lowerBound..<lineOffset + range.upperBound)
      )
    }
    for token in significantTokens { add(token.kind, token.range) }
    if position < piece.upperBound { append(.blanks, position..<piece.upperBound) }
    let lineEnd = lineOffset + piece.upperBound..<end
    if !lineEnd.isEmpty { tokens.append(Token(.lineEnd, lineEnd)) }
    return tokens
  }

  /// The tokens that are not blanks, counted from the line's start.
  private var significantTokens: [Token] {
    let marker = Token(.marker, piece.lowerBound..<min(piece.lowerBound + 9, piece.upperBound))
    switch statement {
    case .blank: return []
    case .comment: return [Token(.comment, piece)]
    case .task: return [Token(.text, piece)]
    case .unknownDirective:
      return [marker, Token(.unknown, marker.range.upperBound + 1..<piece.upperBound)]
    case .directive(let directive): return [marker] + directive.tokens(to: piece.upperBound)
    }
  }
}

extension Directive {
  /// The directive's parts behind the marker.
  fileprivate func tokens(to end: Int) -> [Token] {
    switch self {
    case .prefix(let affix), .suffix(let affix):
      return [Token(.keyword, affix.keyword), Token(.text, affix.text)]
    case .repeatTasks(let item):
      var tokens = [Token(.keyword, item.keyword), Token(.number, item.count.range)]
      for clause in [item.start, item.step] {
        guard let clause else { continue }
        tokens += [Token(.keyword, clause.keyword), Token(.number, clause.number.range)]
      }
      if let command = item.command { tokens.append(Token(.text, command)) }
      return tokens
    case .barrier(let barrier):
      var tokens = [Token(.keyword, barrier.keyword)]
      if let check = barrier.check { tokens.append(Token(.keyword, check)) }
      let last = (barrier.check ?? barrier.keyword).upperBound
      if let key = barrier.key {
        tokens.append(Token(.text, key))
      } else if last < end {
        tokens.append(Token(.unknown, last..<end))
      }
      return tokens
    case .perEngine(let item):
      return [
        Token(.keyword, item.keyword), Token(.keyword, item.event), Token(.text, item.command),
      ]
    }
  }
}
