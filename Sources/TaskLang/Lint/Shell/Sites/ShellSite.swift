/// Which command of the plan is looked at.
enum ShellOccasion: Sendable, Hashable {
  /// One task.
  case task(id: Int)
  /// The tasks of a REPEAT.
  case repeated(firstID: Int, RepeatRange)
  /// A PERENGINE command.
  case perEngine
}

/// Where the joined text of a command comes from: PREFIX, a stretch of a line, SUFFIX.
///
/// Offsets of the joined text become labels and edits of the source; the bytes of the line come
/// beside it.
struct ShellSite: Sendable {
  /// The PREFIX in force.
  var prefix = Affix()
  /// The SUFFIX in force.
  var suffix = Affix()
  /// Counts the pairs of affixes that were in force so far.
  var context = 0
  var line = PhysicalLine(number: 0, offset: 0, traits: [], isTerminated: false)
  /// The stretch of the line.
  var body = 0..<0
  var occasion = ShellOccasion.perEngine

  /// A part of the joined text.
  enum Part: Sendable, Hashable { case prefix, body, suffix }

  /// Where the line's part begins in the joined text.
  var bodyStart: Int { prefix.bytes.count }
  /// Where SUFFIX begins in the joined text.
  var bodyEnd: Int { prefix.bytes.count + body.count }

  /// The part that an offset of the joined text lies in; a place between two belongs to the second.
  func part(at offset: Int) -> Part {
    if offset < bodyStart { return .prefix }
    if offset < bodyEnd || suffix.bytes.isEmpty { return .body }
    return .suffix
  }

  /// Where an offset of an affix lies in the input; `nil` for one of the line.
  func affixOffset(_ offset: Int, in part: Part) -> Int? {
    switch part {
    case .prefix: prefix.origin.map { $0.span.start.offset + offset }
    case .body: nil
    case .suffix: suffix.origin.map { $0.span.start.offset + offset }
    }
  }

  /// Whether what begins at an offset of the joined text is a matter of the line and of no affix.
  func isOfLine(_ offset: Int) -> Bool {
    let part = part(at: offset)
    return part == .body || affixOffset(offset, in: part) == nil
  }

  /// Whether a stretch of the joined text lies in the line alone.
  func isInBody(_ range: Range<Int>) -> Bool {
    range.lowerBound >= bodyStart && range.upperBound <= bodyEnd
  }

  /// A label for what a stretch covers of the part that it begins in.
  func label(_ range: Range<Int>, in bytes: Span<UInt8>, _ message: String = "") -> Label {
    switch part(at: range.lowerBound) {
    case .prefix:
      return affixLabel(prefix, range, message) ?? bodyLabel(range, in: bytes, message)
    case .suffix:
      let local = range.lowerBound - bodyEnd..<range.upperBound - bodyEnd
      return affixLabel(suffix, local, message) ?? bodyLabel(range, in: bytes, message)
    case .body:
      return bodyLabel(range, in: bytes, message)
    }
  }

  private func bodyLabel(_ range: Range<Int>, in bytes: Span<UInt8>, _ message: String) -> Label {
    line.label(lineRange(range), in: bytes, message)
  }

  /// What a stretch of the joined text covers of the line.
  func lineRange(_ range: Range<Int>) -> Range<Int> {
    let shift = body.lowerBound - bodyStart
    let start = min(max(range.lowerBound + shift, body.lowerBound), body.upperBound)
    return start..<min(max(range.upperBound + shift, start), body.upperBound)
  }

  /// The whole of the line's part.
  func wholeBody(in bytes: Span<UInt8>, _ message: String = "") -> Label {
    line.label(body, in: bytes, message)
  }

  private func affixLabel(_ affix: Affix, _ range: Range<Int>, _ message: String) -> Label? {
    guard var label = affix.origin, let span = affixSpan(affix, range) else { return nil }
    label.span = span
    label.message = message
    return label
  }

  private func affixSpan(_ affix: Affix, _ range: Range<Int>) -> SourceSpan? {
    guard let origin = affix.origin else { return nil }
    let start = min(max(range.lowerBound, 0), affix.bytes.count)
    let end = min(max(range.upperBound, start), affix.bytes.count)
    let text = affix.bytes.span
    let column = origin.span.start.column + UTF8Text.codePoints(in: text, 0..<start)
    let first = origin.span.start
    return SourceSpan(
      start: Position(line: first.line, column: column, offset: first.offset + start),
      end: Position(
        line: first.line,
        column: column + UTF8Text.codePoints(in: text, start..<end),
        offset: first.offset + end
      )
    )
  }

  /// The edit that puts `text` in place of a stretch; `nil` where it crosses two parts.
  ///
  /// - Parameters:
  ///   - range: The stretch; an empty one is an insertion.
  ///   - part: The part to write in where the stretch stands between two; that of its start if nil.
  ///   - bytes: The bytes of the line.
  ///   - text: What to write.
  /// - Returns: The edit, in the line or in the directive of the affix.
  func edit(
    _ range: Range<Int>,
    in part: Part? = nil,
    of bytes: Span<UInt8>,
    to text: String
  ) -> Edit? {
    let new = Array(text.utf8)
    switch part ?? self.part(at: range.lowerBound) {
    case .prefix:
      guard range.upperBound <= bodyStart else { return nil }
      return affixEdit(prefix, range, new)
    case .body:
      guard isInBody(range) else { return nil }
      return line.edit(lineRange(range), in: bytes, to: new)
    case .suffix:
      guard range.lowerBound >= bodyEnd else { return nil }
      return affixEdit(suffix, range.lowerBound - bodyEnd..<range.upperBound - bodyEnd, new)
    }
  }

  private func affixEdit(_ affix: Affix, _ range: Range<Int>, _ text: [UInt8]) -> Edit? {
    guard let origin = affix.origin, let span = affixSpan(affix, range) else { return nil }
    return Edit(span: span, text: text, excerpt: origin.excerpt)
  }
}
