extension Tables {
  /// Options of `run` about what tasks print.
  static let runOutput: [Option] = [
    Option(
      "results",
      nil,
      .required("DIR"),
      .files,
      "Keep each task's stray output in files of DIR: 00000/00000012.out and .err"
    ),
    Option(
      "output",
      nil,
      .required("FILE"),
      .files,
      "Keep all tasks' stray output in FILE, for 'disbatch output FILE TASKID'"
    ),
    Option(
      "output-limit",
      nil,
      .required("SIZE"),
      .files,
      "With --results or --output, keep the first SIZE bytes of each attempt: 4096, 64k, 10M or 1G"
    ),
  ]

  /// Options of `disbatch output`.
  static let output: [Option] =
    [
      Option("stdout", nil, .none, .output, "Only what was written to standard output"),
      Option("stderr", nil, .none, .output, "Only what was written to standard error"),
      Option(
        "attempt",
        nil,
        .required("N"),
        .output,
        "The Nth attempt, earlier runs' counted too (default: the last)"
      ),
      Option(
        "list",
        nil,
        .none,
        .output,
        "Show tasks, attempts and their bytes of either stream, between tabs"
      ),
    ] + general
}
