/// DB408 and DB501 to DB509: files that tasks write, and who else writes them.
///
/// Tasks between two barriers may run at the same time, so what is remembered of files is forgotten at
/// a barrier. Of many files little is kept: a hash and a place.
struct ShellOutputRules: Sendable {
  /// Who wrote a file first.
  struct Writer {
    var line: Int
    var task: Int
  }

  private struct Series {
    var hash: UInt64
    var range: RepeatRange
    var label: Label
  }

  /// Files whose writer's place is kept for drawing.
  static let drawnWriters = 1000
  /// Files that are remembered at all.
  static let knownWriters = 4_000_000
  /// What the label of such a place says.
  static let writtenFirst = "written here first"
  /// Files in one folder from which on DB508 speaks.
  static let manyFiles = 5000
  /// Ids from which on six digits do not do.
  static let paddedLimit = 1_000_000

  var writers: [UInt64: Writer] = [:]
  /// Where, for the first files only.
  var drawn: [UInt64: Label] = [:]
  /// The same, of those that came from a record: where the task begins, and the word in its command.
  var undrawn: [UInt64: (task: Int, word: Range<Int>)] = [:]
  private var series: [Series] = []
  var folders: [UInt64: (count: Int, label: Label)] = [:]
  var uncaptured: (count: Int, label: Label)?
  /// What was met since this was last emptied; nil where files are remembered.
  var observation: ShellObservation?

  /// Whether a file was written whose name other tasks may have as well.
  var remembersFiles: Bool { !writers.isEmpty || !series.isEmpty }
  /// Whether a task was counted whose output goes nowhere.
  var countsUncaptured: Bool { uncaptured != nil }
  /// The folders that files were counted in, as often as they were.
  var countedFolders: [UInt64] {
    folders.flatMap { Array(repeating: $0.key, count: $0.value.count) }
  }

  /// Forgets the files written so far.
  mutating func passBarrier() {
    writers.removeAll(keepingCapacity: true)
    drawn.removeAll()
    undrawn.removeAll()
    series.removeAll()
  }

  /// Counts more tasks whose output goes nowhere.
  mutating func countUncaptured(_ tasks: Int, at label: () -> Label) {
    guard observation == nil else {
      observation?.isUncaptured = true
      return
    }
    if uncaptured == nil { uncaptured = (0, label()) }
    uncaptured?.count += tasks
  }

  /// Counts more files of a folder.
  mutating func count(_ tasks: Int, inFolder folder: UInt64, at label: () -> Label) {
    guard observation == nil else {
      observation?.folders.append(folder)
      return
    }
    if folders[folder] == nil { folders[folder] = (0, label()) }
    folders[folder]?.count += tasks
  }

  /// Looks at where a command writes.
  mutating func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let folder = workingFolder(parser, survey)
    var captures = false
    for entry in survey.redirections {
      captures = captures || parser.capturesOutput(entry.node)
      guard !entry.isInFunction, let target = ShellTarget(entry.node, parser), !target.isDevice
      else { continue }
      let name: UInt64?
      if target.isAbsolute { name = target.hash } else { name = folder.map { $0 ^ target.hash } }
      check(target, name, parser, site, in: bytes, &findings)
    }
    if parser.root < 0 { return }
    guard case .perEngine = site.occasion else {
      let pipes = parser.nodes.contains { $0.kind == .simple && $0.mark == .pipe }
      let prints = parser.children(of: parser.root).contains { ShellListRules.prints($0, parser) }
      if !captures, !pipes, prints {
        countUncaptured(taskCount(site)) { site.wholeBody(in: bytes) }
      }
      return
    }
  }

  private func taskCount(_ site: ShellSite) -> Int {
    if case .repeated(_, let range) = site.occasion { return range.count }
    return 1
  }

  /// A hash of the folders that the command goes to; nil where that is not known.
  private func workingFolder(_ parser: borrowing ShellParser, _ survey: ShellSurvey) -> UInt64? {
    var hash: UInt64 = 0
    for entry in survey.simples {
      if parser.isCalled(entry.node, ["pushd", "popd"]) { return nil }
      guard parser.isCalled(entry.node, ["cd"]) else { continue }
      let words = parser.words(of: entry.node)
      guard words.count == 2, parser.node(words[1]).firstChild < 0 else { return nil }
      for index in parser.node(words[1]).range {
        hash = (hash ^ UInt64(parser.text[index])) &* 1_099_511_628_211
      }
    }
    return hash
  }

  private mutating func check(
    _ target: ShellTarget,
    _ name: UInt64?,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    let range = parser.node(target.word).range
    checkPadding(target, parser, site, in: bytes, range, &findings)
    switch site.occasion {
    case .perEngine:
      Self.checkPerEngine(target, parser, site, in: bytes, range, &findings)
    case .task(let id):
      if Self.checkRank(target, parser, site, in: bytes, range, &findings) { return }
      if target.isConstant {
        checkCollision(target, name, id, parser, site, in: bytes, range, &findings)
      } else if target.truncates, let folder = target.folderHash ?? noFolder(name, target) {
        count(1, inFolder: folder) { site.label(range, in: bytes) }
      }
    case .repeated(_, let indexes):
      if Self.checkRank(target, parser, site, in: bytes, range, &findings) { return }
      checkRepeat(target, name, indexes, parser, site, in: bytes, range, &findings)
      if !target.isSharedInRepeat, target.truncates, !target.variables.contains(.opaque),
        let folder = target.folderHash ?? noFolder(name, target)
      {
        count(indexes.count, inFolder: folder) { site.label(range, in: bytes) }
      }
    }
  }

  /// A name without a slash lies in the folder that tasks begin in.
  private func noFolder(_ name: UInt64?, _ target: ShellTarget) -> UInt64? {
    name == nil || target.isAbsolute || target.variables.contains(.opaque) ? nil : 0
  }

  /// DB501 and DB506.
  private mutating func checkCollision(
    _ target: ShellTarget,
    _ name: UInt64?,
    _ id: Int,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ range: Range<Int>,
    _ findings: inout ShellFindings
  ) {
    guard let name else { return }
    let code = target.truncates ? DiagnosticCode.logCollision : .appendShared
    guard findings.reports(code) else { return }
    let key = target.truncates ? name : ~name
    if observes(target, key, as: code, at: range, of: site) { return }
    guard let first = writers[key] else {
      guard writers.count < Self.knownWriters else { return }
      if writers.count < Self.drawnWriters {
        drawn[key] = site.label(range, in: bytes, Self.writtenFirst)
      }
      writers[key] = Writer(line: site.line.number, task: id)
      if target.truncates, let folder = target.folderHash {
        count(1, inFolder: folder) { site.label(range, in: bytes) }
      }
      return
    }
    guard first.task != id else { return }
    guard findings.admits(code, at: range, of: site, detail: Int(truncatingIfNeeded: key)) else {
      return
    }
    let primary = site.label(range, in: bytes)
    let line = site.line.number
    findings.append(
      Diagnostic(
        code,
        target.truncates
          ? "two tasks write to \(parser.quoted(range)), and the later one wins"
          : "several tasks append to \(parser.quoted(range)), and their lines may mix",
        at: primary,
        labels: drawn[key].map { $0.span == primary.span ? [] : [$0] } ?? [],
        notes: ["the tasks of lines \(first.line) and \(line) may run at the same time"],
        help: ["put `${DISBATCH_TASKID}` into the name"]
      )
    )
  }

  /// DB502 and DB503.
  private mutating func checkRepeat(
    _ target: ShellTarget,
    _ name: UInt64?,
    _ indexes: RepeatRange,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ range: Range<Int>,
    _ findings: inout ShellFindings
  ) {
    guard target.truncates else { return }
    if target.isSharedInRepeat {
      guard indexes.count > 1 else { return }
      let detail = Int(truncatingIfNeeded: target.hash)
      guard findings.admits(.repeatLogShared, at: range, of: site, detail: detail) else { return }
      let primary = site.label(range, in: bytes)
      let fix = Self.addTaskID(to: target, parser, site, in: bytes)
      findings.append(
        Diagnostic(
          .repeatLogShared,
          "all \(indexes.count) tasks of this REPEAT write to \(parser.quoted(range))",
          at: primary,
          help: ["put `${DISBATCH_TASKID}` or `${DISBATCH_REPEAT_INDEX}` into the name"],
          fixes: fix.map { [$0] } ?? []
        )
      )
      return
    }
    let isOfIndexOnly =
      target.variables.contains(.repeatIndex)
      && target.variables.isDisjoint(with: [.task, .line, .opaque, .engine, .cylinder])
    guard isOfIndexOnly, let name, series.count < 1000 else { return }
    guard findings.admits(.repeatRangesOverlap, at: range, of: site, alone: true) else { return }
    let primary = site.label(range, in: bytes)
    if let other = series.first(where: { $0.hash == name && Self.meet($0.range, indexes) }) {
      findings.append(
        Diagnostic(
          .repeatRangesOverlap,
          "this REPEAT writes files of an earlier one: their repeat indexes overlap",
          at: primary,
          labels: [other.label],
          help: ["use `${DISBATCH_TASKID}` in the name, or other indexes"]
        )
      )
    }
    var label = site.wholeBody(in: bytes, "the earlier one is here")
    if site.isInBody(range) { label = site.label(range, in: bytes, "the earlier one is here") }
    series.append(Series(hash: name, range: indexes, label: label))
  }

  /// Whether two arithmetic progressions have a number in common.
  static func meet(_ left: RepeatRange, _ right: RepeatRange) -> Bool {
    guard left.count > 0, right.count > 0 else { return false }
    let (few, many) = left.count <= right.count ? (left, right) : (right, left)
    // Walking through the shorter one is exact; above a million only its bounds are compared.
    if few.count > 1_000_000 {
      return few[0] <= many[many.count - 1] && many[0] <= few[few.count - 1]
    }
    for place in 0..<few.count {
      let index = few[place]
      guard index >= many.start, index <= many[many.count - 1] else { continue }
      if many.step == 0 ? index == many.start : (index - many.start) % many.step == 0 {
        return true
      }
    }
    return false
  }

  /// DB408 and DB508, which speak of the whole file.
  mutating func finish(_ findings: inout ShellFindings) {
    if let uncaptured, findings.reports(.outputNotCaptured) {
      findings.append(
        Diagnostic(
          .outputNotCaptured,
          uncaptured.count == 1
            ? "the output of this task is not kept"
            : "the output of \(uncaptured.count) tasks is not kept; this is the first",
          at: uncaptured.label,
          notes: ["the status file keeps the first and last 40 bytes of it"],
          help: ["add `#DISBATCH SUFFIX  &> ${DISBATCH_NAMETASKS}_${DISBATCH_TASKID_ZP}.log`"]
        )
      )
    }
    guard findings.reports(.manyFiles) else { return }
    for (_, folder) in folders.sorted(by: { $0.value.label.span.start < $1.value.label.span.start })
    where folder.count > Self.manyFiles {
      findings.append(
        Diagnostic(
          .manyFiles,
          "\(folder.count) files go to one folder",
          at: folder.label,
          notes: ["more than a few thousand files make a folder slow on most file systems"],
          help: ["use folders, as in `logs/$((DISBATCH_TASKID/1000))/`, and make them first"]
        )
      )
    }
  }
}
