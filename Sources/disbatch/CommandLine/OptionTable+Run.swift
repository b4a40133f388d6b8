extension OptionTable {
  /// Options of `disbatch run`: all of the reference's, then ours.
  static let run: [Option] =
    runResources + runFiles + runOutput + runFailure + runPool
    + [
      noCheck,
      color,
      Option(
        .progress,
        value: .required("HOW"),
        group: .output,
        help:
          "auto (the default: on a terminal, a line that is repainted), plain (a line every 10 s) or "
          + "never"
      ),
      Option(
        .dryRun,
        short: "n",
        group: .input,
        help:
          "Show slots, stages, what -r leaves to run and the files that would be written; run and "
          + "change nothing; refuse what run would refuse"
      ),
      Option(
        .task,
        value: .required("LINE"),
        group: .input,
        help:
          "Run LINE as the line of a task file; repeat it for several lines, directives too"
      ),
      Option(
        .quiet,
        short: "q",
        group: .output,
        help: "Report only problems: errors, the tasks that failed, and how to rerun them"
      ),
    ] + general

  private static let runResources: [Option] = [
    Option(
      .sshNode,
      short: "s",
      value: .required("HOST:CORECOUNT"),
      group: .resources,
      help: "Run tasks on HOST, CORECOUNT cores of it; repeat it or separate hosts by commas"
    ).ofReference,
    Option(
      .jobs,
      short: "j",
      value: .required("N"),
      group: .resources,
      help: "Run N tasks at a time here: -s localhost:N"
    ),
    Option(
      .cpusPerTask,
      short: "c",
      value: .required("N"),
      group: .resources,
      help: "Cores used by each task; may be a fraction (default: 1)"
    ).ofReference,
    Option(
      .tasksPerNode,
      short: "t",
      value: .required("N"),
      group: .resources,
      help: "Run at most N tasks at a time on a node (up to cores/cpusPerTask)"
    ).ofReference,
    Option(
      .fill,
      group: .resources,
      help: "Use cores beyond those asked for, where an allocation has them"
    ).ofReference,
    Option(
      .envResource,
      short: "E",
      value: .required("VAR"),
      group: .resources,
      help: "Give slot i item i of the comma-separated variable VAR, such as CUDA_VISIBLE_DEVICES"
    ).ofReference,
    Option(
      .nice,
      value: .required("N"),
      group: .resources,
      help: "Add N (at most 19) to the tasks' niceness"
    ),
    Option(.gpu, short: "g", group: .resources, help: nil).ofReference,
  ]

  private static let runFiles: [Option] = [
    Option(
      .prefix,
      short: "p",
      value: .required("PATH"),
      group: .files,
      help: "Folder for status and log files, or the beginning of their names "
        + "(default: <Taskfile>_disBatch_<yymmddHHMMSS>_<nnn>)"
    ).ofReference,
    Option(.statusHeader, group: .files, help: "Begin the status file with a line of column names")
      .ofReference,
    Option(
      .logFile,
      value: .required("FILE"),
      group: .files,
      help: "Write the driver's log to FILE"
    ).ofReference,
    Option(
      .logLevel,
      value: .required("LEVEL"),
      group: .files,
      help: "Lowest level that is logged: CRITICAL, ERROR, WARNING, INFO or DEBUG (default: INFO)"
    ).ofReference,
    Option(
      .label,
      short: "l",
      value: .required("LABEL"),
      group: .files,
      help: "Name of this context in file names and logs"
    ).ofReference,
    Option(
      .mailTo,
      value: .required("ADDR"),
      group: .files,
      help:
        "Send mail to ADDR during the run and at its end, through sendmail or the program that the "
        + "variable MAILER names"
    ).ofReference,
    Option(
      .mailFreq,
      value: .required("N"),
      group: .files,
      help: "With --mailTo, mail after every N tasks (default: 1)"
    ).ofReference,
  ]

  /// Options of `run` about what tasks print.
  private static let runOutput: [Option] = [
    Option(
      .results,
      value: .required("DIR"),
      group: .files,
      help:
        "Keep what tasks print and do not redirect in files below DIR: 00000/00000012.out and "
        + ".err"
    ),
    Option(
      .output,
      value: .required("FILE"),
      group: .files,
      help: "Keep what tasks print and do not redirect in FILE, for 'disbatch output FILE TASKID'"
    ),
    Option(
      .outputLimit,
      value: .required("SIZE"),
      group: .files,
      help:
        "With --results or --output, keep the first SIZE bytes of each attempt: 4096, 64k, 10M or 1G"
    ),
  ]

  private static let runPool: [Option] = [
    Option(.startupOnly, short: "S", group: .pool, help: nil).ofReference,

    Option(.noRetire, group: .pool, help: nil).ofReference,
    Option(.retireCommand, value: .required("COMMAND"), group: .pool, help: nil).ofReference,
    Option(.useAddress, value: .required("HOST:PORT"), group: .pool, help: nil).ofReference,
    Option(.kvsServer, value: .optional("HOST:PORT"), group: .pool, help: nil).ofReference,
    Option(.taskCommand, value: .required("COMMAND"), group: .pool, help: nil).ofReference,
    Option(.taskServer, value: .optional("HOST:PORT"), group: .pool, help: nil).ofReference,
    Option(.web, short: "w", group: .pool, help: nil).ofReference,
  ]
}
