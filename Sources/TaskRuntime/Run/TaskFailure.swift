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

  // More than five: one for each part of the value.
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
