package import TaskScheduler

/// Hears about a run and cannot influence it; called on the run's thread, and not to take long.
package protocol RunObserver: AnyObject {
  /// The run has its files and begins.
  func runBegan(_ facts: RunFacts)
  /// Something the user should know, in one line without an end, and further lines about it.
  func runSaid(_ line: String, details: [String])
  /// Something that nobody need act upon, in one line without an end.
  func runNoted(_ line: String)
  /// A task failed for good.
  func taskFailed(_ failure: TaskFailure)
  /// How often it wants to hear how the run stands although nothing happens; `nil` for never.
  var refreshInterval: Interval? { get }
  /// The run stands so; once in each turn of its loop.
  func runAdvanced(_ tally: Tally)
  /// The process is about to stand still; what was said should be seen before.
  func runPauses()
}

extension RunObserver {
  /// Something the user should know, in one line without an end.
  func runSaid(_ line: String) { runSaid(line, details: []) }
}

/// A task that failed, as it is recorded.
package struct TaskFailure: Hashable, Sendable {
  package var id: Int64
  /// Number of its line.
  package var line: Int64
  /// As in the status file.
  package var returnCode: Int32
  package var command: ContiguousArray<UInt8>
  /// What its engine knows of it.
  package var report: TaskReport
  /// Why it ended as it did, where more is known than its return code.
  package var cause: FailureWords.Cause?
  /// The folder whose absence kept the command from running, if that is why.
  package var missingFolder: String?

  package init(
    id: Int64,
    line: Int64,
    returnCode: Int32,
    command: ContiguousArray<UInt8>,
    report: TaskReport = TaskReport(),
    cause: FailureWords.Cause? = nil,
    missingFolder: String? = nil
  ) {
    self.id = id
    self.line = line
    self.returnCode = returnCode
    self.command = command
    self.report = report
    self.cause = cause
    self.missingFolder = missingFolder
  }

  /// How it failed.
  package var words: FailureWords {
    FailureWords(code: Int(returnCode), report, cause: cause)
  }

  /// Which task it is, and why it failed, to stand in front of its command.
  package var heading: String {
    let absence = missingFolder.map { ", " + RunRemarks.absence(of: $0) } ?? ""
    return "task \(id) (line \(line)) \(words.reason)\(absence)"
  }
}

/// What is known about a run when it begins.
package struct RunFacts: Hashable, Sendable {
  /// Name of the task file.
  package var name: String
  /// What the names of all its files start with.
  package var prefix: String
  /// How many tasks can run at a time.
  package var slots: Int
}
