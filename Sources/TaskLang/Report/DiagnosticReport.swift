/// Writes the diagnostics of several files in one format, and counts them.
///
/// Only the human format leaves out repeats of one code in one file: programs get every finding.
package struct DiagnosticReport {
  /// The form in which findings are written.
  package let format: DiagnosticFormat
  /// What the reader chose.
  package let options: RenderOptions
  /// What was found so far, findings that were not drawn included.
  package private(set) var tally = FindingTally()

  /// Findings of each code in the current file.
  private var seen: [String: Int] = [:]
  /// Those that are not drawn.
  private var left: [String: Int] = [:]
  private var github = GitHubRenderer()
  private var sarif: SARIFRenderer

  /// Makes a report on nothing yet.
  package init(format: DiagnosticFormat, options: RenderOptions = RenderOptions()) {
    self.format = format
    self.options = options
    sarif = SARIFRenderer(toolVersion: options.toolVersion)
  }

  /// Writes findings of the file that is being looked at, in the order given.
  package mutating func append(
    _ diagnostics: some Sequence<Diagnostic>,
    of file: String,
    to out: inout [UInt8]
  ) {
    if format == .sarif { sarif.begin(to: &out) }
    for diagnostic in diagnostics {
      tally.count(diagnostic.severity)
      switch format {
      case .human:
        let code = diagnostic.codeText
        seen[code, default: 0] += 1
        if let limit = options.repeatLimit, seen[code, default: 0] > limit {
          left[code, default: 0] += 1
          continue
        }
        HumanRenderer(file: file, options: options).render(diagnostic, to: &out)
      case .json: JSONRenderer(file: file).render(diagnostic, to: &out)
      case .gcc: GCCRenderer(file: file).render(diagnostic, to: &out)
      case .github: github.append(diagnostic, of: file)
      case .sarif: sarif.append(diagnostic, of: file, to: &out)
      }
    }
  }

  /// Counts findings of the file that is being looked at, which are not to be shown.
  package mutating func leaveOut(_ diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics {
      tally.count(diagnostic.severity)
      left[diagnostic.codeText, default: 0] += 1
    }
  }

  /// Ends a file: says how many findings were left out.
  ///
  /// - Parameters:
  ///   - file: What the file is called.
  ///   - omitted: how many findings of each code there were beyond those appended.
  ///   - severities: Severities that replace those of the codes.
  ///   - out: Gains the text.
  package mutating func endFile(
    _ file: String,
    omitted: [DiagnosticCode: Int] = [:],
    severities: [DiagnosticCode: Severity] = [:],
    to out: inout [UInt8]
  ) {
    for (code, count) in omitted {
      tally.count(severities[code] ?? code.severity, times: count)
      left[code.rawValue, default: 0] += count
    }
    tally.endFile()
    sarif.endFile()
    defer {
      seen.removeAll()
      left.removeAll()
    }
    guard format == .human else { return }
    for (code, more) in left.sorted(by: { $0.key < $1.key }) {
      var line = StyledLine()
      line.append("and \(more) more \(code) \(more == 1 ? "finding" : "findings") in ")
      line.append(Glyph.glyphs(ofMessage: file))
      line.write(options.style, to: &out)
    }
    if !left.isEmpty { out.append(UInt8(ascii: "\n")) }
  }

  /// Ends the report: writes what a format has at its end.
  package mutating func finish(to out: inout [UInt8]) {
    switch format {
    case .human, .json, .gcc: return
    case .github: github.finish(tally, to: &out)
    case .sarif: sarif.finish(to: &out)
    }
  }

  /// Writes all findings of one file in one go.
  package static func rendered(
    _ diagnostics: [Diagnostic],
    of file: String,
    as format: DiagnosticFormat,
    options: RenderOptions = RenderOptions()
  ) -> [UInt8] {
    var out: [UInt8] = []
    var report = DiagnosticReport(format: format, options: options)
    report.append(diagnostics, of: file, to: &out)
    report.endFile(file, to: &out)
    report.finish(to: &out)
    return out
  }
}
