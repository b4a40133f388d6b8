import TaskScheduler

/// Finds out what can be said of a task that has failed.
struct FailureFinder {
  private var folderFinder = MissingFolderFinder()

  /// Makes the failure of a task that is recorded.
  ///
  /// - Parameters:
  ///   - record: Its row.
  ///   - end: How it ended.
  ///   - cause: Why it did, where more is known than its return code.
  ///   - settings: What its engine was told; asked for only where the command names a variable.
  /// - Returns: the failure, with the folder whose absence brought it about, if one did.
  mutating func failure(
    _ record: StatusRecord,
    _ end: AttemptEnd,
    cause: FailureWords.Cause?,
    settings: () -> EngineSettings
  ) -> TaskFailure {
    TaskFailure(
      id: record.id,
      line: record.line,
      returnCode: record.returnCode,
      command: record.command,
      report: record.report,
      cause: cause,
      missingFolder: end.outcome == .exited(1) ? missingFolder(record, end, settings) : nil
    )
  }

  /// The folder whose absence kept a task's command from running.
  private mutating func missingFolder(
    _ record: StatusRecord,
    _ end: AttemptEnd,
    _ settings: () -> EngineSettings
  ) -> String? {
    guard record.report.errorByteCount > 0 else { return nil }
    var environment: (all: CStringArray, own: CStringArray)?
    return folderFinder.folder(for: record.command, failingWith: record.report.error) { name in
      // The whole environment is made only for a command that names a variable there.
      if environment == nil {
        let settings = settings()
        var made = TaskEnvironment(base: Host.environment, settings: settings)
        let own = made.strings(
          id: record.id,
          line: record.line,
          repeatIndex: record.repeatIndex,
          slot: settings.firstSlot + end.slot.rawValue,
          attempt: end.attempt.rawValue
        )
        environment = (made.constant, own)
      }
      return environment?.own.value(of: name) ?? environment?.all.value(of: name)
    }
  }
}
