/// A source line laid out for the screen: which cell each code point takes, and a window of it.
struct GlyphLine {
  /// What is drawn.
  private(set) var glyphs: [Glyph]
  /// Whether something was left out before the first glyph.
  private(set) var isCutBefore: Bool
  /// Whether something was left out behind the last glyph.
  private(set) var isCutBehind: Bool
  /// Code points before the first glyph.
  private var firstColumn: Int

  /// What stands where something was left out.
  static let ellipsis = "..."

  /// Lays out the whole of an excerpt.
  init(_ excerpt: Excerpt) {
    glyphs = Glyph.glyphs(of: excerpt.bytes)
    isCutBefore = excerpt.firstByte > 0
    isCutBehind = excerpt.isCutBehind
    firstColumn = excerpt.firstColumn
  }

  /// The cells, from the line's first, that a span takes; at least one.
  ///
  /// What lies outside the window is drawn at its nearest edge.
  func cells(of span: SourceSpan) -> Range<Int> {
    let start = cell(ofColumn: span.start.column)
    let end = span.end.column > span.start.column ? endCell(ofColumn: span.end.column) : start + 1
    return start..<max(start + 1, end)
  }

  /// Cells that the whole line takes.
  var width: Int {
    glyphs.reduce(0) { $0 + $1.width } + (isCutBefore ? Self.ellipsis.utf8.count : 0)
      + (isCutBehind ? Self.ellipsis.utf8.count : 0)
  }

  /// Whether there is nothing to draw.
  var isEmpty: Bool { glyphs.isEmpty && !isCutBefore && !isCutBehind }

  /// How many blanks the line ends in; 0 where its end is cut away.
  var trailingBlanks: Int { isCutBehind ? 0 : trailingBlankGlyphs.count }

  /// Cells that those blanks take.
  var trailingBlankCells: Int { trailingBlankGlyphs.reduce(0) { $0 + $1.width } }

  private var trailingBlankGlyphs: some Collection<Glyph> {
    glyphs.reversed().prefix { $0.isBlank }
  }

  /// Leaves out what does not fit, keeping `focus`, or at least its beginning.
  ///
  /// - Parameters:
  ///   - available: how many cells there are.
  ///   - focus: what must be seen, in cells of the line as it is now.
  mutating func cut(to available: Int, around focus: Range<Int>) {
    guard width > available else { return }
    let room = max(8, available - 2 * Self.ellipsis.utf8.count)
    let before = isCutBefore ? Self.ellipsis.utf8.count : 0
    let whole = glyphs.reduce(0) { $0 + $1.width }
    let slack = focus.count <= room ? (room - focus.count) / 2 : room / 8
    let left = max(0, min(focus.lowerBound - before - slack, whole - room))
    var cell = 0
    var first = 0
    while first < glyphs.count, cell < left {
      cell += glyphs[first].width
      firstColumn += glyphs[first].columns
      first += 1
    }
    let right = cell + room
    var last = first
    while last < glyphs.count, cell + glyphs[last].width <= right {
      cell += glyphs[last].width
      last += 1
    }
    isCutBefore = isCutBefore || first > 0
    isCutBehind = isCutBehind || last < glyphs.count
    glyphs = Array(glyphs[first..<last])
  }

  /// Appends the line as it is drawn.
  func append(to line: inout StyledLine, _ role: RenderStyle.Role = .text) {
    if isCutBefore { line.append(Self.ellipsis, .gutter) }
    line.append(glyphs, role)
    if isCutBehind { line.append(Self.ellipsis, .gutter) }
  }

  private func cell(ofColumn column: Int) -> Int {
    if column - 1 < firstColumn { return 0 }
    var cell = isCutBefore ? Self.ellipsis.utf8.count : 0
    var next = firstColumn
    for glyph in glyphs {
      // A column within a glyph (a combining mark) is drawn at the glyph.
      if column - 1 < next + glyph.columns { return cell }
      next += glyph.columns
      cell += glyph.width
    }
    return cell
  }

  private func endCell(ofColumn column: Int) -> Int {
    var cell = isCutBefore ? Self.ellipsis.utf8.count : 0
    var next = firstColumn
    for glyph in glyphs {
      if column - 1 <= next { return cell }
      next += glyph.columns
      cell += glyph.width
    }
    return column - 1 > next && isCutBehind ? cell + Self.ellipsis.utf8.count : cell
  }
}
