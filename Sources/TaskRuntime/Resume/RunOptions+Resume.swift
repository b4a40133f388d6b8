import TaskLang

extension RunOptions {
  /// Reads the status files to go on from and holds the task file against them.
  ///
  /// A task file that can be read twice is compared whole before anything starts; a stream as it
  /// comes.
  ///
  /// - Returns: What passes over done tasks; `nil` for a run of its own.
  /// - Throws: `RunError` for a file that cannot be read, and for a task that is another than it was.
  func resumeFilter() throws(RunError) -> ResumeFilter? {
    guard !resumeFrom.isEmpty else { return nil }
    var archive = StatusArchive()
    for path in resumeFrom {
      do throws(Errno) {
        try archive.add(path)
      } catch {
        throw RunError.usage("cannot read the status file '\(path)': \(error.text)")
      }
    }
    let filter = ResumeFilter(
      archive,
      retriesFailed: retriesFailed,
      identity: forcesResume ? .id : .command
    )
    if !forcesResume { try compare(filter) }
    return filter
  }

  private func compare(_ filter: ResumeFilter) throws(RunError) {
    guard case .file(let path) = input else { return }
    var filter = filter
    var feed = TaskFeed(checks: false)
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    guard (try? FileSystem.status(of: path))?.kind == .file else { return }
    let file = try TaskSource.open(input, called: path)
    while !feed.isExhausted {
      let count: Int
      do throws(Errno) {
        count = try file.readWaiting(into: &buffer)
      } catch {
        throw RunError.usage("cannot read \(path): \(error.text)")
      }
      if count == 0 { feed.end() } else { feed.append(buffer.span.extracting(0..<count)) }
      while let step = feed.take() {
        filter.take(step)
        do throws(ResumeFilter.Mismatch) {
          while try filter.next() != nil {}
        } catch {
          throw RunError(error.description, exitCode: 1)
        }
      }
    }
  }
}

extension ResumeFilter.Mismatch: CustomStringConvertible {
  /// Both tasks, and what can be done.
  package var description: String {
    """
    task \(id) is not the one that the status file tells of, so nothing was started
      now,  line \(line)\(index(repeatIndex)): \(text(command))
      then, line \(pastLine)\(index(pastRepeatIndex)): \(text(pastCommand))
      in \(path)
    --force-resume goes by ids alone
    """
  }

  private func index(_ value: Int) -> String { value < 0 ? "" : ", index \(value)" }

  private func text(_ command: [UInt8]) -> String {
    var literal: ContiguousArray<UInt8> = []
    PythonLiteral.appendText(command, to: &literal)
    return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
  }
}
