/// Collects what is found in commands, and says once what has one cause in a PREFIX or SUFFIX.
///
/// A mistake in a SUFFIX shows in every task: the first finding is reported, the others are counted. Findings
/// of a line itself are reported each, up to a limit for each code, beyond which they are counted too.
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
  /// The finding whose fix is of use only if a task follows under the same PREFIX.
  private var awaitingTask: (index: Int, id: Int)?
  private var places: [Cause: Int] = [:]
  private var beyondLimit: [DiagnosticCode: Int] = [:]
  /// Findings of lines themselves, by code, and the last one that is reported.
  private var own: [DiagnosticCode: (count: Int, last: Int)] = [:]
  /// Those of `pending` that no comment suppresses.
  private var toldCount = 0
  /// Comments that have had something to suppress; what else they suppress need not be made.
  private var silences: Set<Silence> = []
  /// The codes that comments suppress in this line, each with the number of the comment.
  var suppressed: [DiagnosticCode: Int] = [:]
  /// What was met since this was last emptied; nil where findings are made at once.
  var notes: [ShellNote]?

  /// Findings that the current command repeats.
  private(set) var recurrences: [Int] = []
  /// Whether the current command has no finding of its own, nor one that depends on more than its outline.
  private(set) var isQuiet = true

  init(options: LintOptions) { self.options = options }

  /// Whether one more finding is kept.
  private var hasRoom: Bool { toldCount <= options.limit }

  /// Begins with a command.
  mutating func beginCommand() {
    recurrences.removeAll(keepingCapacity: true)
    isQuiet = true
  }

  /// Notes that the findings of the current command need not hold for others like it.
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
    let note = ShellNote(
      code,
      at: range.lowerBound,
      of: site,
      detail: detail,
      isAlone: alone || site.isOfLine(range.lowerBound)
    )
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
    if note.isAlone {
      if suppressed[code] == nil { own[code] = ((own[code]?.count ?? 0) + 1, pending.count) }
    } else {
      places[cause(of: note, site)] = pending.count
    }
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
    guard note.isAlone else { return places[cause(of: note, site)] }
    guard suppressed[note.code] == nil, let told = own[note.code],
      told.count >= options.ownLimit
    else { return nil }
    return told.last
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

  /// Adds a finding of a task whose fix is of use only if another task follows under the same PREFIX.
  mutating func append(awaitingTaskBehind id: Int, _ diagnostic: Diagnostic) {
    awaitingTask = (pending.count, id + 1)
    append(diagnostic)
  }

  /// Takes away a fix for tasks that do not follow: another affix does, or the end.
  ///
  /// - Parameter nextID: The id of the next task or barrier.
  mutating func endTasks(before nextID: Int) {
    if let awaitingTask, awaitingTask.id == nextID { pending[awaitingTask.index].fixes = [] }
    awaitingTask = nil
  }

  /// Adds a finding.
  mutating func append(_ diagnostic: Diagnostic) {
    pending.append(diagnostic)
    furtherTasks.append(0)
  }

  /// Hands everything on.
  mutating func finish(_ findings: inout Findings) {
    for (index, diagnostic) in pending.enumerated() {
      let count = furtherTasks[index]
      findings.add(diagnostic.code) {
        var complete = diagnostic
        if count > 0 { complete.notes.append(note(of: count, behind: index)) }
        return complete
      }
      if count > 0, own[diagnostic.code]?.last == index {
        findings.leaveOut(diagnostic.code, times: count)
      }
    }
    guard let last = pending.last else { return }
    for (code, count) in beyondLimit { findings.omit(code, times: count, behind: last.primary) }
    pending = []
  }

  /// Says how many more tasks have a finding.
  private func note(of count: Int, behind index: Int) -> String {
    let tasks = count == 1 ? "task" : "tasks"
    return own[pending[index].code]?.last == index
      ? "and \(count) more \(tasks) with such a finding; from here on they are only counted"
      : "and \(count) more \(tasks) with the same prefix and suffix"
  }
}
