/// DB215: an input that asks for nothing.
struct NoTasks: Sendable {
  private var start: Label?
  private var hasTask = false

  /// Whether there is a task.
  var isSettled: Bool { hasTask }

  /// Looks at a statement.
  mutating func note(_ item: LoweredItem, of line: PhysicalLine, in bytes: Span<UInt8>) {
    if start == nil { start = line.label(0..<0, in: bytes) }
    switch item {
    case .task, .repeated: hasTask = true
    case .nothing, .barrier, .perEngine, .end: break
    }
  }

  /// Looks back from the end of a plan that ran to the end of its input.
  func finish(_ findings: inout Findings) {
    guard !hasTask, !findings.explainsWantOfTasks else { return }
    findings.add(.noTasks) {
      let position = Position(line: 1, column: 1, offset: 0)
      let nothing = Label(
        span: SourceSpan(start: position, end: position),
        message: "",
        excerpt: Excerpt(line: 1, bytes: [], firstByte: 0, firstColumn: 0, isCutBehind: false)
      )
      return Diagnostic(
        .noTasks,
        "there are no tasks in this file",
        at: start ?? nothing,
        notes: ["a run ends at once: No tasks to run."]
      )
    }
  }
}
