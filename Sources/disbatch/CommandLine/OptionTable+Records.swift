extension OptionTable {
  /// Options of `disbatch status`.
  static let status: [Option] =
    [
      Option(
        .format,
        value: .required("FORMAT"),
        group: .output,
        help: "human (the default), json (one object) or tsv (one line per task)"
      ),
      Option(
        .failed,
        group: .output,
        help: "Write a task file of the tasks that failed, ready to run"
      ),
    ] + general

  /// Options of `disbatch output`.
  static let output: [Option] =
    [
      Option(.stdout, group: .output, help: "Write only what went to standard output"),
      Option(.stderr, group: .output, help: "Write only what went to standard error"),
      Option(
        .attempt,
        value: .required("N"),
        group: .output,
        help: "The Nth attempt, counting those of earlier runs (default: the last)"
      ),
      Option(
        .list,
        group: .output,
        help: "List tasks, attempts and the bytes of each stream, separated by tabs"
      ),
    ] + general
}
