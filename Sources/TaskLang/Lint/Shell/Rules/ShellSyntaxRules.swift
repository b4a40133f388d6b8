/// DB301, DB306, DB307, DB309: commands that bash will not parse.
enum ShellSyntaxRules {
  /// Says why a command was rejected.
  ///
  /// - Parameters:
  ///   - error: What the parser found.
  ///   - openLine: Where an earlier line opened a construct that this line may belong to.
  ///   - parser: The parser, for its text.
  ///   - site: Where the text comes from.
  ///   - bytes: The bytes of the line.
  ///   - findings: Where it goes.
  static func report(
    _ error: ShellSyntaxError,
    openLine: Label?,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    if ShellKeywordRules.report(error, parser, site, in: bytes, &findings) { return }
    if reportPart(of: openLine, error, parser, site, in: bytes, &findings) { return }
    if reportGroup(error, parser, site, in: bytes, &findings) { return }
    let error = ShellKeywordRules.atParenthesis(error, parser)
    let isOfLine = site.isInBody(error.range) && error.opener.map(site.isInBody) ?? true
    let isAtEnd = error.range.isEmpty
    let place = isAtEnd ? error.opener ?? lastCharacter(parser, site) : error.range
    guard
      findings.admits(
        .shellSyntax,
        at: place,
        of: site,
        detail: isOfLine ? 0 : message(error, parser).hashValue,
        alone: isOfLine
      )
    else { return }
    let primary: Label
    var labels: [Label] = []
    if let opener = error.opener, isAtEnd {
      primary = site.label(opener, in: bytes, "it begins here")
      labels = whereEndIs(opener, site, in: bytes)
    } else {
      primary =
        isAtEnd
        ? site.label(lastCharacter(parser, site), in: bytes) : site.label(error.range, in: bytes)
      if let opener = error.opener, opener.upperBound <= error.range.lowerBound {
        labels = [site.label(opener, in: bytes, "within what begins here")]
      }
      if site.part(at: place.lowerBound) != .body {
        labels.append(site.wholeBody(in: bytes, "in the command of this line"))
      }
    }
    findings.append(
      Diagnostic(
        .shellSyntax,
        message(error, parser),
        at: primary,
        labels: labels,
        notes: notes(error, parser),
        help: [help(error, parser)]
      )
    )
  }

  /// The last character that is no blank, as far as it stands in one part of the command.
  private static func lastCharacter(
    _ parser: borrowing ShellParser,
    _ site: ShellSite
  ) -> Range<Int> {
    let text = parser.text
    var end = text.count
    while end > 1, ASCII.isBlank(text[end - 1]) { end -= 1 }
    guard end > 0 else { return 0..<0 }
    let part = site.part(at: end - 1)
    let start = (max(0, end - 4)..<end).first { start in
      site.part(at: start) == part
        && UTF8Text.sequenceLength(in: text.span, at: start, end: end) == end - start
    }
    return (start ?? end - 1)..<end
  }

  private static func whereEndIs(
    _ opener: Range<Int>,
    _ site: ShellSite,
    in bytes: Span<UInt8>
  ) -> [Label] {
    var labels: [Label] = []
    if site.part(at: opener.lowerBound) == .prefix {
      labels.append(site.wholeBody(in: bytes, "this line does not end it"))
    }
    if !site.suffix.bytes.isEmpty, site.part(at: opener.lowerBound) != .suffix {
      let range = site.bodyEnd..<site.bodyEnd + site.suffix.bytes.count
      labels.append(site.label(range, in: bytes, "nor does the SUFFIX in force"))
    }
    return labels
  }

  private static func message(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser
  ) -> String {
    switch error.reason {
    case .unclosed, .unexpectedEnd:
      guard let opener = error.opener else {
        return "the command that bash will receive ends too early"
      }
      return "unclosed \(parser.quoted(opener)) in the command that bash will receive"
    case .unexpected:
      return "\(parser.quoted(error.range)) cannot stand here in the command that bash will receive"
    case .loopHead: return "the head of this `for ((` needs two semicolons"
    case .condition:
      return "\(parser.quoted(error.range)) cannot stand here between `[[` and `]]`"
    }
  }

  private static func notes(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser
  ) -> [String] {
    let range = 0..<parser.text.count
    let end =
      error.reason == .condition
      ? "bash says so, runs nothing, and the task ends with exit status 0"
      : "the task ends with exit status 2 and nothing runs"
    return ["bash receives: \(parser.text.span.quoted(range, limitBytes: 160))", end]
  }

  private static func help(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser
  ) -> String {
    guard let opener = error.opener, error.reason != .unexpected else {
      return "quote it if it is meant as text; otherwise complete what it belongs to"
    }
    switch parser.text[opener.upperBound - 1] {
    case UInt8(ascii: "'"): return "close it with `'`, or write `\\'` where an apostrophe is meant"
    case UInt8(ascii: "\""): return "close it with `\"`"
    case UInt8(ascii: "`"): return "close it with a backtick"
    case UInt8(ascii: "("): return "close it with `)`"
    case UInt8(ascii: "["): return "close it with `]`"
    case UInt8(ascii: "{"): return "close it with `}`, as a group with `; }`"
    default: return "end it on the same line"
    }
  }

  /// DB306: a compound command over several lines.
  private static func reportPart(
    of openLine: Label?,
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) -> Bool {
    let place: Range<Int>
    var labels: [Label] = []
    if opensLines(error, parser, site), let opener = error.opener {
      place = opener
    } else if closesLines(error, parser, site), let openLine {
      place = error.range
      labels = [openLine]
    } else {
      return false
    }
    let message =
      "every line is a command of its own, so \(parser.quoted(place)) cannot reach another"
    guard findings.admits(.multiLineConstruct, at: place, of: site, alone: true) else {
      return true
    }
    let primary = site.label(place, in: bytes)
    findings.append(
      Diagnostic(
        .multiLineConstruct,
        message,
        at: primary,
        labels: labels,
        notes: ["this line alone is given to `bash -c`, which ends with status 2"],
        help: ["write it on one line, or put it into a script and call that"]
      )
    )
    return true
  }

  /// Whether an error is that the line ends within a compound command which it began.
  static func opensLines(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser,
    _ site: ShellSite
  ) -> Bool {
    guard error.reason == .unexpectedEnd, let opener = error.opener, site.isInBody(opener) else {
      return false
    }
    if parser.equals(opener, "{") { return site.bodyEnd - opener.upperBound <= 1 }
    return parser.isOne(opener, of: ["for", "while", "until", "if", "case", "select", "function"])
  }

  /// Whether an error depends on other lines.
  static func spansLines(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser,
    _ site: ShellSite
  ) -> Bool {
    opensLines(error, parser, site) || closesLines(error, parser, site)
  }

  private static func closesLines(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser,
    _ site: ShellSite
  ) -> Bool {
    guard error.reason == .unexpected, site.isInBody(error.range) else { return false }
    let words: [StaticString] = ["done", "do", "fi", "then", "else", "elif", "esac", "}"]
    let lead = site.bodyStart..<error.range.lowerBound
    return parser.isOne(error.range, of: words) && parser.text.span.isBlank(lead)
  }

  /// DB309: `{ a; b }` without the semicolon.
  private static func reportGroup(
    _ error: ShellSyntaxError,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) -> Bool {
    guard let opener = error.opener, parser.equals(opener, "{"), error.reason == .unexpectedEnd,
      let brace = looseBrace(behind: opener.upperBound, parser)
    else { return false }
    let isOfLine = site.isInBody(opener) && site.isInBody(brace..<brace + 1)
    guard findings.admits(.braceGroup, at: brace..<brace + 1, of: site, alone: isOfLine)
    else { return true }
    let primary = site.label(brace..<brace + 1, in: bytes, "an argument of the last command")
    let fix = site.edit(brace..<brace, in: site.part(at: brace), of: bytes, to: "; ")
    let begin = site.label(opener, in: bytes, "the group begins here")
    findings.append(
      Diagnostic(
        .braceGroup,
        "a group needs `;` before its `}`",
        at: primary,
        labels: [begin],
        notes: ["the task ends with exit status 2 and nothing runs"],
        help: ["write `; }`, or use `( ... )`"],
        fixes: fix.map {
          [FixIt(message: "end the last command", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
    return true
  }

  /// The last `}` that is a word of its own but no reserved one.
  private static func looseBrace(behind start: Int, _ parser: borrowing ShellParser) -> Int? {
    parser.nodes.last { node in
      node.kind == .word && node.end == node.start + 1 && Int(node.start) >= start
        && parser.text[Int(node.start)] == UInt8(ascii: "}")
    }.map { Int($0.start) }
  }
}
