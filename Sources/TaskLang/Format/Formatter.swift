/// The one way to write what may be written in several.
///
/// Only what has no effect is touched: the case of keywords, and the blanks between REPEAT's words.
/// Text that the language passes on stays byte for byte, and so does the number of lines, for tasks
/// see theirs. What the lines come to is the same before and after, and formatting twice is
/// formatting once.
public enum Formatter {
  /// One replacement of bytes.
  public struct Replacement: Sendable, Hashable {
    /// What is replaced, in bytes of the input.
    public var range: Range<Int>
    /// What stands there afterwards.
    public var text: [UInt8]
  }

  /// The input in canonical layout.
  ///
  /// - Complexity: O(bytes).
  public static func formatted(_ source: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var copied = 0
    for edit in edits(of: source) {
      result += source[copied..<edit.range.lowerBound]
      result += edit.text
      copied = edit.range.upperBound
    }
    result += source[copied...]
    return result
  }

  /// What has to be replaced for the canonical layout, in order.
  ///
  /// - Parameter source: Whole lines.
  /// - Returns: Replacements that do not overlap.
  public static func edits(of source: [UInt8]) -> [Replacement] {
    var edits: [Replacement] = []
    func take(_ line: PhysicalLine, _ bytes: Span<UInt8>) -> Bool {
      line.forEachPiece(of: bytes) { piece in
        if case .directive(let directive) = Parser.parse(bytes, piece) {
          append(directive, to: piece.upperBound, line, bytes, &edits)
        }
        return true
      }
      return true
    }
    var reader = LineReader()
    _ = reader.read(source.span) { take($0, $1) }
    reader.finish { take($0, $1) }
    return edits
  }

  private static func append(
    _ directive: Directive,
    to end: Int,
    _ line: PhysicalLine,
    _ bytes: Span<UInt8>,
    _ edits: inout [Replacement]
  ) {
    func spell(_ range: Range<Int>, _ word: StaticString) {
      if bytes.equals(word, range) { return }
      var text: [UInt8] = []
      text.append(text: word)
      replace(range, text)
    }
    func replace(_ range: Range<Int>, _ text: [UInt8]) {
      let place = line.offset + range.lowerBound..<line.offset + range.upperBound
      edits.append(Replacement(range: place, text: text))
    }
    /// Makes the blanks between two words of a REPEAT one space.
    func space(_ left: Range<Int>, _ right: Range<Int>) {
      let blanks = left.upperBound..<right.lowerBound
      if !bytes.equals(" ", blanks) { replace(blanks, [ASCII.space]) }
    }
    switch directive {
    case .prefix(let affix): spell(affix.keyword, "PREFIX")
    case .suffix(let affix): spell(affix.keyword, "SUFFIX")
    case .perEngine(let item):
      spell(item.keyword, "PERENGINE")
      spell(item.event, item.moment == .start ? "START" : "STOP")
    case .barrier: break
    case .repeatTasks(let item):
      spell(item.keyword, "REPEAT")
      var last = item.keyword
      space(last, item.count.range)
      last = item.count.range
      let clauses: [(RepeatClause?, StaticString)] = [(item.start, "start"), (item.step, "step")]
      for (clause, word) in clauses {
        guard let clause else { continue }
        space(last, clause.keyword)
        spell(clause.keyword, word)
        space(clause.keyword, clause.number.range)
        last = clause.number.range
      }
      // Blanks behind the numbers are no command, and nothing else may follow them.
      if item.command == nil, last.upperBound < end { replace(last.upperBound..<end, []) }
    }
  }
}
