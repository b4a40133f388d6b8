/// Collects what is found in commands, and says once what recurs under one PREFIX and SUFFIX.
///
/// A mistake in a SUFFIX shows in every task: the first is told, the others are counted. So is what
/// many lines have in common; only errors that a line has for itself are told one by one.
struct ShellFindings: Sendable {
  /// What is the same when a finding is: a place in an affix, or a rule under a pair of affixes.
  private struct Cause: Hashable {
    let code: DiagnosticCode
    let context: Int
    let place: Int
    let detail: Int
    /// The comment that suppresses it in a line; what another line says is no further case of it.
    let suppression: Int?
  }

  /// A code and the comment that suppresses it.
  private struct Silence: Hashable {
    let code: DiagnosticCode
    let comment: Int
  }

  /// What is reported.
  let options: LintOptions
  private var pending: [Diagnostic] = []
  private var furtherTasks: [Int] = []
  private var places: [Cause: Int] = [:]
  private var beyondLimit: [DiagnosticCode: Int] = [:]
  /// Those of `pending` that no comment suppresses.
  private var toldCount = 0
  /// Comments that have had something to suppress; what else they suppress need not be made.
  private var silences: Set<Silence> = []
  /// The codes that comments suppress in this line, each with the number of the comment.
  var suppressed: [DiagnosticCode: Int] = [:]
  /// What was met since this was last emptied; nil where findings are made at once.
  var notes: [ShellNote]?

  /// The findings that the command at hand is a further case of.
  private(set) var recurrences: [Int] = []
  /// Whether the command at hand has no finding of its own, nor one that turns on more than its outline.
  private(set) var isQuiet = true

  init(options: LintOptions) { self.options = options }

  /// Whether one more finding is kept.
  private var hasRoom: Bool { toldCount <= options.limit }

  /// Begins with a command.
  mutating func beginCommand() {
    recurrences.removeAll(keepingCapacity: true)
    isQuiet = true
  }

  /// Takes note that what is found in the command at hand need not hold for others like it.
  mutating func dependOnText() { isQuiet = false }

  /// Takes in what is known of a command: the findings that it is a further case of, and its notes.
  mutating func recur(_ recurrences: [Int], _ notes: [ShellNote]) {
    for index in recurrences { furtherTasks[index] += 1 }
    if !notes.isEmpty { self.notes?.append(contentsOf: notes) }
  }

  /// Whether a rule need run.
  func reports(_ code: DiagnosticCode) -> Bool { options.reports(code) }

  /// Whether a finding is to be made; otherwise it has been counted with an earlier one.
  ///
  /// - Parameters:
  ///   - code: The rule's code.
  ///   - range: Where it is in the joined text.
  ///   - site: Where the text comes from.
  ///   - detail: Parts causes of one code in one place, as the hash of a name.
  ///   - alone: Whether it is a matter of this line, to be told by itself.
  /// - Returns: Whether `append` is to follow.
  mutating func admits(
    _ code: DiagnosticCode,
    at range: Range<Int>,
    of site: ShellSite,
    detail: Int = 0,
    alone: Bool = false
  ) -> Bool {
    guard options.reports(code) else { return false }
    let note = ShellNote(code, at: range.lowerBound, of: site, detail: detail, isAlone: alone)
    guard notes == nil else {
      notes?.append(note)
      return false
    }
    if let index = earlier(note, of: site) {
      furtherTasks[index] += 1
      recurrences.append(index)
      return false
    }
    isQuiet = false
    if count(note, of: site) { return false }
    if !note.isAlone { places[cause(of: note, site)] = pending.count }
    if let silence = silence(of: note, site) {
      silences.insert(silence)
    } else {
      toldCount += 1
    }
    return true
  }

  /// Counts a finding with an earlier one, or beyond the limit.
  ///
  /// - Returns: Whether that was possible; otherwise the finding is to be made.
  mutating func count(_ note: ShellNote, of site: ShellSite) -> Bool {
    if let index = earlier(note, of: site) {
      furtherTasks[index] += 1
      return true
    }
    if let silence = silence(of: note, site) { return silences.contains(silence) }
    if hasRoom { return false }
    beyondLimit[note.code, default: 0] += 1
    return true
  }

  /// Whether `count` would be able to.
  func canCount(_ note: ShellNote, of site: ShellSite) -> Bool {
    if let silence = silence(of: note, site), silences.contains(silence) { return true }
    return earlier(note, of: site) != nil || (!hasRoom && silence(of: note, site) == nil)
  }

  /// The comment that keeps a finding from being told.
  private func silence(of note: ShellNote, _ site: ShellSite) -> Silence? {
    guard let comment = suppressed[note.code], site.affixOffset(note.offset, in: note.part) == nil
    else { return nil }
    return Silence(code: note.code, comment: comment)
  }

  /// The finding that another one would be a further case of.
  private func earlier(_ note: ShellNote, of site: ShellSite) -> Int? {
    note.isAlone ? nil : places[cause(of: note, site)]
  }

  private func cause(of note: ShellNote, _ site: ShellSite) -> Cause {
    let place = site.affixOffset(note.offset, in: note.part)
    return Cause(
      code: note.code,
      context: place == nil ? site.context : -1,
      place: place ?? -1,
      detail: note.detail,
      suppression: place == nil ? suppressed[note.code] : nil
    )
  }

  /// Adds a finding.
  mutating func append(_ diagnostic: Diagnostic) {
    pending.append(diagnostic)
    furtherTasks.append(0)
  }

  /// Hands everything on.
  mutating func finish(_ findings: inout Findings) {
    for (index, diagnostic) in pending.enumerated() {
      findings.add(diagnostic.code) {
        var complete = diagnostic
        let count = furtherTasks[index]
        if count > 0 {
          complete.notes.append(
            "and \(count) more \(count == 1 ? "task" : "tasks") with the same prefix and suffix"
          )
        }
        return complete
      }
    }
    guard let last = pending.last else { return }
    for (code, count) in beyondLimit { findings.omit(code, times: count, behind: last.primary) }
    pending = []
  }
}
