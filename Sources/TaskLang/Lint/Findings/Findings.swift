/// Collects what the rules find, within limits, so that no input can fill the memory.
package struct Findings: Sendable {
  /// What is reported and how much of it.
  package let options: LintOptions
  /// What was found and kept.
  package private(set) var kept: [Diagnostic] = []
  /// How many more were found, by code.
  package private(set) var omitted: [DiagnosticCode: Int] = [:]
  /// The first finding for which `run`, `expand` and `fmt` refuse a file.
  package private(set) var firstRefusal: Diagnostic?

  /// What comments keep from being reported.
  var suppressions = Suppressions()

  private var counts: [DiagnosticCode: Int] = [:]
  private var firstOmitted: Label?

  /// Makes an empty collection.
  package init(options: LintOptions = LintOptions()) { self.options = options }

  /// Adds a finding if its code is reported and the limits allow.
  ///
  /// - Parameters:
  ///   - code: The rule's code.
  ///   - number: The number of a code of shellcheck.
  ///   - diagnostic: Makes the finding; asked only when it is kept.
  mutating func add(
    _ code: DiagnosticCode,
    number: Int? = nil,
    _ diagnostic: () -> Diagnostic
  ) {
    guard options.reports(code) else { return }
    if suppressions.concern(code) {
      let diagnostic = diagnostic()
      if suppressions.cover(code, number, line: diagnostic.primary.span.start.line) {
        // Runs refuse a file for what it is, not for what is said about it.
        if firstRefusal == nil, code.refusesFile { firstRefusal = diagnostic }
        return
      }
    }
    let count = counts[code, default: 0] + 1
    counts[code] = count
    // Errors of the language have room of their own: they decide whether a file is refused.
    let room = code.refusesFile ? 2 * options.limit : options.limit
    let isWithinLimits = count <= options.limitPerCode ?? .max && kept.count < room
    if !isWithinLimits { omitted[code, default: 0] += 1 }
    let isFirstBeyond = kept.count >= room && firstOmitted == nil
    guard isWithinLimits || isFirstBeyond || (firstRefusal == nil && code.refusesFile) else {
      return
    }
    var diagnostic = diagnostic()
    if let severity = options.severities[code] { diagnostic.severity = severity }
    if firstRefusal == nil, code.refusesFile { firstRefusal = diagnostic }
    if isFirstBeyond { firstOmitted = diagnostic.primary }
    if isWithinLimits { kept.append(diagnostic) }
  }

  /// Counts findings that were not made because there are too many.
  ///
  /// - Parameters:
  ///   - code: The rule's code, of a rule for which no file is refused; no comment suppresses them.
  ///   - times: How many.
  ///   - last: The place of the last finding that was made.
  mutating func omit(_ code: DiagnosticCode, times: Int, behind last: Label) {
    guard options.reports(code) else { return }
    counts[code, default: 0] += times
    omitted[code, default: 0] += times
    if firstOmitted == nil { firstOmitted = last }
  }

  /// Counts findings that were not made because many like them were.
  ///
  /// - Parameters:
  ///   - code: The rule's code; no comment suppresses them.
  ///   - times: How many.
  mutating func leaveOut(_ code: DiagnosticCode, times: Int) {
    guard options.reports(code) else { return }
    counts[code, default: 0] += times
    omitted[code, default: 0] += times
  }

  /// Keeps findings from being reported, such as were found in earlier comments included.
  mutating func suppress(_ entry: Suppressions.Entry, for codes: [DiagnosticCode], line: Int) {
    suppressions.add(entry, for: codes, line: line)
    guard entry.verb == .ignoreFile else { return }
    kept.removeAll { codes.contains($0.code) && suppressions.cover($0.code, nil, line: 1) }
  }

  /// Whether something was found that may be why no task is left: a line that was to make some.
  var explainsWantOfTasks: Bool {
    firstRefusal != nil
      || kept.contains { finding in
        switch finding.code {
        case .repeatZero: return true
        case .lowercaseMarker, .displacedMarker:
          let line = finding.primary.excerpt.bytes
          return line.span.contains("REPEAT", in: 0..<line.count)
        default: return false
        }
      }
  }

  /// Adds notes to the findings of a code, where more is known only later.
  mutating func amend(_ code: DiagnosticCode, note: String) {
    for index in kept.indices where kept[index].code == code { kept[index].notes.append(note) }
    if firstRefusal?.code == code { firstRefusal?.notes.append(note) }
  }

  /// Forgets all but the findings of one code, where that is reported and makes the others void.
  mutating func keepOnly(_ code: DiagnosticCode) {
    guard let finding = kept.first(where: { $0.code == code }) else { return }
    kept = [finding]
    omitted = [:]
    firstOmitted = nil
    firstRefusal = finding
  }

  /// Puts the findings in the order of their places.
  mutating func finish() {
    kept.sort {
      let (left, right) = ($0.primary.span.start.offset, $1.primary.span.start.offset)
      return left == right ? $0.codeText < $1.codeText : left < right
    }
    guard let firstOmitted, options.reports(.limitReached) else { return }
    kept.append(
      Diagnostic(
        .limitReached,
        "more than \(options.limit) findings; from here on they are only counted",
        at: firstOmitted
      )
    )
  }
}
