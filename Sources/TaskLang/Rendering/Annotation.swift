/// A mark under a drawn source line, and what it says.
struct Annotation {
  /// The cells it underlines, counted from the first of the source line; never empty.
  var cells: Range<Int>
  /// What is said; empty for a mark alone.
  var message: String
  /// Whether it marks the finding itself.
  var isPrimary: Bool

  /// The rows that go under the source line.
  ///
  /// The rightmost mark says its message beside itself, the others hang theirs below, from right to
  /// left, so that no line crosses another.
  static func rows(for annotations: [Annotation], severity: Severity) -> [StyledLine] {
    // The finding itself is painted last, upon what it overlaps.
    let painted = annotations.filter { !$0.isPrimary } + annotations.filter(\.isPrimary)
    var marks = Row()
    for annotation in painted {
      marks.fill(
        annotation.cells,
        with: annotation.isPrimary ? "^" : "-",
        annotation.role(severity)
      )
    }
    var hanging = painted.enumerated().sorted {
      ($0.element.cells.lowerBound, $0.offset) < ($1.element.cells.lowerBound, $1.offset)
    }.map(\.element)
    let end = annotations.map(\.cells.upperBound).max() ?? 0
    var first = marks.line
    if let beside = hanging.last, beside.cells.upperBound == end, !beside.message.isEmpty {
      first.append(" ")
      first.append(Glyph.glyphs(ofMessage: beside.message), beside.role(severity))
      hanging.removeLast()
    }
    hanging.removeAll { $0.message.isEmpty }
    var rows = [first]
    if !hanging.isEmpty { rows.append(connectors(for: hanging, severity: severity).line) }
    while let annotation = hanging.popLast() {
      let left = hanging.filter { $0.cells.lowerBound < annotation.cells.lowerBound }
      var row = connectors(for: left, severity: severity)
      row.extend(to: annotation.cells.lowerBound)
      var line = row.line
      line.append(Glyph.glyphs(ofMessage: annotation.message), annotation.role(severity))
      rows.append(line)
    }
    return rows
  }

  private func role(_ severity: Severity) -> RenderStyle.Role {
    isPrimary ? .severity(severity) : .secondary
  }

  private static func connectors(for annotations: [Annotation], severity: Severity) -> Row {
    var row = Row()
    for annotation in annotations {
      let start = annotation.cells.lowerBound
      row.fill(start..<start + 1, with: "|", annotation.role(severity))
    }
    return row
  }

  /// Cells of one character each, some of them blank.
  private struct Row {
    private var cells: [(character: Character, role: RenderStyle.Role)] = []

    mutating func extend(to width: Int) {
      while cells.count < width { cells.append((" ", .text)) }
    }

    mutating func fill(
      _ range: Range<Int>,
      with character: Character,
      _ role: RenderStyle.Role
    ) {
      extend(to: range.upperBound)
      for cell in range { cells[cell] = (character, role) }
    }

    var line: StyledLine {
      var line = StyledLine()
      for (character, role) in cells { line.append(String(character), role) }
      return line
    }
  }
}
