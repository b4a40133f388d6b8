/// DB201 and DB202: a PERENGINE where none may stand any more, which ends the plan.
struct LatePerEngine: Sendable {
  /// What ended the place for PERENGINE.
  private struct Closer: Sendable {
    var label: Label
    var name: String
    /// Where a line could be put in front of it.
    var insertion: Edit?
  }

  private var closer: Closer?
  /// Whether another PREFIX or SUFFIX came behind it, which a PERENGINE in front of it would be without.
  private var hasAffixBehind = false
  private var firstTask: Label?
  private var unreachedTasks = 0
  private var unreachedPerEngines = 0
  private var code: DiagnosticCode?

  /// Whether a task, a REPEAT or a BARRIER came, or a line that is to be mended into one of the last two,
  /// or one that ends the place for PERENGINE and cannot be mended.
  private var isClosed = false

  /// The directive that a line is to be mended into; `nil` where that would end the plan.
  mutating func accepted(_ repaired: [UInt8]?) -> [UInt8]? {
    guard let repaired else { return nil }
    func isDirective(_ keyword: String) -> Bool {
      repaired.starts(with: "#DISBATCH \(keyword)".utf8)
    }
    if isDirective("PERENGINE") { return isClosed ? nil : repaired }
    if isDirective("REPEAT") || isDirective("BARRIER") { isClosed = true }
    return repaired
  }

  /// Takes note of an unknown directive for which there is no mend.
  mutating func noteBeyondRepair() { isClosed = true }

  /// Whether later statements can tell this rule nothing new.
  var isSettled: Bool { firstTask != nil }

  /// Looks at a statement that has not ended the plan.
  mutating func note(
    _ statement: Statement,
    _ item: LoweredItem,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) {
    guard firstTask == nil else { return }
    switch statement {
    case .task, .directive(.barrier), .directive(.repeatTasks): isClosed = true
    case .blank, .comment, .unknownDirective, .directive: break
    }
    let name: String
    switch statement {
    case .directive(.prefix), .directive(.suffix):
      hasAffixBehind = hasAffixBehind || closer != nil
      return
    case .blank, .comment, .directive(.perEngine): return
    case .task: name = "the first task"
    case .unknownDirective: name = "this unknown directive"
    case .directive(.barrier): name = "this BARRIER"
    case .directive(.repeatTasks):
      name = item == .nothing ? "this REPEAT of none" : "the first tasks"
    }
    switch item {
    case .task, .repeated: firstTask = line.label(piece, in: bytes, name)
    default: break
    }
    guard closer == nil else { return }
    let start = piece.lowerBound
    closer = Closer(
      label: line.label(piece, in: bytes, name),
      name: name,
      insertion: start == 0 ? line.edit(0..<0, in: bytes, to: []) : nil
    )
  }

  /// Looks at the PERENGINE that has ended the plan.
  mutating func checkEnd(
    _ directive: PerEngineDirective,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let code: DiagnosticCode = firstTask == nil ? .perengineWindowClosed : .perengineTooLate
    self.code = code
    findings.add(code) {
      let event = directive.moment == .start ? "START" : "STOP"
      let name = closer?.name ?? "a statement"
      let fixes = moved(piece, code, of: line, in: bytes)
      return Diagnostic(
        code,
        firstTask == nil
          ? "PERENGINE cannot stand behind \(name.replacingThis)"
          : "PERENGINE cannot stand behind a task",
        at: line.label(
          directive.keyword.lowerBound..<directive.event.upperBound,
          in: bytes,
          "PERENGINE \(event) comes too late"
        ),
        labels: [firstTask ?? closer?.label].compactMap { $0 },
        notes: ["disBatch 3.0 reads no further than here, and the run ends with status 0"],
        help: fixes.isEmpty ? ["put PERENGINE in front of all tasks, REPEATs and BARRIERs"] : [],
        fixes: fixes
      )
    }
  }

  private func moved(
    _ piece: Range<Int>,
    _ code: DiagnosticCode,
    of line: PhysicalLine,
    in bytes: Span<UInt8>
  ) -> [FixIt] {
    guard var insertion = closer?.insertion else { return [] }
    insertion.text = bytes.copy(piece) + [ASCII.lineFeed]
    let isSame = code == .perengineWindowClosed && !hasAffixBehind
    return [
      FixIt(
        message: "move it up, in front of tasks, REPEATs and BARRIERs",
        applicability: isSame ? .unsafe : .placeholder,
        edits: [insertion, line.edit(piece, in: bytes, to: [])]
      )
    ]
  }

  /// Counts a statement behind the plan's end.
  mutating func noteUnreached(_ statement: Statement) {
    switch statement {
    case .task: noteUnreached(tasks: 1)
    case .directive(.repeatTasks(let item)):
      noteUnreached(tasks: item.count.value ?? .max)
    case .directive(.perEngine): unreachedPerEngines += 1
    case .blank, .comment, .unknownDirective, .directive: break
    }
  }

  private mutating func noteUnreached(tasks count: Int) {
    let (sum, isTooLarge) = unreachedTasks.addingReportingOverflow(count)
    unreachedTasks = isTooLarge ? .max : sum
  }

  /// Says what would be lost.
  func finish(_ findings: inout Findings) {
    guard let code, max(unreachedTasks, unreachedPerEngines) > 0 else { return }
    var parts: [String] = []
    if unreachedTasks > 0 {
      parts.append("\(unreachedTasks) \(unreachedTasks == 1 ? "task" : "tasks")")
    }
    if unreachedPerEngines > 0 { parts.append("\(unreachedPerEngines) more PERENGINE") }
    let lost = parts.joined(separator: " and ")
    findings.amend(code, note: "lost with what stands below this line: \(lost)")
  }
}

extension String {
  /// The same with `a` or `an` for `this`.
  fileprivate var replacingThis: String {
    guard hasPrefix("this ") else { return self }
    return (hasPrefix("this u") ? "an " : "a ") + dropFirst(5)
  }
}
