/// DB113: `start` and `step` that have become part of the command.
enum RepeatClauses {
  /// Looks at a REPEAT.
  static func check(
    _ directive: RepeatDirective,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    // Behind both, there is nothing that the words could have been meant as but the command.
    guard directive.start == nil || directive.step == nil,
      let command = directive.command, let clause = clause(command, bytes)
    else { return }
    findings.add(.repeatClauseIsCommand) {
      Diagnostic(
        .repeatClauseIsCommand,
        "\(bytes.quoted(clause.range)) is read as the beginning of the command",
        at: line.label(clause.range, in: bytes, "the command begins here"),
        notes: ["disBatch 3.0 runs \(bytes.quoted(command))"],
        help: [
          "the form is `REPEAT COUNT [start S] [step T] COMMAND`, in this order, with whole numbers"
        ],
        fixes: repaired(directive, command, bytes).map {
          [
            .replacing(
              directive.count.range.upperBound..<command.upperBound,
              with: $0,
              "write the numbers in order",
              .unsafe,
              of: line,
              in: bytes
            )
          ]
        } ?? []
      )
    }
  }

  private struct Clause {
    var isStart: Bool
    /// The whole clause.
    var range: Range<Int>
    /// Its digits, where they are a number that the language knows.
    var digits: Range<Int>?
  }

  /// The clause that a text begins with, however it is written.
  private static func clause(_ text: Range<Int>, _ bytes: Span<UInt8>) -> Clause? {
    let end = text.upperBound
    let first = bytes.skippingBlanks(from: text.lowerBound, to: end)
    let word = bytes.letters(from: first, to: end)
    guard let meaning = meaning(of: word, bytes) else { return nil }
    let isStart = meaning.isStart
    var next = bytes.skippingBlanks(from: word.upperBound, to: end)
    if next < end, bytes[next] == UInt8(ascii: "=") || bytes[next] == UInt8(ascii: ":") {
      next = bytes.skippingBlanks(from: next + 1, to: end)
    }
    guard next > word.upperBound, next < end else { return nil }
    var lexer = Lexer(next..<end)
    let isSigned = bytes[next] == UInt8(ascii: "-") || bytes[next] == UInt8(ascii: "+")
    if isSigned { lexer = Lexer(next + 1..<end) }
    let digits = lexer.digits(in: bytes)
    guard !digits.isEmpty else { return nil }
    let runsOn = lexer.peek(in: bytes).map { !ASCII.isBlank($0) } ?? false
    if runsOn { _ = lexer.word(in: bytes) }
    if !meaning.isExact, runsOn || bytes.isBlank(lexer.position..<end) { return nil }
    return Clause(
      isStart: isStart,
      range: first..<lexer.position,
      digits: isSigned || runsOn ? nil : digits
    )
  }

  /// Words for what `start` and `step` say, of which none is the name of a program.
  private static let starts = ["start", "from", "begin", "first", "offset"]
  private static let steps = ["step", "by", "stride", "increment", "inc"]

  /// Which of the two numbers a word stands for; those that nearly say so count only with a number and
  /// a command behind it.
  private static func meaning(
    of word: Range<Int>,
    _ bytes: Span<UInt8>
  ) -> (isStart: Bool, isExact: Bool)? {
    if bytes.equals("start", word, foldingCase: true) { return (true, true) }
    if bytes.equals("step", word, foldingCase: true) { return (false, true) }
    guard (2...9).contains(word.count) else { return nil }
    // `stat` and `stop` are programs.
    let written = bytes.text(word).lowercased()
    if written == "stat" || written == "stop" { return nil }
    if starts.contains(written) { return (true, false) }
    if steps.contains(written) { return (false, false) }
    switch Suggestion.nearest(to: written.utf8, among: ["start", "step"]) {
    case "start": return (true, false)
    case "step": return (false, false)
    default: return nil
    }
  }

  /// What should stand behind the count, or `nil` when that cannot be told.
  private static func repaired(
    _ directive: RepeatDirective,
    _ command: Range<Int>,
    _ bytes: Span<UInt8>
  ) -> [UInt8]? {
    var start = directive.start?.number.range
    var step = directive.step?.number.range
    var rest = command
    while let next = clause(rest, bytes) {
      guard let digits = next.digits, (next.isStart ? start : step) == nil else { return nil }
      if next.isStart { start = digits } else { step = digits }
      let behind = next.range.upperBound
      rest = min(behind + 1, command.upperBound)..<command.upperBound
    }
    var text: [UInt8] = []
    if let start { text += Array(" start ".utf8) + bytes.copy(start) }
    if let step { text += Array(" step ".utf8) + bytes.copy(step) }
    if !rest.isEmpty { text += [ASCII.space] + bytes.copy(rest) }
    return text
  }
}
