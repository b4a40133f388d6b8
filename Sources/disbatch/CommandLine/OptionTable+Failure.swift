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
      help: "End the run, its running tasks too, when a task fails"
    ).ofReference,
    Option(
      .grace,
      value: .required("TIME"),
      group: .failure,
      help:
        "Time between SIGTERM and SIGKILL for tasks that a signal to the run ends, and for what tasks"
        + " left running at the end of the run (default: 10s)"
    ),
    Option(
      .resumeBy,
      value: .required("WHAT"),
      group: .failure,
      help:
        "With -r, how tasks are known again: id (the default), or text, in a file that was edited"
    ),
    Option(
      .timeout,
      value: .required("TIME"),
      group: .failure,
      help: "End a task that takes longer: 90, 250ms, 1.5h or 2d"
    ),
    Option(
      .retries,
      value: .required("N"),
      group: .failure,
      help: "Run a task that fails up to N times again"
    ),
    Option(
      .retryOn,
      value: .required("CAUSES"),
      group: .failure,
      help:
        "With --retries, only after these exit codes or signals, or when the time of --timeout was up: "
        + "74,SIGKILL,timeout"
    ),
    Option(
      .retryDelay,
      value: .required("TIME"),
      group: .failure,
      help: "Wait so long before the second attempt, twice as long before each further one"
    ),
    Option(
      .halt,
      value: .required("WHEN"),
      group: .failure,
      help:
        "Stop at so many failures: soon,fail=3 lets running tasks end, now,fail=10% ends them; a "
        + "percentage, of the tasks that ended, counts from \(Halt.leastFailures) failures on"
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
      help: "Do not run again what ran on an engine that was lost"
    ),
    Option(
      .resumeFrom,
      short: "r",
      value: .required("STATUSFILE"),
      group: .failure,
      help:
        "Skip the tasks that this status file tells of; repeat it for several runs, oldest first; "
        + "auto finds those of this task file by itself"
    ).ofReference,
    Option(.retry, short: "R", group: .failure, help: "With -r, run the tasks that failed again")
      .ofReference,
    Option(
      .forceResume,
      group: .failure,
      help: "With -r, go by the ids of tasks alone, whatever their commands are now"
    ).ofReference,
  ]
}
