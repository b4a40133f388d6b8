import TaskLang

extension RunOptions {
  /// Reads the status files to go on from.
  ///
  /// - Parameters:
  ///   - own: The file under this run's own name, which it has locked.
  ///   - say: Tells the user something in a line.
  /// - Returns: The filter that skips done tasks; `nil` for a run that resumes nothing.
  /// - Throws: `RunError` for a file that cannot be read, or that a live run writes.
  package func resumeFilter(
    owning own: FileSystem.Status? = nil,
    _ say: (String) -> Void
  ) throws(RunError) -> ResumeFilter? {
    guard !resumeFrom.isEmpty else { return nil }
    var archive = StatusArchive()
    for path in resumeFrom.flatMap({ $0 == "auto" ? EarlierRuns.statusFiles(self) : [$0] }) {
      try Self.refuseLiveRun(path, own)
      do throws(Errno) {
        try archive.add(path)
      } catch {
        throw RunError.usage("cannot read the status file '\(path)': \(error.text)")
      }
    }
    if archive.files.isEmpty {
      say("no status file of an earlier run: starting from the beginning")
    }
    for file in archive.files {
      for remark in file.remarks { say(remark) }
    }
    if resumeIdentity == .text { return try pairedByText(archive, say) }
    return ResumeFilter(archive, retriesFailed: retriesFailed, identity: resumeIdentity)
  }

  /// Refuses a status file that is not at its end: what its run does would be done twice.
  private static func refuseLiveRun(
    _ path: String,
    _ own: FileSystem.Status?
  ) throws(RunError) {
    guard let status = try? FileSystem.status(of: path), status.kind == .file,
      own.map(status.isSameFile) != true,
      let file = try? FileDescriptor(opening: path, for: .reading), FileLock.isHeld(file)
    else { return }
    let holder = RunError.holderWords(FileLock.holder(of: file))
    throw RunError.usage(
      "cannot go on from \(path): the run that writes it is still going on\(holder); "
        + "its tasks would run twice"
    )
  }

  /// Holds the task file against what is known, and takes the rows of tasks that are passed over into
  /// the new status file.
  ///
  /// A task file that can be read twice is compared whole; a stream only as it comes, so of that all
  /// rows are taken that may be passed over.
  ///
  /// - Parameters:
  ///   - filter: Which tasks are skipped.
  ///   - draft: The new status file; `nil` to compare only.
  /// - Throws: `RunError` for a task that is another than it was, and when rows cannot be written.
  /// - Complexity: O(steps and known tasks) in time; memory does not grow with them.
  package func carry(_ filter: ResumeFilter, into draft: StatusDraft?) throws(RunError) {
    if hasStatusHeader { try draft?.append((StatusColumn.header + "\n").utf8) }
    var walk = filter
    let isWhole = try readWhole { (step) throws(RunError) in
      walk.take(step)
      while true {
        let part: ResumeFilter.Part?
        do throws(ResumeFilter.Mismatch) { part = try walk.next() } catch {
          throw error.runError("nothing was started")
        }
        guard let part else { break }
        if case .skip(let id, let line, let row) = part {
          try draft?.append(row.skippedRow(id: id, line: line))
        }
      }
    }
    if isWhole { return }
    try filter.forEachDone { (id, row) throws(RunError) in
      try draft?.append(row.skippedRow(id: id, line: row.row.line))
    }
  }

  private func pairedByText(
    _ archive: StatusArchive,
    _ say: (String) -> Void
  ) throws(RunError) -> ResumeFilter {
    guard input.canBeReadTwice else {
      throw RunError.usage("--resume-by text needs a task file that can be read twice")
    }
    var pairing = TextPairing()
    try readWhole { (step) throws(RunError) in pairing.take(step) }
    let (history, counts) = pairing.paired(archive) { $0.returnCode == 0 || !retriesFailed }
    let again = counts.again > 0 ? "\(counts.again) to run again, " : ""
    say("resuming: \(counts.kept) kept, \(again)\(counts.new) new, \(counts.changed) changed")
    return ResumeFilter(
      archive,
      retriesFailed: retriesFailed,
      identity: .text,
      history: history
    )
  }

  /// Reads a task file that can be read twice; of others nothing is read.
  ///
  /// - Returns: whether it was read.
  @discardableResult
  private func readWhole(
    _ take: (Step) throws(RunError) -> Void
  ) throws(RunError) -> Bool {
    guard input.canBeReadTwice else { return false }
    let file = try input.open()
    var feed = TaskFeed(checks: false)
    try readSteps(of: file, &feed, take)
    return true
  }

  /// Reads an input to the end of its steps, waiting where there is nothing yet.
  func readSteps(
    of file: borrowing FileDescriptor,
    _ feed: inout TaskFeed,
    _ take: (Step) throws(RunError) -> Void
  ) throws(RunError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !feed.isExhausted {
      let count: Int
      do throws(Errno) {
        count = try file.readWaiting(into: &buffer)
      } catch {
        throw RunError.usage("cannot read \(input.title): \(error.text)")
      }
      if count == 0 { feed.end() } else { feed.append(buffer.span.extracting(0..<count)) }
      while let step = feed.next() { try take(step) }
    }
  }
}

extension ResumeFilter.Mismatch {
  /// Both tasks, and what can be done.
  ///
  /// - Parameter outcome: What the run came to for it.
  /// - Returns: an error for people.
  package func runError(_ outcome: String) -> RunError {
    RunError(
      "task \(id) is not the one that the status file tells of, so \(outcome)",
      details: [
        "now,  line \(line)\(index(repeatIndex)): \(text(command))",
        "then, line \(pastLine)\(index(pastRepeatIndex)): \(text(pastCommand))",
        "in \(path)",
        "--resume-by text finds tasks again in a file that was edited, --force-resume goes by ids alone",
      ],
      exitCode: 1
    )
  }

  private func index(_ value: Int) -> String { value < 0 ? "" : ", index \(value)" }

  private func text(_ command: [UInt8]) -> String {
    var literal: ContiguousArray<UInt8> = []
    PythonLiteral.appendText(command, to: &literal)
    return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
  }
}
