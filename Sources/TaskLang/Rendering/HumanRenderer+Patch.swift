extension HumanRenderer {
  /// Draws what a fix takes away and what it puts there, line by line.
  func renderPatch(of fix: FixIt, _ gutter: Gutter, to out: inout [UInt8]) {
    var numbers: [Int] = []
    for edit in fix.edits where numbers.last != edit.excerpt.line {
      numbers.append(edit.excerpt.line)
    }
    for number in numbers {
      let edits = fix.edits.filter { $0.excerpt.line == number }
      renderPatch(of: edits, line: number, gutter, to: &out)
    }
  }

  private func renderPatch(
    of edits: [Edit],
    line: Int,
    _ gutter: Gutter,
    to out: inout [UInt8]
  ) {
    guard let before = edits.first?.excerpt, let place = edits.first?.span else { return }
    var after = Self.applied(edits, to: before)
    let blanks = GlyphLine(before).trailingBlanks
    if after.last?.bytes == before.bytes, after.count > 1 {
      // Whole lines were put before this one, which stays as it is.
      after.removeLast()
    } else {
      render(
        before,
        "-",
        blanks: after.last.map { GlyphLine($0).trailingBlanks } == blanks ? 0 : blanks,
        around: place,
        gutter,
        to: &out
      )
    }
    for (index, excerpt) in after.enumerated() {
      var excerpt = excerpt
      excerpt.line = line + index
      let ending = GlyphLine(excerpt).trailingBlanks
      render(
        excerpt,
        "+",
        blanks: ending == blanks ? 0 : ending,
        around: place,
        gutter,
        to: &out
      )
    }
  }

  private func render(
    _ excerpt: Excerpt,
    _ sign: String,
    blanks: Int,
    around place: SourceSpan,
    _ gutter: Gutter,
    to out: inout [UInt8]
  ) {
    let role: RenderStyle.Role = sign == "-" ? .removed : .added
    var source = GlyphLine(excerpt)
    source.cut(to: options.widthColumns - gutter.width, around: source.cells(of: place))
    var line = gutter.numbered(excerpt.line, sign: sign, role)
    if !source.isEmpty {
      line.append(" ")
      source.append(to: &line, role)
    }
    line.write(options.style, to: &out)
    guard blanks > 0, !source.isCutBehind else { return }
    // Blanks at the end are the point of some fixes and cannot be seen by themselves.
    var marks = gutter.empty
    marks.indent(1 + source.width - source.trailingBlankCells)
    marks.append(String(repeating: sign, count: source.trailingBlankCells), role)
    marks.append(" \(blanks) \(blanks == 1 ? "blank" : "blanks") at the end", role)
    marks.write(options.style, to: &out)
  }

  /// The line, or lines, that edits of one line make of it.
  private static func applied(_ edits: [Edit], to excerpt: Excerpt) -> [Excerpt] {
    var bytes: [UInt8] = []
    var next = 0
    for edit in edits {
      let start = max(next, excerpt.index(ofColumn: edit.span.start.column))
      bytes.append(contentsOf: excerpt.bytes[next..<start])
      bytes.append(contentsOf: edit.text)
      next = max(start, excerpt.index(ofColumn: edit.span.end.column))
    }
    bytes.append(contentsOf: excerpt.bytes[next...])
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Excerpt(
        line: excerpt.line,
        bytes: Array($0),
        firstByte: 0,
        firstColumn: 0,
        isCutBehind: false
      )
    }
    lines[0].firstByte = excerpt.firstByte
    lines[0].firstColumn = excerpt.firstColumn
    lines[lines.count - 1].isCutBehind = excerpt.isCutBehind
    return lines
  }
}

extension Excerpt {
  /// Where in `bytes` a column of the line stands; the nearest end when it lies outside.
  fileprivate func index(ofColumn column: Int) -> Int {
    var index = 0
    var current = firstColumn + 1
    while current < column, index < bytes.count {
      index += UTF8Text.scalar(in: bytes.span, at: index).length
      current += 1
    }
    return index
  }
}
