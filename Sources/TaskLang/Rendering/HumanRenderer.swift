/// Draws a diagnostic for a person: the source, a mark under the exact place, what to know, what to do.
///
/// It decides where everything stands; colours are `RenderStyle`'s. Decoration is ASCII, and nothing
/// of the user's text is written raw that a terminal could obey.
struct HumanRenderer {
  /// What the input is called in the picture.
  var file: String
  /// What the reader chose.
  var options: RenderOptions

  /// Source lines that one report shows at most, patches apart.
  static let sourceLineLimit = 6
  /// Fixes that one report shows at most.
  static let fixLimit = 3

  /// Writes one report and the empty line behind it.
  func render(_ diagnostic: Diagnostic, to out: inout [UInt8]) {
    let gutter = Gutter(for: diagnostic)
    var heading = StyledLine()
    heading.append(
      "\(diagnostic.severity.rawValue)[\(diagnostic.codeText)]",
      .severity(diagnostic.severity)
    )
    heading.append(": ", .heading)
    heading.append(Glyph.glyphs(ofMessage: diagnostic.message), .heading)
    heading.write(options.style, to: &out)

    var arrow = StyledLine()
    arrow.indent(gutter.digits + 1)
    arrow.append("--> ", .gutter)
    let start = diagnostic.primary.span.start
    arrow.append(Glyph.glyphs(ofMessage: "\(file):\(start.line):\(start.column)"))
    arrow.write(options.style, to: &out)

    gutter.empty.write(options.style, to: &out)
    let hiddenPlaces = renderSource(of: diagnostic, gutter, to: &out)
    renderAdvice(of: diagnostic, hiddenPlaces: hiddenPlaces, gutter, to: &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// Draws the lines that the labels stand in and returns how many labels did not fit.
  private func renderSource(
    of diagnostic: Diagnostic,
    _ gutter: Gutter,
    to out: inout [UInt8]
  ) -> Int {
    // The primary label comes first, so that its line is never the one left out and its excerpt is
    // the one drawn where others share the line.
    let labels = [diagnostic.primary] + diagnostic.labels
    var numbers: [Int] = []
    for label in labels where !numbers.contains(label.excerpt.line) {
      if numbers.count < Self.sourceLineLimit { numbers.append(label.excerpt.line) }
    }
    var previous: Int?
    for number in numbers.sorted() {
      if let previous, number - previous > 2 {
        var skipped = StyledLine()
        skipped.append(GlyphLine.ellipsis, .gutter)
        skipped.write(options.style, to: &out)
      }
      previous = number
      let here = labels.indices.filter { labels[$0].excerpt.line == number }
      renderLine(
        here.map { (labels[$0], $0 == 0) },
        severity: diagnostic.severity,
        gutter,
        to: &out
      )
    }
    return labels.count { !numbers.contains($0.excerpt.line) }
  }

  private func renderLine(
    _ labels: [(label: Label, isPrimary: Bool)],
    severity: Severity,
    _ gutter: Gutter,
    to out: inout [UInt8]
  ) {
    guard let excerpt = labels.first?.label.excerpt else { return }
    var source = GlyphLine(excerpt)
    let spans = labels.map { source.cells(of: $0.label.span) }
    source.cut(to: options.widthColumns - gutter.width, around: Self.focus(of: spans, in: options))
    var line = gutter.numbered(excerpt.line)
    if !source.isEmpty {
      line.append(" ")
      source.append(to: &line)
    }
    line.write(options.style, to: &out)
    let annotations = labels.map {
      Annotation(
        cells: source.cells(of: $0.label.span),
        message: $0.label.message,
        isPrimary: $0.isPrimary
      )
    }
    for row in Annotation.rows(for: annotations, severity: severity) {
      var line = gutter.empty
      line.append(" ")
      line.append(row)
      line.write(options.style, to: &out)
    }
  }

  /// All marks of a line where they fit on the screen together, else the first.
  private static func focus(of spans: [Range<Int>], in options: RenderOptions) -> Range<Int> {
    guard let first = spans.first else { return 0..<1 }
    let start = spans.map(\.lowerBound).min() ?? first.lowerBound
    let end = spans.map(\.upperBound).max() ?? first.upperBound
    return end - start < options.widthColumns / 2 ? start..<end : first
  }

  private func renderAdvice(
    of diagnostic: Diagnostic,
    hiddenPlaces: Int,
    _ gutter: Gutter,
    to out: inout [UInt8]
  ) {
    var advice: [(heading: String, text: String)] = diagnostic.notes.map { ("note", $0) }
    if hiddenPlaces > 0 {
      advice.append(("note", "and \(hiddenPlaces) more \(hiddenPlaces == 1 ? "place" : "places")"))
    }
    advice += diagnostic.help.map { ("help", $0) }
    let fixes = diagnostic.fixes.prefix(Self.fixLimit)
    if advice.isEmpty && fixes.isEmpty && !options.namesExplain { return }

    gutter.empty.write(options.style, to: &out)
    for (heading, text) in advice { renderAdvice(heading, text, gutter, to: &out) }
    for fix in fixes {
      renderAdvice("help", fix.edits.isEmpty ? fix.message : fix.message + ":", gutter, to: &out)
      renderPatch(of: fix, gutter, to: &out)
    }
    if options.namesExplain {
      let command = "disbatch explain \(diagnostic.codeText)"
      renderAdvice("explain", command, gutter, to: &out)
    }
  }

  private func renderAdvice(
    _ heading: String,
    _ text: String,
    _ gutter: Gutter,
    to out: inout [UInt8]
  ) {
    var line = StyledLine()
    line.indent(gutter.digits + 2)
    line.append("=", .gutter)
    line.append(" ")
    line.append("\(heading):", .heading)
    line.append(" ")
    line.append(Glyph.glyphs(ofMessage: text))
    line.write(options.style, to: &out)
  }
}
