import TaskRuntime

/// `disbatch output`: what a run kept of its tasks' output.
struct OutputCommand {
  private let path: String
  private let tasks: [Int64]
  private let streams: Set<OutputStream>
  private let attempt: Int?
  private let isList: Bool
  private let console = Console(command: "disbatch output")

  /// Reads the command line.
  init(_ words: [String]) throws(UsageError) {
    let arguments = try ArgumentScanner.scan(words, OptionTable.output)
    guard let path = arguments.operands.first else {
      throw UsageError("no file or folder of kept output named")
    }
    self.path = path
    isList = arguments.has(.list)
    attempt = try arguments.number(.attempt, in: 1...Int.max)
    if arguments.has(.stdout) == arguments.has(.stderr) {
      streams = Set(OutputStream.allCases)
    } else {
      streams = arguments.has(.stdout) ? [.output] : [.error]
    }
    var tasks: [Int64] = []
    for word in arguments.operands.dropFirst() {
      guard let task = Int64(word), task >= 0 else {
        throw UsageError("'\(word)' is no task's id, which is a whole number from 0")
      }
      tasks.append(task)
    }
    self.tasks = tasks
    if tasks.isEmpty, !isList {
      throw UsageError("no task named; --list shows of which there is output")
    }
  }

  /// Writes what was asked for.
  ///
  /// - Returns: The exit code: 1 when there is nothing of a task, or something is missing.
  func run() -> Int32 {
    do {
      let kept = try OutputArchives.open(path)
      defer { for note in kept.notes { console.say(note) } }
      if isList { return try list(kept) }
      var code = ExitCode.success
      for task in tasks where try !show(task, of: kept) { code = ExitCode.failure }
      return code
    } catch let error as OutputArchiveError {
      console.say("'\(path)' \(error.message)")
    } catch {
      console.say((error as? UsageError)?.message ?? "\(error)")
    }
    return ExitCode.usage
  }

  /// Writes a line for each attempt.
  private func list(_ kept: any OutputArchive) throws -> Int32 {
    var output = try OutputFile(nil)
    var buffer = Array("task\tattempt\tstdout\tstderr\n".utf8)
    let wanted: [Int64?] = tasks.isEmpty ? [nil] : tasks
    for task in wanted {
      for entry in try kept.attempts(of: task) where attempt == nil || attempt == entry.number {
        buffer += "\(entry.task)\t\(entry.number)\t".utf8
        buffer += "\(entry.outputByteCount)\t\(entry.errorByteCount)\n".utf8
        if buffer.count > 1 << 16, !output.drain(&buffer) { return ExitCode.success }
      }
    }
    _ = output.drain(&buffer)
    try output.finish()
    return ExitCode.success
  }

  /// Writes what was kept of a task.
  ///
  /// - Returns: whether there is all of it.
  private func show(_ task: Int64, of kept: any OutputArchive) throws -> Bool {
    let attempts = try kept.attempts(of: task)
    guard
      let chosen = attempt == nil ? attempts.last : attempts.first(where: { $0.number == attempt })
    else {
      console.say(try absence(of: task, attempts, kept))
      return false
    }
    let output = try FileDescriptor.standardOutput()
    var failure: Errno?
    let missing = try kept.read(chosen, streams) { stream, bytes in
      do throws(Errno) {
        switch stream {
        case .output: try output.writeAll(bytes)
        case .error: try FileDescriptor.writeToStandardError(bytes)
        }
        return true
      } catch {
        failure = error
        return false
      }
    }
    // Whoever reads may have seen enough.
    if failure == .brokenPipe { return true }
    if let failure { throw UsageError("cannot write the output of task \(task): \(failure.text)") }
    if missing > 0 {
      console.say("task \(task): \(missing) bytes are missing, which the run could not write")
    }
    return missing == 0
  }

  /// Why there is nothing to show, and what there is instead.
  private func absence(
    of task: Int64,
    _ attempts: [KeptAttempt],
    _ kept: any OutputArchive
  ) throws(OutputArchiveError) -> String {
    if let attempt, !attempts.isEmpty {
      let numbers = attempts.map { "\($0.number)" }.joined(separator: ", ")
      return "'\(path)' has no attempt \(attempt) of task \(task), but \(numbers)"
    }
    guard let range = try kept.taskRange else { return "'\(path)' has no output of any task" }
    return "'\(path)' has no output of task \(task); "
      + "there is output of tasks from \(range.lowerBound) to \(range.upperBound)"
  }
}
