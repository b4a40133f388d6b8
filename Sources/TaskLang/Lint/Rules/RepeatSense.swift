/// DB203 to DB206, DB703 and DB704: REPEATs whose numbers or command make little sense.
enum RepeatSense {
  /// Looks at a REPEAT, with the affixes in force.
  static func check(
    _ directive: RepeatDirective,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ lowering: borrowing Lowering,
    _ findings: inout Findings
  ) {
    let head = directive.keyword.lowerBound..<directive.headEnd
    guard let count = directive.count.value else { return }
    if count == 0 {
      findings.add(.repeatZero) {
        Diagnostic(
          .repeatZero,
          "a REPEAT of 0 makes no task",
          at: line.label(directive.count.range, in: bytes),
          notes: ["it still ends the place where PERENGINE may stand"]
        )
      }
      return
    }
    if count > findings.options.hugeRepeat {
      let limit = findings.options.hugeRepeat
      findings.add(.hugeRepeat) {
        Diagnostic(
          .hugeRepeat,
          "this is a REPEAT of more than \(limit) tasks",
          at: line.label(directive.count.range, in: bytes, "\(count) tasks")
        )
      }
    }
    if count > 1, let step = directive.step, step.number.value == 0 {
      findings.add(.repeatStepZero) {
        Diagnostic(
          .repeatStepZero,
          "a step of 0 gives all \(count) tasks the same repeat index",
          at: line.label(step.keyword.lowerBound..<step.number.range.upperBound, in: bytes)
        )
      }
    }
    let command = directive.command ?? directive.headEnd..<directive.headEnd
    let (prefix, suffix) = (lowering.prefix.bytes, lowering.suffix.bytes)
    let isEmpty =
      bytes.isBlank(command) && prefix.span.isBlank(0..<prefix.count)
      && suffix.span.isBlank(0..<suffix.count)
    if isEmpty {
      findings.add(.repeatEmptyCommand) {
        Diagnostic(
          .repeatEmptyCommand,
          prefix.isEmpty && suffix.isEmpty
            ? "this REPEAT has no command, and no PREFIX or SUFFIX is in force"
            : "this REPEAT has no command, and there are only blanks in PREFIX and SUFFIX",
          at: line.label(head, in: bytes),
          notes: ["disBatch 3.0 runs \(count) empty commands, which succeed"],
          help: ["write the command behind the numbers, or a PREFIX above"]
        )
      }
    } else if count > 1, !usesIndex(bytes, command), !usesIndex(prefix.span, prefix.indices),
      !usesIndex(suffix.span, suffix.indices)
    {
      findings.add(.repeatIndexUnused) {
        Diagnostic(
          .repeatIndexUnused,
          "all \(count) tasks of this REPEAT run the same command",
          at: line.label(head, in: bytes),
          notes: ["neither PREFIX, command nor SUFFIX names the repeat index or the task id"],
          help: ["use `${DISBATCH_REPEAT_INDEX}` or `${DISBATCH_TASKID}` in the command"]
        )
      }
    }
  }

  /// Looks at a REPEAT whose numbers ended the plan.
  static func checkTooLarge(
    _ directive: RepeatDirective,
    of line: PhysicalLine,
    in bytes: Span<UInt8>,
    _ findings: inout Findings
  ) {
    let numbers = [directive.count, directive.start?.number, directive.step?.number]
    let literal = numbers.compactMap { $0 }.first { $0.value == nil }
    let head = directive.keyword.lowerBound..<directive.headEnd
    findings.add(.indexOverflow) {
      Diagnostic(
        .indexOverflow,
        literal.map { "\(bytes.quoted($0.range)) is 2^63 or more" }
          ?? "an index or id of this REPEAT is 2^63 or more",
        at: line.label(literal?.range ?? head, in: bytes),
        notes: ["disBatch 3.0 takes such numbers, but the arithmetic of bash goes wrong with them"]
      )
    }
  }

  /// What comes to something else in each run of a command, whoever counts.
  private static let differs: [StaticString] = [
    "RANDOM", "$$", "BASHPID", "EPOCH", "ENGINE_RANK", "CYLINDER_RANK", "$(", "`", "urandom",
    "mktemp", "shuf", "uuidgen",
  ]

  private static func usesIndex(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if text.contains("DISBATCH_REPEAT_INDEX", in: range) { return true }
    if text.contains("DISBATCH_TASKID", in: range) { return true }
    return differs.contains { text.contains($0, in: range) }
  }
}
