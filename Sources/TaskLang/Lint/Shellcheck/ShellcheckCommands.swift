/// The commands of an input for the program shellcheck, each text once, and what it said of them.
///
/// The language starts no program: whoever does takes the commands that have gathered, asks, and hands
/// the comments back, whose places become places in PREFIX, line and SUFFIX. Commands that bash cannot
/// parse are left out: DB301 and its like speak of those.
package struct ShellcheckCommands: Sendable {
  /// A command and where its text comes from.
  package struct Command: Sendable {
    /// PREFIX, line and SUFFIX, joined.
    package let text: [UInt8]
    fileprivate let site: ShellSite
    /// The bytes of its line.
    fileprivate let line: [UInt8]
  }

  /// A text by which it is known again: 128 bits that nobody can aim at.
  private struct Digest: Hashable {
    let low: Int
    let high: Int

    init(_ text: [UInt8]) {
      func hash(_ salt: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(salt)
        hasher.combine(text)
        return hasher.finalize()
      }
      (low, high) = (hash(0), hash(1))
    }
  }

  /// A comment on an affix, which every task under it would get.
  private struct Cause: Hashable {
    let number: Int
    let offset: Int
  }

  private let options: LintOptions
  private var parser = ShellParser()
  private var seen: Set<Digest> = []
  private var waiting: [Command] = []
  private var found: [Diagnostic] = []
  private var places: [Cause: Int] = [:]
  private var furtherTasks: [Int: Int] = [:]

  /// Makes an empty collection.
  package init(options: LintOptions) { self.options = options }

  /// How many commands wait to be asked about.
  package var count: Int { waiting.count }

  /// Takes an item of the plan; the arguments are those of `FrontEnd.Visitor`.
  package mutating func take(
    _ item: LoweredItem,
    _ piece: Range<Int>,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ lowering: borrowing Lowering
  ) {
    let body: Range<Int>
    switch item {
    case .task: body = piece
    case .repeated(_, let indexes, let stretch):
      guard indexes.count > 0 else { return }
      body = stretch
    case .perEngine(_, let directive): body = directive.command
    case .nothing, .end, .barrier: return
    }
    let text = lowering.command(body, bytes)
    guard seen.insert(Digest(text)).inserted else { return }
    if case .rejected = parser.parse({ $0 += text }) { return }
    var site = ShellSite()
    site.prefix = lowering.prefix
    site.suffix = lowering.suffix
    site.line = line
    site.body = body
    waiting.append(Command(text: text, site: site, line: bytes.copy(0..<bytes.count)))
  }

  /// Hands out the commands that wait.
  package mutating func next() -> [Command] {
    defer { waiting = [] }
    return waiting
  }

  /// Accepts shellcheck's findings about a command.
  package mutating func take(_ comment: ShellcheckComment, on command: Command) {
    guard let severity = options.shellcheckSeverity(comment.number, comment.severity) else {
      return
    }
    let columns = Columns(command.text)
    let range = columns.offsets(of: comment.columns)
    let site = command.site
    let part = site.part(at: range.lowerBound)
    if part == .prefix, ShellcheckComment.excludedInPrefix.contains(comment.number) { return }
    if comment.number == ShellcheckComment.unquoted, Self.isNumber(range, of: command.text) {
      return
    }
    let start = part == .suffix ? range.lowerBound - site.bodyEnd : range.lowerBound
    if let offset = site.affixOffset(start, in: part) {
      let cause = Cause(number: comment.number, offset: offset)
      if let index = places[cause] {
        furtherTasks[index, default: 0] += 1
        return
      }
      places[cause] = found.count
    }
    let line = command.line.span
    var diagnostic = Diagnostic(
      .shellcheck,
      Self.sentence(comment.message),
      at: site.label(range, in: line),
      help: ["see \(Self.page(of: comment.number))"]
    )
    diagnostic.number = comment.number
    diagnostic.severity = severity
    if let fix = Self.fix(comment.replacements, on: range, columns, site, line) {
      diagnostic.fixes = [fix]
    }
    found.append(diagnostic)
  }

  /// Whether a stretch is a variable that disBatch sets to a number, which needs no quotes.
  private static func isNumber(_ range: Range<Int>, of text: [UInt8]) -> Bool {
    let dollar = UInt8(ascii: "$")
    guard range.count > 3, text[range.lowerBound] == dollar else { return false }
    let isBraced = text[range.lowerBound + 1] == UInt8(ascii: "{")
    let start = range.lowerBound + (isBraced ? 2 : 1)
    let name = text[start..<(isBraced ? range.upperBound - 1 : range.upperBound)]
    return DisbatchVariable.allCases.contains { variable in
      variable.isNumber && name.elementsEqual(variable.rawValue.utf8)
    }
  }

  /// Where shellcheck's own page of a code is.
  package static func page(of number: Int) -> String {
    "https://www.shellcheck.net/wiki/SC\(number)"
  }

  /// A message as ours are: lower case, no full stop.
  private static func sentence(_ message: String) -> String {
    var text = message.hasSuffix(".") ? String(message.dropLast()) : message
    let start = text.prefix(2)
    if let first = start.first, first.isUppercase, start.dropFirst().allSatisfy(\.isLowercase) {
      text = first.lowercased() + text.dropFirst()
    }
    return text
  }

  /// The replacements as a fix; nil where one of them crosses the parts of the command.
  private static func fix(
    _ replacements: [ShellcheckComment.Replacement],
    on found: Range<Int>,
    _ columns: Columns,
    _ site: ShellSite,
    _ line: Span<UInt8>
  ) -> FixIt? {
    var edits: [Edit] = []
    for replacement in replacements {
      let range = columns.offsets(of: replacement.columns)
      // What is inserted at a join belongs to the side that the finding is on.
      let isBehind = range.isEmpty && range.lowerBound > found.lowerBound
      let part = site.part(at: isBehind ? range.lowerBound - 1 : range.lowerBound)
      guard let edit = site.edit(range, in: part, of: line, to: replacement.text) else {
        return nil
      }
      edits.append(edit)
    }
    guard !edits.isEmpty else { return nil }
    return FixIt(message: "shellcheck proposes", applicability: .unsafe, edits: edits)
  }

  /// Hands everything on, in the order of the places.
  mutating func finish(_ findings: inout Findings) {
    for (index, count) in furtherTasks {
      found[index].notes.append(
        "and \(count) more \(count == 1 ? "task" : "tasks") with the same prefix or suffix"
      )
    }
    found.sort { $0.primary.span.start.offset < $1.primary.span.start.offset }
    for diagnostic in found { findings.add(.shellcheck, number: diagnostic.number) { diagnostic } }
    found = []
  }

  /// Columns of a text as offsets.
  ///
  /// To shellcheck, as here, a byte that is no part of UTF-8 is a column.
  private struct Columns {
    let text: [UInt8]

    init(_ text: [UInt8]) { self.text = text }

    func offsets(of columns: Range<Int>) -> Range<Int> {
      let start = offset(of: columns.lowerBound)
      return start..<max(start, offset(of: columns.upperBound))
    }

    private func offset(of column: Int) -> Int {
      var left = column - 1
      var index = 0
      while left > 0, index < text.count {
        index += UTF8Text.sequenceLength(in: text.span, at: index, end: text.count) ?? 1
        left -= 1
      }
      return index
    }
  }
}
