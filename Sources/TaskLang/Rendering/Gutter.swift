/// The left edge of a picture: line numbers and the bar beside them.
struct Gutter {
  /// Digits of the largest line number shown.
  var digits: Int

  /// Columns before the source text.
  var width: Int { digits + 4 }

  /// A gutter wide enough for every line that a report shows.
  init(for diagnostic: Diagnostic) {
    var last = diagnostic.primary.excerpt.line
    for label in diagnostic.labels { last = max(last, label.excerpt.line) }
    for fix in diagnostic.fixes.prefix(HumanRenderer.fixLimit) {
      for edit in fix.edits {
        let added = edit.text.count { $0 == UInt8(ascii: "\n") }
        last = max(last, edit.excerpt.line + added)
      }
    }
    digits = String(last).utf8.count
  }

  /// The edge of a row that is no source line.
  var empty: StyledLine {
    var line = StyledLine()
    line.indent(digits + 2)
    line.append("|", .gutter)
    return line
  }

  /// The edge of a source line, or of a line of a patch.
  func numbered(_ number: Int, sign: String = "|", _ role: RenderStyle.Role = .gutter) -> StyledLine
  {
    let text = String(number)
    var line = StyledLine()
    line.indent(digits + 1 - text.utf8.count)
    line.append(text, .gutter)
    line.append(" ")
    line.append(sign, role)
    return line
  }
}
