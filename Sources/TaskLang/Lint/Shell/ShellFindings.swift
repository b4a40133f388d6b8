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

  /// What is reported.
  let options: LintOptions
  private var pending: [Diagnostic] = []
  private var furtherTasks: [Int] = []
  private var places: [Cause: Int] = [:]
  private var beyondLimit: [DiagnosticCode: Int] = [:]
  /// The codes that comments suppress in this line, each with the number of the comment.
  var suppressed: [DiagnosticCode: Int] = [:]

  init(options: LintOptions) { self.options = options }

  /// Whether nothing was found.
  var isEmpty: Bool { pending.isEmpty && beyondLimit.isEmpty }

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
    let hasRoom = pending.count <= options.limit
    if !alone {
      let place = site.affixOffset(of: range.lowerBound)
      let context = place == nil ? site.context : -1
      let cause = Cause(
        code: code,
        context: context,
        place: place ?? -1,
        detail: detail,
        suppression: place == nil ? suppressed[code] : nil
      )
      if let index = places[cause] {
        furtherTasks[index] += 1
        return false
      }
      if hasRoom { places[cause] = pending.count }
    }
    if !hasRoom { beyondLimit[code, default: 0] += 1 }
    return hasRoom
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
    for (code, count) in beyondLimit {
      for _ in 0..<count { findings.add(code) { last } }
    }
    pending = []
  }
}
