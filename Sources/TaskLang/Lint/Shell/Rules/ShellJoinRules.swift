/// DB302 to DB305, DB307 and DB310: what happens where PREFIX, line and SUFFIX meet.
enum ShellJoinRules {
  /// Looks at the joins.
  ///
  /// - Returns: Whether something was found that makes other findings about the syntax idle.
  static func check(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) -> Bool {
    if checkComment(parser, site, in: bytes, &findings) { return true }
    if checkBackslash(parser, site, in: bytes, &findings) { return true }
    if checkNumber(parser, site, in: bytes, &findings) { return true }
    checkOption(parser, site, in: bytes, &findings)
    checkGlue(parser, site, in: bytes, &findings)
    return false
  }

  /// DB304 and DB305.
  private static func checkComment(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) -> Bool {
    guard let comment = parser.comment else { return false }
    switch site.part(at: comment.lowerBound) {
    case .suffix: return false
    case .prefix:
      guard findings.admits(.commentInPrefix, at: comment.lowerBound..<site.bodyStart, of: site)
      else { return true }
      let primary = site.label(comment.lowerBound..<site.bodyStart, in: bytes)
      let line = site.wholeBody(in: bytes, "part of the comment, as every other task")
      findings.append(
        Diagnostic(
          .commentInPrefix,
          "this `#` in PREFIX makes a comment of every task",
          at: primary,
          labels: [line],
          notes: [
            "bash sees only what stands in front of the `#`; its status is that of every task"
          ],
          help: ["put the comment on a line of its own, or quote the `#`"]
        )
      )
      return true
    case .body:
      guard !site.suffix.bytes.isEmpty,
        !site.suffix.bytes.span.isBlank(0..<site.suffix.bytes.count)
      else { return false }
      reportSwallowed(comment.lowerBound, parser, site, in: bytes, &findings)
      return true
    }
  }

  private static func reportSwallowed(
    _ start: Int,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    var blank = start
    while blank > site.bodyStart, ASCII.isBlank(parser.text[blank - 1]) { blank -= 1 }
    let edit = site.edit(blank..<site.bodyEnd, in: .body, of: bytes, to: "")
    guard findings.admits(.commentSwallowsSuffix, at: start..<site.bodyEnd, of: site, alone: true)
    else { return }
    let primary = site.label(start..<site.bodyEnd, in: bytes)
    let suffix = site.label(
      site.bodyEnd..<parser.text.count,
      in: bytes,
      "this SUFFIX becomes part of the comment"
    )
    findings.append(
      Diagnostic(
        .commentSwallowsSuffix,
        "this comment swallows the SUFFIX",
        at: primary,
        labels: [suffix],
        help: ["put the comment on a line of its own, or quote the `#`"],
        fixes: edit.map {
          [FixIt(message: "remove the comment", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
  }

  /// DB307.
  private static func checkBackslash(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) -> Bool {
    var start = site.bodyEnd
    while start > site.bodyStart, parser.text[start - 1] == UInt8(ascii: "\\") { start -= 1 }
    guard (site.bodyEnd - start) % 2 == 1, !site.body.isEmpty else { return false }
    guard
      findings.admits(.lineContinuation, at: site.bodyEnd - 1..<site.bodyEnd, of: site, alone: true)
    else { return true }
    let primary = site.label(site.bodyEnd - 1..<site.bodyEnd, in: bytes)
    let hasSuffix = !site.suffix.bytes.isEmpty
    findings.append(
      Diagnostic(
        .lineContinuation,
        "a line is not continued by `\\`: the next line is a task of its own",
        at: primary,
        notes: hasSuffix ? ["the `\\` quotes the first byte of the SUFFIX"] : [],
        help: ["write the command on one line, or put it into a script"]
      )
    )
    return true
  }

  /// DB303: the end of the line runs into a redirection that SUFFIX begins with.
  private static func checkNumber(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) -> Bool {
    let suffix = site.suffix.bytes
    let digits = suffix.prefix { ASCII.isDigit($0) }.count
    guard digits < suffix.count, site.bodyEnd > 0,
      suffix[digits] == UInt8(ascii: ">") || suffix[digits] == UInt8(ascii: "<")
    else { return false }
    let angle = site.bodyEnd + digits
    var start = site.bodyEnd
    if digits > 0 {
      while start > 0, isWordEnd(parser.text[start - 1]) { start -= 1 }
    } else {
      while start > 0, ASCII.isDigit(parser.text[start - 1]) { start -= 1 }
    }
    guard start < site.bodyEnd, digits > 0 || start == 0 || ASCII.isBlank(parser.text[start - 1])
    else { return false }
    let isRedirection = parser.nodes.contains {
      $0.kind == .redirection && $0.detail == angle && (digits > 0 || $0.start == start)
    }
    guard isRedirection else { return false }
    let word = parser.quoted(start..<site.bodyEnd)
    // It is SUFFIX that is wrong, whatever the line is.
    let place = digits > 0 ? site.bodyEnd..<angle + 1 : start..<site.bodyEnd
    let cause = site.bodyEnd..<angle + 1
    guard findings.admits(.numberGluedRedirect, at: cause, of: site, detail: digits > 0 ? 1 : 0)
    else { return true }
    let primary = site.label(place, in: bytes)
    let other = site.label(
      digits > 0 ? start..<site.bodyEnd : site.bodyEnd..<angle + 1,
      in: bytes,
      digits > 0 ? "goes on with the number of SUFFIX" : "SUFFIX begins with this"
    )
    let edit = site.edit(site.bodyEnd..<site.bodyEnd, in: .suffix, of: bytes, to: " ")
    let glued = parser.quoted(start..<angle)
    findings.append(
      Diagnostic(
        .numberGluedRedirect,
        digits > 0
          ? "the descriptor of this redirection becomes part of the argument: \(glued)"
          : "the argument \(word) becomes the descriptor of the SUFFIX's redirection",
        at: primary,
        labels: [other],
        notes: [
          digits > 0
            ? "the command runs with another argument, and its standard output is redirected"
            : "the command runs without this argument"
        ],
        help: ["put a blank in front of the redirection"],
        fixes: edit.map {
          [FixIt(message: "begin SUFFIX with a blank", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
    return true
  }

  /// Whether a byte belongs to the word in front of a number.
  private static func isWordEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      false
    default: !ASCII.isBlank(byte)
    }
  }

  /// DB310.
  private static func checkOption(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard let first = parser.text.first, site.prefix.bytes.isEmpty,
      first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    else { return }
    var end = 1
    while end < site.bodyEnd, !ASCII.isBlank(parser.text[end]) { end += 1 }
    guard findings.admits(.optionLikeCommand, at: 0..<end, of: site) else { return }
    let primary = site.label(0..<end, in: bytes)
    let word = parser.quoted(0..<end)
    findings.append(
      Diagnostic(
        .optionLikeCommand,
        "\(word) is the name of the command here",
        at: primary,
        notes: ["disBatch 3.0 hands it to bash as an option, and the task ends with status 2"],
        help: ["is a PREFIX missing, or was one not understood above?"]
      )
    )
  }

  /// DB302.
  ///
  /// Fires for what can hardly be meant: an option glued to a word, two words that become the name of
  /// one command, a script or a long option that goes on with an argument. Names put together from
  /// parts, as `data_` and `7`, are left alone; where both may be meant it is a remark.
  private static func checkGlue(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let text = parser.text
    guard !site.body.isEmpty else { return }
    let (start, end) = (site.bodyStart, site.bodyEnd)
    if start > 0, isWordByte(text[start - 1]), let word = plainWord(around: start, parser) {
      let isSure =
        text[start] == UInt8(ascii: "-") && !isNumbered(start, parser)
        || isWordByte(text[start]) && isWithinName(start, parser)
        || ShellJoinWords.isWhole(word.lowerBound..<start, parser)
      if isSure {
        report(start, .prefix, parser, site, in: bytes, &findings)
      } else if ShellJoinWords.mayBeWhole(word.lowerBound..<start, before: word.upperBound, parser)
      {
        report(start, .prefix, isDoubtful: true, parser, site, in: bytes, &findings)
      }
    }
    if end + 1 < text.count, isWordByte(text[end - 1]), text[end] == UInt8(ascii: "-"),
      text[end + 1] == UInt8(ascii: "-") || isWordByte(text[end + 1])
    {
      report(end, .suffix, parser, site, in: bytes, &findings)
    }
  }

  /// The word that a join lies in, outside of quotes and of what is expanded.
  private static func plainWord(around join: Int, _ parser: borrowing ShellParser) -> Range<Int>? {
    // A word that bash could not read to its end has none.
    func isAround(_ node: ShellNode) -> Bool { Int(node.start) < join && Int(node.end) > join }
    for index in parser.nodes.indices {
      let word = parser.nodes[index]
      guard word.kind == .word, isAround(word) else { continue }
      let isInside = parser.children(of: Int32(index)).contains { isAround(parser.node($0)) }
      return isInside ? nil : word.range
    }
    return nil
  }

  /// Whether `-` and a digit begin the line, as in `sample` and `-1.txt`.
  private static func isNumbered(_ start: Int, _ parser: borrowing ShellParser) -> Bool {
    start + 1 < parser.text.count && ASCII.isDigit(parser.text[start + 1])
      && !isWithinName(start, parser)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    ASCII.continuesName(byte) && byte != UInt8(ascii: "_")
  }

  /// Whether a join lies within the first word of a simple command.
  private static func isWithinName(_ join: Int, _ parser: borrowing ShellParser) -> Bool {
    for index in parser.nodes.indices where parser.nodes[index].kind == .simple {
      if let name = parser.commandName(of: Int32(index)), name.lowerBound < join,
        name.upperBound > join
      {
        return true
      }
    }
    return false
  }

  private static func report(
    _ join: Int,
    _ part: ShellSite.Part,
    isDoubtful: Bool = false,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    var (start, end) = (join, join)
    while start > 0, !ASCII.isBlank(parser.text[start - 1]) { start -= 1 }
    while end < parser.text.count, !ASCII.isBlank(parser.text[end]) { end += 1 }
    let glued = parser.quoted(start..<end)
    let affix = part == .prefix ? "PREFIX" : "SUFFIX"
    let affixRange = part == .prefix ? start..<join : join..<end
    let bodyRange =
      part == .prefix ? join..<min(end, site.bodyEnd) : max(start, site.bodyStart)..<join
    guard
      findings.admits(
        .affixGlued,
        at: affixRange,
        of: site,
        detail: part == .suffix ? 1 : isDoubtful ? 2 : 0
      )
    else { return }
    let primary = site.label(affixRange, in: bytes)
    let other = site.label(bodyRange, in: bytes, "makes \(glued) of it")
    let edit = isDoubtful ? nil : site.edit(join..<join, in: part, of: bytes, to: " ")
    var diagnostic = Diagnostic(
      .affixGlued,
      "\(affix) is joined to the command without a blank",
      at: primary,
      labels: [other],
      help: [part == .prefix ? "end PREFIX with a blank" : "begin SUFFIX with a blank"],
      fixes: edit.map {
        [FixIt(message: "put a blank between", applicability: .unsafe, edits: [$0])]
      } ?? []
    )
    if isDoubtful {
      diagnostic.severity = .info
      diagnostic.help = ["end PREFIX with a blank if \(glued) is not what is meant"]
    }
    findings.append(diagnostic)
  }
}
