/// DB608: names of variables as other tools write them, and variables that other tools set.
enum ShellForeignNames {
  /// What counts the tasks of a job array, or of GNU parallel.
  private static let indexes: [StaticString] = [
    "SLURM_ARRAY_TASK_ID", "PBS_ARRAY_INDEX", "PBS_ARRAYID", "SGE_TASK_ID", "LSB_JOBINDEX",
    "PARALLEL_SEQ", "AWS_BATCH_JOB_ARRAY_INDEX", "COBALT_ARRAY_INDEX",
  ]

  /// Looks at the variables and words of a command.
  static func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard findings.reports(.foreignSyntax) else { return }
    for entry in survey.parameters {
      checkIndex(entry.node, parser, survey, site, in: bytes, &findings)
    }
    guard parser.text.span.contains("DISBATCH_", in: 0..<parser.text.count) else { return }
    for entry in survey.simples where entry.isInSubstitution {
      checkCommand(entry.node, parser, site, in: bytes, &findings)
    }
    checkBraces(parser, survey, site, in: bytes, &findings)
  }

  /// `$SLURM_ARRAY_TASK_ID`, which is that of the job around the run.
  private static func checkIndex(
    _ parameter: Int32,
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let name = parser.parameterName(parameter)
    guard (10...25).contains(name.count), parser.isOne(name, of: indexes) else { return }
    let node = parser.node(parameter)
    let hasDefault = node.mark == .braced && name.upperBound < Int(node.end) - 1
    let isAssigned = survey.assignments.contains {
      let start = parser.node($0.node).range.lowerBound
      return parser.nameEnd(from: start) - start == name.count
        && parser.text[start..<start + name.count].elementsEqual(parser.text[name])
    }
    guard !hasDefault, !isAssigned,
      findings.admits(.foreignSyntax, at: node.range, of: site, detail: 1)
    else { return }
    let primary = site.label(node.range, in: bytes)
    findings.append(
      Diagnostic(
        .foreignSyntax,
        "\(parser.quoted(name)) does not count the tasks of disBatch",
        at: primary,
        notes: ["it is that of the job that the run is in: the same for all tasks, or empty"],
        help: ["use `${DISBATCH_TASKID}`, which counts from 0, or `${DISBATCH_REPEAT_INDEX}`"]
      )
    )
  }

  /// `$(DISBATCH_TASKID)`, as make has it: bash runs a program of that name.
  private static func checkCommand(
    _ command: Int32,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard let name = parser.commandName(of: command), parser.words(of: command).count == 1,
      name.lowerBound >= 2, name.upperBound < parser.text.count,
      parser.text[name.lowerBound - 2] == UInt8(ascii: "$"),
      parser.text[name.lowerBound - 1] == UInt8(ascii: "("),
      parser.text[name.upperBound] == UInt8(ascii: ")")
    else { return }
    report(name, name.lowerBound - 2, parser, site, in: bytes, &findings)
  }

  /// `{DISBATCH_TASKID}` outside of single quotes.
  private static func checkBraces(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let text = parser.text
    var index = 1
    while index < text.count {
      defer { index += 1 }
      guard text[index - 1] == UInt8(ascii: "{"), text[index] == UInt8(ascii: "D") else { continue }
      let end = parser.nameEnd(from: index)
      guard end < text.count, text[end] == UInt8(ascii: "}"),
        index < 2 || text[index - 2] != UInt8(ascii: "$"),
        !survey.singleQuotes.contains(where: { parser.node($0.node).range.contains(index) })
      else { continue }
      report(index..<end, index - 1, parser, site, in: bytes, &findings)
    }
  }

  private static func report(
    _ name: Range<Int>,
    _ start: Int,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard let known = DisbatchVariable(parser, name) else { return }
    let range = start..<name.upperBound + 1
    guard findings.admits(.foreignSyntax, at: range, of: site) else { return }
    let primary = site.label(range, in: bytes)
    let meant = "${\(known.rawValue)}"
    findings.append(
      Diagnostic(
        .foreignSyntax,
        "\(parser.quoted(range)) is not how bash writes the value of a variable",
        at: primary,
        help: ["write `\(meant)`"],
        fixes: site.edit(range, of: bytes, to: meant).map {
          [FixIt(message: "write `\(meant)`", applicability: .unsafe, edits: [$0])]
        } ?? []
      )
    )
  }
}
