/// DB410 and DB411: programs that wait for somebody, and programs that hand the work on.
enum ShellStartRules {
  /// Looks at the commands that a task starts; costs nothing unless one of the two is asked for.
  static func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    if findings.reports(.nestedLauncher) {
      for entry in survey.simples where !entry.isInFunction {
        checkLauncher(entry.node, parser, site, in: bytes, &findings)
      }
    }
    guard findings.reports(.readsStdin), parser.root >= 0 else { return }
    for entry in survey.simples where !entry.isInFunction {
      checkPassword(entry.node, parser, site, in: bytes, &findings)
    }
    let isFedThroughout = survey.simples.contains {
      parser.isCalled($0.node, ["exec"]) && feedsInput($0.node, parser)
    }
    guard !isFedThroughout else { return }
    checkInput(parser.root, isFed: false, parser, site, in: bytes, &findings)
  }

  /// DB410 for what reads standard input; `isFed` where something around gives it one: a pipe, or a
  /// redirection.
  private static func checkInput(
    _ index: Int32,
    isFed: Bool,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let node = parser.node(index)
    var isFed = isFed || feedsInput(index, parser)
    switch node.kind {
    case .function: return
    case .simple, .selectClause:
      if !isFed, readsInput(index, parser) { report(index, parser, site, in: bytes, &findings) }
    case .processSubstitution:
      isFed = isFed || parser.text[Int(node.start)] == UInt8(ascii: ">")
    default: break
    }
    var child = node.firstChild
    while child >= 0 {
      checkInput(child, isFed: isFed, parser, site, in: bytes, &findings)
      if node.kind == .pipeline { isFed = true }
      child = parser.node(child).nextSibling
    }
  }

  /// Whether a command has a redirection of its standard input.
  private static func feedsInput(_ command: Int32, _ parser: borrowing ShellParser) -> Bool {
    var child = parser.node(command).firstChild
    while child >= 0 {
      let node = parser.node(child)
      if node.kind == .redirection, parser.descriptor(of: child) == 0 {
        switch node.mark {
        case .input, .readWrite, .duplicateInput, .hereDocument, .hereString: return true
        default: break
        }
      }
      child = node.nextSibling
    }
    return false
  }

  private static func readsInput(_ command: Int32, _ parser: borrowing ShellParser) -> Bool {
    if parser.node(command).kind == .selectClause { return true }
    guard parser.isCalled(command, ShellCommandNames.readers) else { return false }
    // `-u` names another descriptor.
    return !parser.words(of: command).dropFirst().contains { hasFlag("u", $0, parser) }
  }

  private static func report(
    _ command: Int32,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let range = parser.node(command).range
    guard findings.admits(.readsStdin, at: range, of: site) else { return }
    let primary = site.label(range, in: bytes)
    findings.append(
      Diagnostic(
        .readsStdin,
        "this reads standard input, which is empty in a task",
        at: primary,
        help: ["give it a file with `< FILE`, or text with `<<< \"text\"`"]
      )
    )
  }

  /// DB410 for `sudo`, which asks on the terminal and not on standard input.
  private static func checkPassword(
    _ command: Int32,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard parser.isCalled(command, ["sudo"]), let name = parser.commandName(of: command) else {
      return
    }
    var isValue = false
    for word in parser.words(of: command).dropFirst() {
      let first = parser.text[Int(parser.node(word).start)]
      guard isValue || first == UInt8(ascii: "-") else { break }
      if !isValue, parser.equals(parser.node(word).range, "--non-interactive") { return }
      if !isValue, ["n", "S", "A"].contains(where: { hasFlag($0, word, parser) }) { return }
      isValue = !isValue && (hasFlag("u", word, parser) || hasFlag("g", word, parser))
    }
    guard findings.admits(.readsStdin, at: name, of: site, detail: 1) else { return }
    let primary = site.label(name, in: bytes)
    findings.append(
      Diagnostic(
        .readsStdin,
        "`sudo` may ask for a password, and a task has no terminal",
        at: primary,
        help: ["write `sudo -n`, which fails where a password is needed"]
      )
    )
  }

  /// Whether a word is `-` and letters with `flag` among them.
  private static func hasFlag(
    _ flag: Unicode.Scalar,
    _ word: Int32,
    _ parser: borrowing ShellParser
  ) -> Bool {
    let range = parser.node(word).range
    guard range.count > 1, parser.text[range.lowerBound] == UInt8(ascii: "-"),
      parser.text[range.lowerBound + 1] != UInt8(ascii: "-")
    else { return false }
    return parser.text[range].contains(UInt8(ascii: flag))
  }

  /// DB411.
  private static func checkLauncher(
    _ command: Int32,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard parser.isCalled(command, ShellCommandNames.launchers),
      let name = parser.commandName(of: command)
    else { return }
    let words = parser.words(of: command).dropFirst().map { parser.node($0).range }
    let isOurs = parser.isOne(name, of: ["disBatch", "disbatch"])
    if isOurs, parser.equals(name, "disbatch"), let word = words.first,
      parser.isOne(word, of: ShellCommandNames.inspections)
    {
      return
    }
    if words.contains(where: { parser.isOne($0, of: ["--wait", "-W", "-K", "-sync"]) }) { return }
    guard findings.admits(.nestedLauncher, at: name, of: site, detail: isOurs ? 1 : 0) else {
      return
    }
    let primary = site.label(name, in: bytes)
    findings.append(
      Diagnostic(
        .nestedLauncher,
        isOurs
          ? "this starts tasks of its own on the cores that this run has given away"
          : "the task ends when the job is queued, not when it has run",
        at: primary,
        help: [
          isOurs
            ? "put the tasks into this file"
            : "make what the job does the task, or wait for it, as with `sbatch --wait`"
        ]
      )
    )
  }
}
