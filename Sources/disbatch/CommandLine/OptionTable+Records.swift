extension OptionTable {
  /// Options of `disbatch status`.
  static let status: [Option] =
    [
      Option(
        .format,
        value: .required("FORMAT"),
        group: .output,
        help: "human (the default), json (one object) or tsv (one line a task)"
      ),
      Option(
        .failed,
        group: .output,
        help: "Write a task file of just the tasks that failed, ready to run"
      ),
    ] + general

  /// Options of `disbatch output`.
  static let output: [Option] =
    [
      Option(.stdout, group: .output, help: "Only what was written to standard output"),
      Option(.stderr, group: .output, help: "Only what was written to standard error"),
      Option(
        .attempt,
        value: .required("N"),
        group: .output,
        help: "The Nth attempt, earlier runs' counted too (default: the last)"
      ),
      Option(
        .list,
        group: .output,
        help: "Show tasks, attempts and their bytes of either stream, between tabs"
      ),
    ] + general
}
