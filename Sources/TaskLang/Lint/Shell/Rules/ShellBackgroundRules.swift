/// DB402: work in the background that nobody waits for.
enum ShellBackgroundRules {
  /// What starts in the background.
  private struct Job {
    /// Its pipeline.
    var pipeline: Int32
    /// The list that it stands in.
    var list: Int32
    /// The loop around it; -1 for none.
    var loop: Int32
    /// Whether nothing of the command comes behind it.
    var isLast: Bool
  }

  /// Looks for `&`.
  ///
  /// A command that waits for something, or ends what it started, knows what it does.
  static func check(
    _ parser: borrowing ShellParser,
    _ survey: ShellSurvey,
    _ site: ShellSite,
    in bytes: Span<UInt8>,
    _ findings: inout ShellFindings
  ) {
    guard findings.reports(.backgroundEscapes), parser.nodes.contains(where: isBackground),
      !survey.simples.contains(where: { parser.isCalled($0.node, keepers) })
    else { return }
    var jobs: [Job] = []
    collect(parser.root, loop: -1, isLast: true, parser, &jobs)
    let isLeft = jobs.last { $0.isLast || $0.loop >= 0 }
    guard let job = isLeft ?? jobs.last else { return }
    let start = Int(parser.node(job.pipeline).detail)
    guard
      findings.admits(
        .backgroundEscapes,
        at: start..<start + 1,
        of: site,
        detail: isLeft == nil ? 1 : 0
      )
    else { return }
    let primary = site.label(start..<start + 1, in: bytes)
    let fix = fix(job, jobs, parser, site, in: bytes)
    let hasRest = job.list == parser.root && parser.node(job.pipeline).nextSibling >= 0
    var diagnostic = Diagnostic(
      .backgroundEscapes,
      isLeft == nil
        ? "the task may end while this is still running"
        : "the task ends while this is still running",
      at: primary,
      notes: hasRest && isLeft != nil
        ? ["its slot is given to another task, and the redirection behind `&` is that of nothing"]
        : ["its slot is given to another task, and its exit status is lost"],
      help: [job.loop >= 0 ? "add `; wait` behind the loop" : "leave out the `&`, or add `; wait`"],
      fixes: fix.map { [$0] } ?? []
    )
    if isLeft == nil { diagnostic.severity = .info }
    findings.append(diagnostic)
  }

  /// Commands that wait for what runs in the background, or end it.
  private static let keepers: [StaticString] = [
    "wait", "kill", "pkill", "killall", "fg", "trap",
  ]

  private static func isBackground(_ node: ShellNode) -> Bool {
    node.kind == .pipeline && node.mark == .ampersand
  }

  private static func collect(
    _ list: Int32,
    loop: Int32,
    isLast: Bool,
    _ parser: borrowing ShellParser,
    _ jobs: inout [Job]
  ) {
    let pipelines = parser.children(of: list)
    for (place, pipeline) in pipelines.enumerated() {
      let isLast =
        isLast
        && pipelines[(place + 1)...].allSatisfy { ShellListRules.isEmptyCommand($0, parser) }
      if isBackground(parser.node(pipeline)) {
        jobs.append(Job(pipeline: pipeline, list: list, loop: loop, isLast: isLast))
        continue
      }
      for command in parser.commands(of: pipeline) {
        let node = parser.node(command)
        if node.kind == .function { continue }
        let isLoop = [.forClause, .whileClause, .selectClause].contains(node.kind)
        for child in parser.children(of: command) where parser.node(child).kind == .list {
          collect(child, loop: isLoop ? command : loop, isLast: isLast, parser, &jobs)
        }
      }
    }
  }

  /// A single job at the end is to run in the foreground; others are waited for.
  private static func fix(
    _ job: Job,
    _ jobs: [Job],
    _ parser: borrowing ShellParser,
    _ site: ShellSite,
    in bytes: Span<UInt8>
  ) -> FixIt? {
    let mark = Int(parser.node(job.pipeline).detail)
    if jobs.count == 1, job.list == parser.root, job.isLast {
      return site.edit(mark..<mark + 1, of: bytes, to: "").map {
        FixIt(message: "leave out the `&`", applicability: .unsafe, edits: [$0])
      }
    }
    // Of a redirection in SUFFIX, `wait` must not be all that it redirects.
    guard site.suffix.bytes.span.isBlank(0..<site.suffix.bytes.count), job.isLast || job.loop >= 0
    else { return nil }
    var edit: Edit?
    if job.loop >= 0 {
      guard let pipeline = parser.pipeline(of: job.loop),
        [.none, .semicolon].contains(parser.node(pipeline).mark)
      else { return nil }
      let end = Int(parser.node(job.loop).end)
      edit = site.edit(end..<end, in: site.part(at: end - 1), of: bytes, to: " ; wait")
    } else {
      edit = site.edit(mark + 1..<mark + 1, in: site.part(at: mark), of: bytes, to: " wait")
      let isGroup = parser.nodes.contains {
        $0.kind == .group && $0.range.contains(mark) && $0.firstChild == job.list
      }
      if isGroup {
        edit = site.edit(mark + 1..<mark + 1, in: site.part(at: mark), of: bytes, to: " wait ;")
      }
    }
    return edit.map { FixIt(message: "wait for it", applicability: .unsafe, edits: [$0]) }
  }
}
