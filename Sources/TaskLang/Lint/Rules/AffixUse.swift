/// DB212, DB213 and DB807: PREFIX and SUFFIX that reach no command, or one they do not suit.
struct AffixUse: Sendable {
  private struct Pending: Sendable {
    var label: Label
    var commentOut: FixIt
  }

  private var prefix: Pending?
  private var suffix: Pending?
  private var warnedPrefix: Label?
  private var warnedSuffix: Label?
  private var hasCommand = false

  /// Whether all affixes said so far have been used.
  var isSettled: Bool { prefix == nil && suffix == nil }

  /// Looks at a statement that has not ended the plan.
  mutating func note(
    _ statement: Statement,
    _ item: LoweredItem,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    _ findings: inout Findings
  ) {
    switch item {
    case .task, .repeated: (prefix, suffix, hasCommand) = (nil, nil, true)
    case .perEngine(_, let directive):
      (prefix, suffix, hasCommand) = (nil, nil, true)
      let place = line.label(
        directive.keyword.lowerBound..<directive.event.upperBound,
        in: bytes,
        "PREFIX and SUFFIX apply here too"
      )
      Self.checkInherited(lowering.prefix, "PREFIX", place, &warnedPrefix, &findings)
      Self.checkInherited(lowering.suffix, "SUFFIX", place, &warnedSuffix, &findings)
    case .nothing, .barrier, .end: break
    }
    switch statement {
    case .directive(.prefix(let affix)):
      Self.take(affix, "PREFIX", piece, of: line, in: bytes, &prefix, &findings)
    case .directive(.suffix(let affix)):
      Self.take(affix, "SUFFIX", piece, of: line, in: bytes, &suffix, &findings)
    default: break
    }
  }

  private static func take(
    _ affix: AffixDirective,
    _ name: String,
    _ piece: Range<Int>,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ pending: inout Pending?,
    _ findings: inout Findings
  ) {
    let label = line.label(affix.keyword.lowerBound..<affix.text.upperBound, in: bytes)
    if let unused = pending {
      findings.add(.affixUnused) {
        var behind = label
        behind.message = "replaced here"
        return Diagnostic(
          .affixUnused,
          "no command comes between this \(name) and the next",
          at: unused.label,
          labels: [behind],
          fixes: [unused.commentOut]
        )
      }
    }
    if let last = affix.text.last.map({ bytes[$0] }) ?? ASCII.space as UInt8?, ASCII.isBlank(last) {
      findings.add(.significantTrailingSpace) {
        Diagnostic(
          .significantTrailingSpace,
          "the blank at the end of this \(name) counts, and editors take such blanks away",
          at: line.label(affix.text.upperBound - 1..<affix.text.upperBound, in: bytes),
          help: ["set `trim_trailing_whitespace = false` for task files in .editorconfig"]
        )
      }
    }
    guard !affix.text.isEmpty else { return pending = nil }
    let start = piece.lowerBound
    pending = Pending(
      label: label,
      commentOut: FixIt(
        message: "make it a comment",
        applicability: .safe,
        edits: [line.edit(start..<start, in: bytes, to: [ASCII.hash])]
      )
    )
  }

  private static func checkInherited(
    _ affix: Affix,
    _ name: String,
    _ place: Label,
    _ warned: inout Label?,
    _ findings: inout Findings
  ) {
    guard let origin = affix.origin, origin != warned else { return }
    let bytes = affix.bytes.span
    let variables = ["DISBATCH_TASKID", "DISBATCH_REPEAT_INDEX"] as [StaticString]
    guard let variable = variables.first(where: { bytes.contains($0, in: 0..<bytes.count) }) else {
      return
    }
    warned = origin
    findings.add(.perengineInheritsAffix) {
      var label = origin
      label.message = "this \(name) names `\(variable)`"
      return Diagnostic(
        .perengineInheritsAffix,
        "`\(variable)` in the \(name) means something else in PERENGINE commands",
        at: place,
        labels: [label],
        notes: [
          "there the task id counts the PERENGINE commands from 0, and the repeat index is -1"
        ],
        help: ["set a \(name) of their own for PERENGINE commands, and the tasks' behind them"]
      )
    }
  }

  /// Looks back from the end of a plan that ran to the end of its input.
  ///
  /// No fix takes such an affix away, since tasks may be put behind it later. A file without commands
  /// is one that waits for its tasks: DB215 says all there is to say.
  func finish(_ findings: inout Findings) {
    guard hasCommand else { return }
    for (pending, name) in [(prefix, "PREFIX"), (suffix, "SUFFIX")] {
      guard let pending else { continue }
      findings.add(.affixUnused) {
        Diagnostic(
          .affixUnused,
          "no command comes behind this \(name)",
          at: pending.label,
          help: ["put tasks behind it, or write `##DISBATCH` to put it out of use"]
        )
      }
    }
  }
}
