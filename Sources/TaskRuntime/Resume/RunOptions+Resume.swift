import TaskLang

extension RunOptions {
  /// Reads the status files to go on from and holds the task file against them.
  ///
  /// A task file that can be read twice is compared whole before anything starts; a stream as it
  /// comes.
  ///
  /// - Parameter say: Tells the user something in a line.
  /// - Returns: What passes over done tasks; `nil` for a run of its own.
  /// - Throws: `RunError` for a file that cannot be read, and for a task that is another than it was.
  package func resumeFilter(_ say: (String) -> Void) throws(RunError) -> ResumeFilter? {
    guard !resumeFrom.isEmpty else { return nil }
    var archive = StatusArchive()
    for path in resumeFrom.flatMap({ $0 == "auto" ? EarlierRuns.statusFiles(self) : [$0] }) {
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
    let done = archive
    var filter = ResumeFilter(done, retriesFailed: retriesFailed, identity: resumeIdentity)
    switch resumeIdentity {
    case .id: break
    case .command:
      var compared = filter
      try readWhole { (step) throws(RunError) in
        compared.take(step)
        do throws(ResumeFilter.Mismatch) {
          while try compared.next() != nil {}
        } catch {
          throw error.runError("nothing was started")
        }
      }
    case .text: filter = try pairedByText(done, say)
    }
    return filter
  }

  private func pairedByText(
    _ archive: StatusArchive,
    _ say: (String) -> Void
  ) throws(RunError) -> ResumeFilter {
    guard case .file(let path) = input, (try? FileSystem.status(of: path))?.kind == .file else {
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
  private func readWhole(
    _ take: (Step) throws(RunError) -> Void
  ) throws(RunError) {
    guard case .file(let path) = input, (try? FileSystem.status(of: path))?.kind == .file else {
      return
    }
    let file = try TaskSource.open(input, called: path)
    var feed = TaskFeed(checks: false)
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while !feed.isExhausted {
      let count: Int
      do throws(Errno) {
        count = try file.readWaiting(into: &buffer)
      } catch {
        throw RunError.usage("cannot read \(path): \(error.text)")
      }
      if count == 0 { feed.end() } else { feed.append(buffer.span.extracting(0..<count)) }
      while let step = feed.take() { try take(step) }
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
