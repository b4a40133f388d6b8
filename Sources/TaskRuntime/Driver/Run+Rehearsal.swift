package import TaskLang

/// A run that is only thought through (`--dry-run`).
extension Run {
  /// What was found out about a run that was not made.
  package struct Rehearsal {
    package var plan: LaunchPlan
    package var files: RunFiles
    /// What the language had to say about the input.
    package var diagnostics: [Diagnostic]
  }

  /// Goes through all that stands between the options and the tasks, reads the tasks, and changes
  /// nothing; what is refused is refused as a run would refuse it.
  ///
  /// - Parameters:
  ///   - options: What the user wants.
  ///   - say: Takes what the user should know, in a line.
  ///   - take: Takes each part of the plan, and how many tasks of it had failed before.
  /// - Returns: where the run would take place.
  /// - Throws: `RunError` for what cannot be.
  /// - Complexity: O(steps and known tasks) in time; memory does not grow with the steps.
  package static func rehearse(
    _ options: RunOptions,
    say: (String) -> Void,
    take: (ResumeFilter.Part, Int) -> Void
  ) throws(RunError) -> Rehearsal {
    let input = try options.input.open()
    let (plan, files) = try prepare(options)
    let claims = try claims(options, files, rehearsing: true, say)
    if let old = claims.status.oldStatus, old.size > 0 {
      say("the status file of an earlier run, \(files.status), would get a number")
    }
    var resume = claims.resume
    var feed = TaskFeed(checks: options.checks)
    try options.readSteps(of: input, &feed) { (step) throws(RunError) in
      guard resume != nil, step.taskCount > 0 else { return take(.run(step), 0) }
      resume?.take(step)
      do throws(ResumeFilter.Mismatch) {
        while let part = try resume?.next() {
          var failures = 0
          if case .run(let rest) = part { failures = resume?.failures(in: rest) ?? 0 }
          take(part, failures)
        }
      } catch {
        throw error.runError("nothing would be started behind it")
      }
    }
    if feed.isMalformed, feed.diagnostics.isEmpty {
      say("line \(feed.lineCount) has a number of 2^63 or more")
      throw RunError.usage("the task file ends there, in an error; nothing was run")
    }
    return Rehearsal(plan: plan, files: files, diagnostics: feed.diagnostics)
  }
}
