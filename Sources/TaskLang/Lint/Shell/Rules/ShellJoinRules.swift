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

  /// DB303.
  private static func checkNumber(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) -> Bool {
    guard let first = site.suffix.bytes.first,
      first == UInt8(ascii: ">") || first == UInt8(ascii: "<"), site.bodyEnd > 0
    else { return false }
    var start = site.bodyEnd
    while start > 0, ASCII.isDigit(parser.text[start - 1]) { start -= 1 }
    guard start < site.bodyEnd, start == 0 || ASCII.isBlank(parser.text[start - 1]) else {
      return false
    }
    let isRedirection = parser.nodes.contains {
      $0.kind == .redirection && $0.start == start && $0.detail == site.bodyEnd
    }
    guard isRedirection else { return false }
    let number = parser.quoted(start..<site.bodyEnd)
    guard findings.admits(.numberGluedRedirect, at: start..<site.bodyEnd, of: site) else {
      return true
    }
    let primary = site.label(start..<site.bodyEnd, in: bytes)
    let suffix = site.label(
      site.bodyEnd..<site.bodyEnd + 1,
      in: bytes,
      "SUFFIX begins with this"
    )
    let edit = site.edit(site.bodyEnd..<site.bodyEnd, in: .suffix, of: bytes, to: " ")
    findings.append(
      Diagnostic(
        .numberGluedRedirect,
        "the argument \(number) becomes the descriptor of the SUFFIX's redirection",
        at: primary,
        labels: [suffix],
        notes: ["the command runs without this argument"],
        help: ["put a blank in front of the redirection"],
        fixes: edit.map {
          [FixIt(message: "begin SUFFIX with a blank", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
    return true
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
  /// Fires for what can hardly be meant: an option glued to a word, or two words that become the name
  /// of one command. Names put together from parts, as `data_` and `7`, are left alone.
  private static func checkGlue(
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let text = parser.text
    guard !site.body.isEmpty else { return }
    let (start, end) = (site.bodyStart, site.bodyEnd)
    if start > 0, isWordByte(text[start - 1]) {
      let isOption = text[start] == UInt8(ascii: "-")
      let isName = isWordByte(text[start]) && isWithinName(start, parser)
      if isOption || isName {
        report(start, .prefix, parser, site, in: bytes, &findings)
      }
    }
    if end + 1 < text.count, isWordByte(text[end - 1]), text[end] == UInt8(ascii: "-"),
      text[end + 1] == UInt8(ascii: "-") || isWordByte(text[end + 1])
    {
      report(end, .suffix, parser, site, in: bytes, &findings)
    }
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
    guard findings.admits(.affixGlued, at: affixRange, of: site, detail: part == .prefix ? 0 : 1)
    else { return }
    let primary = site.label(affixRange, in: bytes)
    let other = site.label(bodyRange, in: bytes, "makes \(glued) of it")
    let edit = site.edit(join..<join, in: part, of: bytes, to: " ")
    findings.append(
      Diagnostic(
        .affixGlued,
        "\(affix) is joined to the command without a blank",
        at: primary,
        labels: [other],
        help: [part == .prefix ? "end PREFIX with a blank" : "begin SUFFIX with a blank"],
        fixes: edit.map {
          [FixIt(message: "put a blank between", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
  }
}
