/// A task that writes files.
struct ShellTaskPlace: Sendable {
  /// Its id.
  var task: Int
  /// The number of its line.
  var line: Int
  /// Whether its line may hold other tasks.
  var sharesLine: Bool

  init(task: Int, line: Int, sharesLine: Bool) {
    (self.task, self.line, self.sharesLine) = (task, line, sharesLine)
  }

  init(task: Int, _ line: PhysicalLine) {
    self.init(
      task: task,
      line: line.number,
      sharesLine: line.traits.contains(.carriageReturn)
    )
  }
}

/// DB408 and DB501 to DB509: files that tasks write, and who else writes them.
///
/// Tasks between two barriers may run at the same time, so what is remembered of files is forgotten at
/// a barrier. Of many files little is kept: a hash and a line.
struct ShellOutputRules: Sendable {
  private struct Series {
    var hash: UInt64
    var range: RepeatRange
    var label: Label
  }

  /// Files whose writer's place is kept for drawing.
  static let drawnWriters = 1000
  /// Files that are remembered at all.
  static let knownWriters = 1 << 24
  /// What the label of such a place says.
  static let writtenFirst = "written here first"
  /// Files in one folder from which on DB508 speaks.
  static let manyFiles = 5000

  private let watchesTruncation: Bool
  private let watchesAppending: Bool
  let countsFolders: Bool
  var writers = ShellFileTable(limit: knownWriters)
  /// Where, for the first files only.
  var drawn: [UInt64: Label] = [:]
  /// The same, of those that came from a record: where the task begins, and the word in its command.
  var undrawn: [UInt64: (task: Int, word: Range<Int>)] = [:]
  /// The files that the current task writes, where several tasks may share a line.
  private var own: (task: Int, files: Set<UInt64>) = (-1, [])
  private var series: [Series] = []
  /// Whether a file that was remembered is appended to.
  var hasAppends = false
  var folders = ShellFolderCounts(limit: manyFiles)
  var uncaptured: (count: Int, label: Label)?
  /// Where a file was not remembered any more.
  private var firstForgotten: Label?
  /// What was met since this was last emptied; nil where files are remembered.
  var observation: ShellObservation?

  /// Tasks counted so far whose output is discarded.
  var uncapturedCount: Int { observation.map { $0.isUncaptured ? 1 : 0 } ?? uncaptured?.count ?? 0 }

  init(options: LintOptions) {
    watchesTruncation = options.reports(.logCollision)
    watchesAppending = options.reports(.appendShared)
    countsFolders = options.reports(.manyFiles)
  }

  /// Forgets the files written so far.
  mutating func passBarrier() {
    writers.removeAll()
    drawn.removeAll()
    undrawn.removeAll()
    series.removeAll()
    hasAppends = false
  }

  /// Counts more tasks whose output is discarded.
  @inline(__always)
  mutating func countUncaptured(_ tasks: Int, at label: () -> Label) {
    guard observation == nil else {
      observation?.isUncaptured = true
      return
    }
    if uncaptured == nil { uncaptured = (0, label()) }
    uncaptured?.count += tasks
  }

  /// Counts more files of a folder.
  @inline(__always)
  private mutating func count(_ files: Int, inFolder folder: UInt64, at label: () -> Label) {
    guard countsFolders else { return }
    guard observation == nil else {
      observation?.folders.append(folder)
      return
    }
    folders.count(files, in: folder, at: label)
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
      check(target, target.name(in: folder), parser, site, in: bytes, &findings)
    }
    for entry in survey.simples where !entry.isInFunction && parser.isCalled(entry.node, ["tee"]) {
      for target in ShellTarget.ofTee(entry.node, parser) where !target.isDevice {
        check(target, target.name(in: folder), parser, site, in: bytes, &findings)
      }
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
    guard let words = ShellFileNames.folderWords(parser, survey) else { return nil }
    return words.reduce(0) {
      ShellFileNames.enter(parser.node($1).range, of: parser.text.span, from: $0)
    }
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
      if target.isConstant, observes(target, name, at: range, of: site) { return }
      let place = ShellTaskPlace(task: id, site.line)
      let first = remember(target, name, at: place) { site.label(range, in: bytes, $0) }
      if let first {
        reportCollision(target, name, first, parser, site, in: bytes, range, &findings)
      }
    case .repeated(_, let indexes):
      if Self.checkRank(target, parser, site, in: bytes, range, &findings) { return }
      checkRepeat(target, name, indexes, parser, site, in: bytes, range, &findings)
      if !target.isSharedInRepeat, target.truncates, !target.variables.contains(.opaque),
        let folder = target.folder(of: name)
      {
        count(indexes.count, inFolder: folder) { site.label(range, in: bytes) }
      }
    }
  }

  /// Remembers a file that a task writes, and counts it.
  ///
  /// - Parameters:
  ///   - target: The file, other than one that DB505 speaks of.
  ///   - name: The hash of its whole name; nil where that is not known.
  ///   - place: The task.
  ///   - label: Makes a label of the file's name with a message.
  /// - Returns: The line of another task that may write to it at the same time; nothing is done then.
  @inline(__always)
  mutating func remember(
    _ target: ShellTarget,
    _ name: UInt64?,
    at place: ShellTaskPlace,
    label: (String) -> Label
  ) -> Int? {
    guard target.isConstant else {
      if target.truncates, let folder = target.folder(of: name) {
        count(1, inFolder: folder) { label("") }
      }
      return nil
    }
    guard let key = key(of: target, name) else { return nil }
    if let line = otherwise(key, target, place) { return line }
    switch writers.take(key, line: place.line) {
    case .known(let line):
      if isOwn(key, line, place) { return nil }
      return target.truncates || watchesAppending ? line : nil
    case .added: if !target.truncates { hasAppends = true }
    case .full:
      if firstForgotten == nil { firstForgotten = label("") }
      return nil
    }
    if writers.count <= Self.drawnWriters { drawn[key] = label(Self.writtenFirst) }
    if place.sharesLine { noteOwn(key, place) }
    if target.truncates, let folder = target.folderHash {
      count(1, inFolder: folder) { label("") }
    }
    return nil
  }

  /// Whether another task may write a file at the same time.
  func collides(_ target: ShellTarget, _ name: UInt64?, at place: ShellTaskPlace) -> Bool {
    guard target.isConstant, let key = key(of: target, name) else { return false }
    if otherwise(key, target, place) != nil { return true }
    guard let line = writers.line(of: key) else { return false }
    return !isOwn(key, line, place) && (target.truncates || watchesAppending)
  }

  /// The line of another task that empties the file which this one appends to, or the other way round.
  @inline(__always)
  private func otherwise(_ key: UInt64, _ target: ShellTarget, _ place: ShellTaskPlace) -> Int? {
    guard watchesTruncation, hasAppends || !target.truncates, let line = writers.line(of: ~key)
    else { return nil }
    return isOwn(~key, line, place) ? nil : line
  }

  /// What a file is remembered by; nil where nobody wants to know.
  @inline(__always)
  func key(of target: ShellTarget, _ name: UInt64?) -> UInt64? {
    guard let name, watchesTruncation || (watchesAppending && !target.truncates) else {
      return nil
    }
    return target.truncates ? name : ~name
  }

  @inline(__always)
  func isOwn(_ key: UInt64, _ line: Int, _ place: ShellTaskPlace) -> Bool {
    guard line == place.line else { return false }
    return !place.sharesLine || (own.task == place.task && own.files.contains(key))
  }

  mutating func noteOwn(_ key: UInt64, _ place: ShellTaskPlace) {
    if own.task != place.task { own = (place.task, []) }
    own.files.insert(key)
  }

  /// DB501 and DB506.
  private mutating func reportCollision(
    _ target: ShellTarget,
    _ name: UInt64?,
    _ first: Int,
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ range: Range<Int>,
    _ findings: inout ShellFindings
  ) {
    findings.dependOnText()
    guard let key = key(of: target, name) else { return }
    let isMixed = drawn[~key] != nil || writers.line(of: ~key) != nil
    let code = target.truncates || isMixed ? DiagnosticCode.logCollision : .appendShared
    guard findings.admits(code, at: range, of: site, detail: Int(truncatingIfNeeded: key)) else {
      return
    }
    let primary = site.label(range, in: bytes)
    let line = site.line.number
    findings.append(
      Diagnostic(
        code,
        isMixed
          ? "one task empties \(parser.quoted(range)), to which another appends"
          : target.truncates
            ? "two tasks write to \(parser.quoted(range)), and the later one wins"
            : "several tasks append to \(parser.quoted(range)), and their lines may mix",
        at: primary,
        labels: (drawn[isMixed ? ~key : key]).map { $0.span == primary.span ? [] : [$0] } ?? [],
        notes: ["the tasks of lines \(first) and \(line) may run at the same time"],
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
    if let firstForgotten, findings.reports(.limitReached) {
      findings.append(
        Diagnostic(
          .limitReached,
          "more than \(Self.knownWriters) files between two barriers; the others are not compared",
          at: firstForgotten
        )
      )
    }
    for folder in folders.full.sorted(by: { $0.label.span.start < $1.label.span.start }) {
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
