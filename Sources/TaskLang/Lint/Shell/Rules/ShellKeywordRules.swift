/// DB301 where a reserved word stands so that bash takes it for an argument.
enum ShellKeywordRules {
  /// Looks for a `;` that is missing in front of `done`, `fi` and `esac`, or of `do` and `then`.
  ///
  /// - Returns: Whether that is why the command was rejected.
  static func report(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) -> Bool {
    guard let opener = error.opener, let word = argument(error, opener, parser) else {
      return false
    }
    let isOfLine = site.isInBody(word)
    guard findings.admits(.shellSyntax, at: word, of: site, alone: isOfLine) else { return true }
    let quoted = parser.quoted(word)
    let primary = site.label(word, in: bytes, "an argument of the command in front of it")
    let begin = site.label(opener, in: bytes, "what it belongs to begins here")
    let fix = site.edit(
      word.lowerBound..<word.lowerBound,
      in: site.part(at: word.lowerBound),
      of: bytes,
      to: "; "
    )
    findings.append(
      Diagnostic(
        .shellSyntax,
        "a `;` is missing in front of \(quoted)",
        at: primary,
        labels: [begin],
        notes: ["the task ends with exit status 2 and nothing runs"],
        help: ["write `; \(parser.text.span.text(word))`"],
        fixes: fix.map {
          [FixIt(message: "end the command in front", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
    return true
  }

  /// The word that was meant to be a reserved one.
  private static func argument(
    _ error: ShellSyntaxError,
    _ opener: Range<Int>,
    _ parser: borrowing ShellParser
  ) -> Range<Int>? {
    let isIf = parser.equals(opener, "if")
    let isLoop = parser.isOne(opener, of: ["for", "while", "until", "select"])
    guard isIf || isLoop || parser.equals(opener, "case") else { return nil }
    let end: StaticString = isIf ? "fi" : isLoop ? "done" : "esac"
    switch error.reason {
    case .unexpectedEnd:
      return parser.nodes.last { isWord($0, end, behind: opener, parser) }.map(\.range)
    case .unexpected where isIf || isLoop:
      guard parser.isOne(error.range, of: ["done", "fi", "else", "elif"]) else { return nil }
      let middle: StaticString = isIf ? "then" : "do"
      return parser.nodes.first { isWord($0, middle, behind: opener, parser) }.map(\.range)
    default: return nil
    }
  }

  private static func isWord(
    _ node: ShellNode,
    _ word: StaticString,
    behind opener: Range<Int>,
    _ parser: borrowing ShellParser
  ) -> Bool {
    node.kind == .word && Int(node.start) > opener.upperBound && node.end > node.start
      && parser.equals(node.range, word)
  }

  /// The same error, at the `(` behind a word that made a function of it, as in `echo (a)`.
  static func atParenthesis(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser
  ) -> ShellSyntaxError {
    guard error.reason == .unexpected,
      let function = parser.nodes.last(where: { $0.kind == .function && $0.end > $0.start })
    else { return error }
    let text = parser.text.span
    let paren = text.skippingBlanks(from: Int(function.end), to: text.count)
    guard paren < text.count, text[paren] == UInt8(ascii: "("),
      text.skippingBlanks(from: paren + 1, to: text.count) == error.range.lowerBound
    else { return error }
    return ShellSyntaxError(reason: .unexpected, range: paren..<paren + 1, opener: error.opener)
  }
}
