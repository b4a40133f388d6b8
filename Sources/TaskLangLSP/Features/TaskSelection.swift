import TaskLang

/// Consecutive lines that are tasks and nothing else, all with the same PREFIX and SUFFIX, and that do not
/// say which line they stand on.
struct TaskSelection {
  private let document: Document
  private let lines: [[UInt8]]
  /// From the first byte of the first line to behind the last of the last.
  private let range: Range<Int>
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  /// Whether a command follows that the PREFIX in force still applies to.
  private let isFollowed: Bool

  /// Most lines that are looked at.
  private static let limit = 100_000

  /// Takes the lines that a range touches; `nil` unless they are two tasks or more.
  init?(_ range: Range<Int>, of document: Document) {
    var lines: [[UInt8]] = []
    var whole: Range<Int>?
    var affixes: (prefix: [UInt8], suffix: [UInt8]) = ([], [])
    var isUniform = true
    // A selection of whole lines ends in front of the first byte of the next one.
    let last = range.isEmpty ? range.upperBound : range.upperBound - 1
    document.forEachStatement(in: range.lowerBound..<max(last, range.lowerBound)) {
      view,
      bytes,
      lowering in
      guard case .task = view.item, !view.line.traits.contains(.carriageReturn) else {
        isUniform = false
        return false
      }
      var line: [UInt8] = []
      for index in view.piece { line.append(bytes[index]) }
      lines.append(line)
      whole = (whole?.lowerBound ?? view.range.lowerBound)..<view.range.upperBound
      affixes = (lowering.prefix.bytes, lowering.suffix.bytes)
      return lines.count <= Self.limit
    }
    guard isUniform, lines.count >= 2, lines.count <= Self.limit, let whole,
      !([affixes.prefix, affixes.suffix] + lines).contains(where: IndexText.isLineNamed)
    else { return nil }
    self.document = document
    self.lines = lines
    self.range = whole
    (prefix, suffix) = affixes
    isFollowed = Self.isPrefixUsed(behind: whole.upperBound, in: document)
  }

  /// Whether a command stands behind a byte, in front of the next PREFIX.
  private static func isPrefixUsed(behind offset: Int, in document: Document) -> Bool {
    var isUsed = false
    guard offset < document.buffer.count else { return false }
    document.forEachStatement(in: offset + 1..<document.buffer.count) { view, _, _ in
      if case .directive(.prefix) = view.statement { return false }
      isUsed = view.body != nil
      return !isUsed
    }
    return isUsed
  }

  /// What the lines begin with in common, said once in a PREFIX.
  func prefixed() -> CodeAction? {
    guard let first = lines.first else { return nil }
    var common = first.count
    for line in lines.dropFirst() {
      var same = 0
      while same < min(common, line.count), line[same] == first[same] { same += 1 }
      common = same
    }
    // Words are not cut, and what is left of each line has to be a task still.
    common = WordBreaks(in: first, prefix: prefix, suffix: suffix)?.last(upTo: common) ?? 0
    let rests = lines.map { Array($0[common...]) }
    guard common > 0, rests.allSatisfy(Self.isTask) else { return nil }
    let directive = Array("#DISBATCH PREFIX ".utf8)
    var text = directive + prefix + first[..<common]
    for rest in rests { text += [0x0A] + rest }
    if isFollowed { text += [0x0A] + directive + prefix }
    return CodeAction(
      title: "Say in a PREFIX what these \(lines.count) tasks begin with",
      kind: CodeActionKind.extract,
      diagnostic: nil,
      edits: [WorkspaceEdit.Replacement(range: range, text: text)]
    )
  }

  /// Lines that differ in one number, which rises evenly, as a REPEAT.
  func repeated() -> CodeAction? {
    guard let series = NumberSeries(lines, prefix: prefix),
      !IndexText.isNamed(in: prefix + series.command + suffix)
    else { return nil }
    var head = "#DISBATCH REPEAT \(lines.count)"
    if series.start != 0 { head += " start \(series.start)" }
    if series.step != 1 { head += " step \(series.step)" }
    let command = series.before + IndexText.reference + series.behind
    let text = Array((head + " ").utf8) + command
    // The first words of a command can be taken for numbers of the REPEAT.
    guard case .directive(.repeatTasks(let item)) = Parser.parse(text.span, 0..<text.count),
      let body = item.command, text[body] == command[...],
      WordBreaks.expands(series.before.count, in: command, prefix: prefix, suffix: suffix)
    else { return nil }
    return CodeAction(
      title: "Write these \(lines.count) tasks as a REPEAT",
      kind: CodeActionKind.extract,
      diagnostic: nil,
      edits: [WorkspaceEdit.Replacement(range: range, text: text)]
    )
  }

  private static func isTask(_ line: [UInt8]) -> Bool {
    guard case .task = Parser.parse(line.span, 0..<line.count) else { return false }
    return line.contains { $0 != 0x20 && $0 != 0x09 }
  }
}
