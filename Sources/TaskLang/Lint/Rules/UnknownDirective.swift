/// DB101, DB105 to DB108, DB112 and DB114: `#DISBATCH`, a space, and no directive.
///
/// The reference drops such lines. Each gets one code, for the first thing that keeps it from being a
/// directive.
struct UnknownDirective {
  private let code: DiagnosticCode
  private let place: Range<Int>
  private let message: String
  private var help: [String] = []

  /// Looks at an unknown directive.
  static func check(
    _ piece: Range<Int>,
    _ perEngine: inout LatePerEngine,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let found = UnknownDirective(piece, bytes)
    let meant = DirectiveRepair.repaired(
      from: piece.lowerBound + 9,
      to: piece.upperBound,
      in: bytes
    )
    let repaired = perEngine.accepted(meant)
    if repaired == nil { perEngine.noteBeyondRepair() }
    let isLate = meant != nil && repaired == nil
    findings.add(found.code) {
      Diagnostic(
        found.code,
        found.message,
        at: line.label(found.place, in: bytes),
        notes: [
          "disBatch 3.0 drops this line, says so only in its driver log, and takes no PERENGINE"
            + " from here on"
        ],
        help: isLate
          ? ["put PERENGINE in front of all tasks, REPEATs and BARRIERs"]
          : repaired == nil ? found.help : [],
        fixes: repaired.map {
          [.replacing(piece, with: $0, "write it so", .unsafe, of: line, in: bytes)]
        } ?? []
      )
    }
  }

  private init(
    _ code: DiagnosticCode,
    _ place: Range<Int>,
    _ message: String,
    help: [String] = []
  ) {
    self.code = code
    self.place = place
    self.message = message
    self.help = help
  }

  private init(_ piece: Range<Int>, _ bytes: Span<UInt8>) {
    let end = piece.upperBound
    let first = piece.lowerBound + 10
    let start = bytes.skippingBlanks(from: first, to: end)
    let word = bytes.letters(from: start, to: end)
    let keyword = DirectiveRepair.keyword(nearest: word, in: bytes)
    if let keyword, start > first {
      self.init(
        .extraSpaceAfterMarker,
        first..<start,
        "more than one blank between `#DISBATCH` and `\(keyword)`"
      )
      return
    }
    guard let keyword else {
      var lexer = Lexer(start..<end)
      let name = lexer.word(in: bytes)
      self.init(
        .unknownDirective,
        name.isEmpty ? piece.lowerBound..<piece.lowerBound + 9 : name,
        name.isEmpty
          ? "no directive behind `#DISBATCH`" : "unknown directive \(bytes.quoted(name))",
        help: [
          "the directives are PREFIX, SUFFIX, REPEAT, BARRIER and PERENGINE; `##DISBATCH` is a comment"
        ]
      )
      return
    }
    guard bytes.text(word).uppercased() == keyword else {
      self.init(
        .unknownDirective,
        word,
        bytes.equals("PERNODE", word, foldingCase: true)
          ? "\(bytes.quoted(word)) is called `PERENGINE` now"
          : "unknown directive \(bytes.quoted(word)); did you mean `\(keyword)`?"
      )
      return
    }
    switch keyword {
    case "BARRIER":
      self.init(.barrierCase, word, "\(bytes.quoted(word)) must be written `BARRIER`")
    case "REPEAT": self = Self.repeatHead(word.upperBound..<end, bytes)
    case "PERENGINE": self = Self.perEngine(word.upperBound..<end, bytes)
    default: self = Self.separator(word.upperBound..<end, behind: keyword, bytes)
    }
  }

  /// A keyword that must be followed by a space, and is not.
  private static func separator(
    _ rest: Range<Int>,
    behind keyword: String,
    _ bytes: Span<UInt8>
  ) -> UnknownDirective {
    let start = rest.lowerBound
    if start < rest.upperBound, ASCII.isBlank(bytes[start]) {
      let blanks = start..<bytes.skippingBlanks(from: start, to: rest.upperBound)
      return UnknownDirective(
        .tabAfterKeyword,
        blanks,
        "`\(keyword)` must be followed by a space, not by another blank"
      )
    }
    return UnknownDirective(
      .missingSpaceAfterKeyword,
      start..<start,
      rest.isEmpty
        ? "`\(keyword)` must be followed by a space, also where nothing comes behind it"
        : "`\(keyword)` must be followed by a space",
      help: [
        "an affix said before stays in force; `#DISBATCH \(keyword) ` with the space clears it"
      ]
    )
  }

  private static func repeatHead(_ rest: Range<Int>, _ bytes: Span<UInt8>) -> UnknownDirective {
    let end = rest.upperBound
    let start = bytes.skippingBlanks(from: rest.lowerBound, to: end)
    var lexer = Lexer(start..<end)
    let digits = lexer.digits(in: bytes)
    if start == rest.lowerBound, !digits.isEmpty {
      return UnknownDirective(
        .missingSpaceAfterKeyword,
        start..<start,
        "`REPEAT` must be followed by a blank"
      )
    }
    if !digits.isEmpty, let next = lexer.peek(in: bytes), ASCII.isBlank(next) {
      return UnknownDirective(
        .tabAfterKeyword,
        lexer.blanks(in: bytes),
        "the command must follow a space, not another blank"
      )
    }
    var words = Lexer(start..<end)
    let word = words.word(in: bytes)
    return UnknownDirective(
      .repeatCount,
      word,
      word.isEmpty
        ? "`REPEAT` wants a count"
        : "`REPEAT` wants a count, a whole number, not \(bytes.quoted(word))",
      help: ["write `#DISBATCH REPEAT COUNT [start S] [step T] COMMAND`"]
    )
  }

  private static func perEngine(_ rest: Range<Int>, _ bytes: Span<UInt8>) -> UnknownDirective {
    let end = rest.upperBound
    let start = bytes.skippingBlanks(from: rest.lowerBound, to: end)
    if start == end || bytes[rest.lowerBound] == ASCII.space {
      let word = bytes.letters(from: start, to: end)
      let event = bytes.text(word).uppercased()
      if start == rest.lowerBound + 1, event == "START" || event == "STOP",
        word.upperBound == end || ASCII.isBlank(bytes[word.upperBound])
      {
        var found = separator(word.upperBound..<end, behind: "PERENGINE \(event)", bytes)
        found.help = ["write the command behind `\(event)`"]
        return found
      }
      var lexer = Lexer(start..<end)
      let name = lexer.word(in: bytes)
      let blanks = rest.lowerBound..<start
      let isBlankToBlame = event == "START" || event == "STOP"
      return UnknownDirective(
        .perengineEvent,
        isBlankToBlame || name.isEmpty ? blanks : name,
        name.isEmpty || isBlankToBlame
          ? "`PERENGINE` must be followed by one space and `START` or `STOP`"
          : "`PERENGINE` wants `START` or `STOP`, not \(bytes.quoted(name))",
        help: ["write `#DISBATCH PERENGINE START COMMAND` or `#DISBATCH PERENGINE STOP COMMAND`"]
      )
    }
    return separator(rest, behind: "PERENGINE", bytes)
  }
}
