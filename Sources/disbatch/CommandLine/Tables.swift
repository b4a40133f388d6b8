import TaskScheduler

/// The option tables of the commands, one row per option.
enum Tables {
  /// Options that every command has.
  static let general: [Option] = [
    Option("help", "h", .none, .general, "Show this help", isReference: true),
    Option("version", nil, .none, .general, "Show the version", isReference: true),
  ]

  static let color = Option(
    "color",
    nil,
    .required("WHEN"),
    .output,
    "Colours in messages: auto, always or never"
  )

  /// Options of `disbatch expand`.
  static let expand: [Option] =
    [
      Option(
        "format",
        nil,
        .required("FORMAT"),
        .output,
        "What to write: tasks (a flat task file, the default), bash (a shell command a line) or json"
      ),
      Option("output", "o", .required("FILE"), .output, "Write to FILE instead of stdout"),
      Option(
        "inline",
        nil,
        .none,
        .output,
        "For readers: values in place of $DISBATCH_TASKID and the like, and tasks of a REPEAT as plain "
          + "lines, where the text proves that bash does the same"
      ),
      Option(
        "no-check",
        nil,
        .none,
        .input,
        "Do what disBatch 3.0 does with malformed directives instead of refusing the file"
      ),
      color,
    ] + general

  /// Options of `disbatch explain`.
  static let explain: [Option] =
    [
      Option(
        "format",
        nil,
        .required("FORMAT"),
        .output,
        "How to write it: text (the default), markdown or json (JSON Lines)"
      ),
      Option("all", nil, .none, .output, "List all codes"),
      Option("write-docs", nil, .required("FOLDER"), .output, nil),
    ] + general

  /// Options of `disbatch fmt`.
  static let fmt: [Option] =
    [
      Option("check", nil, .none, .output, "Write nothing; exit with 1 when a file would change"),
      Option("diff", nil, .none, .output, "Write nothing; show as a patch what would change"),
      color,
    ] + general

  /// Options of `disbatch status`.
  static let status: [Option] =
    [
      Option(
        "format",
        nil,
        .required("FORMAT"),
        .output,
        "human (the default), json (one object) or tsv (one line a task)"
      ),
      Option(
        "failed",
        nil,
        .none,
        .output,
        "Write a task file of just the tasks that failed, ready to run"
      ),
    ] + general

  /// Options of `disbatch run`: all of the reference's, then ours.
  static let run: [Option] =
    runResources + runFiles + runOutput + runFailure + runPool
    + [
      Option(
        "no-check",
        nil,
        .none,
        .input,
        "Do what disBatch 3.0 does with malformed directives instead of refusing the file"
      ),
      color,
      Option(
        "progress",
        nil,
        .required("HOW"),
        .output,
        "auto (the default: on a terminal, a line that is repainted), plain (a line every 10 s) or "
          + "never"
      ),
      Option(
        "dry-run",
        "n",
        .none,
        .input,
        "Show slots, stages, what -r leaves to run and the files that would be written; run nothing and "
          + "change nothing, and refuse what a run is refused"
      ),
      Option(
        "task",
        nil,
        .required("LINE"),
        .input,
        "In place of a file, run LINE, which is a line of one; repeat it for several, directives too"
      ),
      Option(
        "quiet",
        "q",
        .none,
        .output,
        "Say only what went wrong: errors, the tasks that failed, and how to run them again"
      ),
    ] + general

  private static let runResources: [Option] = [
    Option(
      "ssh-node",
      "s",
      .required("HOST:CORECOUNT"),
      .resources,
      "Run tasks on HOST, CORECOUNT cores of it; repeat it or separate hosts by commas",
      isReference: true
    ),
    Option("jobs", "j", .required("N"), .resources, "Run N tasks at a time here: -s localhost:N"),
    Option(
      "cpusPerTask",
      "c",
      .required("N"),
      .resources,
      "Cores used by each task; may be a fraction (default: 1)",
      isReference: true
    ),
    Option(
      "tasksPerNode",
      "t",
      .required("N"),
      .resources,
      "Run at most N tasks at a time on a node (up to cores/cpusPerTask)",
      isReference: true
    ),
    Option(
      "fill",
      nil,
      .none,
      .resources,
      "Use cores beyond those asked for, where an allocation has them",
      isReference: true
    ),
    Option(
      "env-resource",
      "E",
      .required("VAR"),
      .resources,
      "Give slot i item i of the comma-separated variable VAR, as of CUDA_VISIBLE_DEVICES",
      isReference: true
    ),
    Option("nice", nil, .required("N"), .resources, "Add N (to 19) to the tasks' niceness"),
    Option("gpu", "g", .none, .resources, nil, isReference: true),
  ]

  private static let runFiles: [Option] = [
    Option(
      "prefix",
      "p",
      .required("PATH"),
      .files,
      "Folder for status and log files, or the beginning of their names "
        + "(default: <Taskfile>_disBatch_<yymmddHHMMSS>_<nnn>)",
      isReference: true
    ),
    Option(
      "status-header",
      nil,
      .none,
      .files,
      "Begin the status file with a line of column names",
      isReference: true
    ),
    Option(
      "logfile",
      nil,
      .required("FILE"),
      .files,
      "Write the driver's log to FILE",
      isReference: true
    ),
    Option(
      "loglevel",
      nil,
      .required("LEVEL"),
      .files,
      "Least level of the log: CRITICAL, ERROR, WARNING, INFO or DEBUG (default: INFO)",
      isReference: true
    ),
    Option(
      "label",
      "l",
      .required("LABEL"),
      .files,
      "Name of this context in file names and logs",
      isReference: true
    ),
    Option(
      "mailTo",
      nil,
      .required("ADDR"),
      .files,
      "Mail ADDR on the way and at the end, through sendmail or the program that the variable "
        + "MAILER names",
      isReference: true
    ),
    Option(
      "mailFreq",
      nil,
      .required("N"),
      .files,
      "With --mailTo, mail after every N tasks (default: 1)",
      isReference: true
    ),
  ]

  private static let runFailure: [Option] = [
    Option(
      "exit-code",
      "e",
      .none,
      .failure,
      "Exit with 1 when a task or a PERENGINE command failed (default: only when the run itself did)",
      isReference: true
    ),
    Option(
      "fail-fast",
      "f",
      .none,
      .failure,
      "End the run, its running tasks too, when a task fails",
      isReference: true
    ),
    Option(
      "grace",
      nil,
      .required("TIME"),
      .failure,
      "Time between SIGTERM and SIGKILL for tasks that a signal to the run ends, and for what tasks"
        + " left running at the end of the run (default: 10s)"
    ),
    Option(
      "resume-by",
      nil,
      .required("WHAT"),
      .failure,
      "With -r, how tasks are known again: id (the default), or text, in a file that was edited"
    ),
    Option(
      "timeout",
      nil,
      .required("TIME"),
      .failure,
      "End a task that takes longer: 90, 250ms, 1.5h or 2d"
    ),
    Option("retries", nil, .required("N"), .failure, "Run a task that fails up to N times again"),
    Option(
      "retry-on",
      nil,
      .required("CAUSES"),
      .failure,
      "With --retries, only after these exit codes or signals, or when the time of --timeout was up: "
        + "74,SIGKILL,timeout"
    ),
    Option(
      "retry-delay",
      nil,
      .required("TIME"),
      .failure,
      "Wait so long before the second attempt, twice as long before each further one"
    ),
    Option(
      "halt",
      nil,
      .required("WHEN"),
      .failure,
      "Stop at so many failures: soon,fail=3 lets running tasks end, now,fail=10% ends them; a "
        + "percentage, of the tasks that ended, counts from \(Halt.leastFailures) failures on"
    ),
    Option(
      "context-task-limit",
      "C",
      .required("N"),
      .resources,
      "Start at most N tasks in all (0: no limit)",
      isReference: true
    ),
    Option(
      "no-requeue",
      nil,
      .none,
      .failure,
      "Do not run again what ran on an engine that was lost"
    ),
    Option(
      "resume-from",
      "r",
      .required("STATUSFILE"),
      .failure,
      "Skip the tasks that this status file tells of; repeat it for several runs, oldest first; "
        + "auto finds those of this task file by itself",
      isReference: true
    ),
    Option(
      "retry",
      "R",
      .none,
      .failure,
      "With -r, run the tasks that failed again",
      isReference: true
    ),
    Option(
      "force-resume",
      nil,
      .none,
      .failure,
      "With -r, go by the ids of tasks alone, whatever their commands are now",
      isReference: true
    ),
  ]

  private static let runPool: [Option] = [
    Option("startup-only", "S", .none, .pool, nil, isReference: true),

    Option("no-retire", nil, .none, .pool, nil, isReference: true),
    Option("retire-cmd", nil, .required("COMMAND"), .pool, nil, isReference: true),
    Option("use-address", nil, .required("HOST:PORT"), .pool, nil, isReference: true),
    Option("kvsserver", nil, .optional("HOST:PORT"), .pool, nil, isReference: true),
    Option("taskcommand", nil, .required("COMMAND"), .pool, nil, isReference: true),
    Option("taskserver", nil, .optional("HOST:PORT"), .pool, nil, isReference: true),
    Option("web", "w", .none, .pool, nil, isReference: true),
  ]
}
