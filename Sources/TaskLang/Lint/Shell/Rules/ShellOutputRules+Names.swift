extension ShellOutputRules {
  /// DB504: a PERENGINE command's file.
  static func checkPerEngine(
    _ target: ShellTarget,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ range: Range<Int>,
    _ findings: inout ShellFindings
  ) {
    let isNumbered = target.variables.contains(.task)
    let isShared =
      target.truncates && target.variables.isDisjoint(with: [.engine, .opaque])
    guard isNumbered || isShared else { return }
    guard findings.admits(.perengineLogShared, at: range, of: site, detail: isNumbered ? 1 : 0)
    else { return }
    let primary = site.label(range, in: bytes)
    findings.append(
      Diagnostic(
        .perengineLogShared,
        isNumbered
          ? "DISBATCH_TASKID counts from 0 in PERENGINE commands, as it does for tasks"
          : "all engines write to \(parser.quoted(range))",
        at: primary,
        help: ["put `${DISBATCH_ENGINE_RANK}` into the name"]
      )
    )
  }

  /// DB505: the log of a task is named by the engine that runs it.
  static func checkRank(
    _ target: ShellTarget,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ range: Range<Int>,
    _ findings: inout ShellFindings
  ) -> Bool {
    guard ShellFileNames.isNamedByRank(target, site.occasion) else { return false }
    guard findings.admits(.engineRankInTaskLog, at: range, of: site) else { return true }
    let primary = site.label(range, in: bytes)
    findings.append(
      Diagnostic(
        .engineRankInTaskLog,
        "every task of an engine writes to \(parser.quoted(range)), over what the one before wrote",
        at: primary,
        help: ["use `${DISBATCH_TASKID}` in the name, or `>>` to append"]
      )
    )
    return true
  }

  /// DB509: more digits than the padding has.
  mutating func checkPadding(
    _ target: ShellTarget,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ range: Range<Int>,
    _ findings: inout ShellFindings
  ) {
    guard target.variables.contains(.padded) else { return }
    observation?.usesPadding = true
    var largest = 0
    switch site.occasion {
    case .task(let id): if target.variables.contains(.task) { largest = id }
    case .repeated(let firstID, let indexes):
      if target.variables.contains(.task) { largest = firstID + indexes.count - 1 }
      if target.variables.contains(.repeatIndex), indexes.count > 0 {
        largest = max(largest, indexes[indexes.count - 1])
      }
    case .perEngine: return
    }
    if target.variables.contains(.line) { largest = max(largest, site.line.number) }
    guard largest >= ShellFileNames.paddedLimit else { return }
    guard findings.admits(.zeroPadOverflow, at: range, of: site) else { return }
    let primary = site.label(range, in: bytes)
    findings.append(
      Diagnostic(
        .zeroPadOverflow,
        "\(largest) has more than the six digits that names are padded to",
        at: primary,
        notes: ["such names do not sort with the others"],
        help: ["pad them yourself, as with `$(printf %08d ${DISBATCH_TASKID})`"]
      )
    )
  }

  /// Puts the task id in front of the extension of a name.
  static func addTaskID(
    to target: ShellTarget,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>
  ) -> FixIt? {
    let word = parser.node(target.word)
    let lastPart = word.lastChild < 0 ? Int(word.start) : Int(parser.node(word.lastChild).end)
    var place = Int(word.end)
    for index in stride(from: Int(word.end) - 1, through: lastPart, by: -1) {
      if parser.text[index] == UInt8(ascii: "/") { break }
      if parser.text[index] == UInt8(ascii: "."), index > Int(word.start) {
        place = index
        break
      }
    }
    let part = site.part(at: Int(word.start))
    guard let edit = site.edit(place..<place, in: part, of: bytes, to: "_${DISBATCH_TASKID}")
    else { return nil }
    return FixIt(
      message: "put the task id into the name",
      applicability: .unsafe,
      edits: [edit]
    )
  }
}
