import TaskScheduler

extension OptionTable {
  /// Options of `run` about what becomes of tasks that fail, and of runs that did not end.
  static let runFailure: [Option] = [
    Option(
      .exitCode,
      short: "e",
      group: .failure,
      help:
        "Exit with 1 when a task or a PERENGINE command failed (default: only when the run itself did)"
    ).ofReference,
    Option(
      .failFast,
      short: "f",
      group: .failure,
      help: "End the run and its running tasks when a task fails"
    ).ofReference,
    Option(
      .grace,
      value: .required("TIME"),
      group: .failure,
      help:
        "Time between SIGTERM and SIGKILL for tasks that the run ends, and time at the end of the "
        + "run for processes that tasks left behind (default: 10s)"
    ),
    Option(
      .resumeBy,
      value: .required("WHAT"),
      group: .failure,
      help:
        "With -r, how tasks are matched: id (the default), or text for a file that was edited"
    ),
    Option(
      .timeout,
      value: .required("TIME"),
      group: .failure,
      help: "End a task that takes longer than TIME: 90, 250ms, 1.5h or 2d"
    ),
    Option(
      .retries,
      value: .required("N"),
      group: .failure,
      help: "Run a failed task again, up to N times"
    ),
    Option(
      .retryOn,
      value: .required("CAUSES"),
      group: .failure,
      help:
        "With --retries, only after these exit codes or signals, or when --timeout ended the task: "
        + "74,SIGKILL,timeout"
    ),
    Option(
      .retryDelay,
      value: .required("TIME"),
      group: .failure,
      help: "Wait TIME before the second attempt, twice as long before each further one"
    ),
    Option(
      .halt,
      value: .required("WHEN"),
      group: .failure,
      help:
        "Stop after some number of failures: soon,fail=3 lets running tasks end, now,fail=10% ends them; a "
        + "percentage is of the tasks that have ended, and counts from \(Halt.leastFailures) failures on"
    ),
    Option(
      .contextTaskLimit,
      short: "C",
      value: .required("N"),
      group: .resources,
      help: "Start at most N tasks in all (0: no limit)"
    ).ofReference,
    Option(
      .noRequeue,
      group: .failure,
      help: "Do not rerun the tasks of an engine that was lost"
    ),
    Option(
      .resumeFrom,
      short: "r",
      value: .required("STATUSFILE"),
      group: .failure,
      help:
        "Skip the tasks that ended according to STATUSFILE; repeat it for several runs, oldest first; "
        + "auto finds the status files of this task file"
    ).ofReference,
    Option(.retry, short: "R", group: .failure, help: "With -r, also run the tasks that failed")
      .ofReference,
    Option(
      .forceResume,
      group: .failure,
      help: "With -r, compare task ids only, not commands"
    ).ofReference,
  ]
}
