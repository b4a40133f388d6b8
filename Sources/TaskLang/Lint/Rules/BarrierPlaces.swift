/// DB207 to DB210 and DB214: barriers that wait for nothing or check nothing.
///
/// A barrier with a key tells somebody something wherever it stands, so it is left alone.
struct BarrierPlaces: Sendable {
  private struct Last: Sendable {
    var label: Label
    var emptying: FixIt
    var isCheck: Bool
    var hasKey: Bool
    var isReported: Bool
  }

  /// The barrier behind which no task has come yet.
  private var last: Last?
  private var hasTask = false
  private var firstStart: Label?
  private var hasCheck = false

  /// Looks at a statement that has not ended the plan.
  mutating func note(
    _ item: LoweredItem,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    switch item {
    case .nothing, .end: return
    case .task, .repeated: (hasTask, last) = (true, nil)
    case .perEngine(_, let directive):
      if directive.moment == .start, firstStart == nil {
        let place = directive.keyword.lowerBound..<directive.event.upperBound
        firstStart = line.label(place, in: bytes, "its failure trips the check")
      }
    case .barrier(_, let directive): check(directive, piece, of: line, in: bytes, &findings)
    }
  }

  private mutating func check(
    _ directive: BarrierDirective,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let place = directive.keyword.lowerBound..<(directive.check ?? directive.keyword).upperBound
    let label = line.label(place, in: bytes)
    let isCheck = directive.check != nil
    let hasKey = directive.key.map { !$0.isEmpty } ?? false
    if isCheck { checkPerEngine(label, &findings) }
    let emptying = FixIt.emptying(
      piece,
      "take this BARRIER away, but keep the line",
      of: line,
      in: bytes
    )
    var isReported = true
    if let last, isCheck, !last.isCheck {
      addBlindCheck(label, last, &findings)
    } else if let last, !hasKey {
      addRepeated(label, last, emptying, &findings)
    } else if last == nil, !hasTask, !hasKey, !(isCheck && firstStart != nil) {
      findings.add(.barrierFirst) {
        Diagnostic(
          .barrierFirst,
          "no task comes before this barrier",
          at: label,
          notes: ["it waits for nothing, and it takes the id of a task"]
        )
      }
    } else {
      isReported = false
    }
    last = Last(
      label: label,
      emptying: emptying,
      isCheck: isCheck,
      hasKey: hasKey,
      isReported: isReported
    )
  }

  private func addBlindCheck(_ label: Label, _ last: Last, _ findings: inout Findings) {
    findings.add(.checkAfterPlainBarrier) {
      var before = last.label
      before.message = "this barrier forgets the failures before it"
      return Diagnostic(
        .checkAfterPlainBarrier,
        "this check always passes",
        at: label,
        labels: [before],
        notes: ["CHECK looks at the tasks since the last barrier, and there are none"],
        fixes: last.hasKey ? [] : [last.emptying]
      )
    }
  }

  private func addRepeated(
    _ label: Label,
    _ last: Last,
    _ emptying: FixIt,
    _ findings: inout Findings
  ) {
    findings.add(.barrierRepeated) {
      var before = last.label
      before.message = "all tasks have ended here already"
      return Diagnostic(
        .barrierRepeated,
        "no task stands between this barrier and the last",
        at: label,
        labels: [before],
        notes: ["it waits for nothing, and it takes the id of a task"],
        fixes: [emptying]
      )
    }
  }

  private mutating func checkPerEngine(_ label: Label, _ findings: inout Findings) {
    defer { hasCheck = true }
    guard !hasCheck, let firstStart else { return }
    findings.add(.perengineFailureChecked) {
      Diagnostic(
        .perengineFailureChecked,
        "this check also fails when a PERENGINE START has failed",
        at: label,
        labels: [firstStart]
      )
    }
  }

  /// Looks back from the end of a plan that ran to the end of its input.
  func finish(_ findings: inout Findings) {
    guard let last, hasTask, !last.isCheck, !last.hasKey, !last.isReported else { return }
    findings.add(.barrierLast) {
      Diagnostic(
        .barrierLast,
        "no task comes behind this barrier",
        at: last.label,
        notes: ["a run ends when all tasks have ended, with or without a barrier"],
        fixes: [last.emptying]
      )
    }
  }
}
