extension OptionTable {
  /// Options of `disbatch expand`.
  static let expand: [Option] =
    [
      Option(
        .format,
        value: .required("FORMAT"),
        group: .output,
        help:
          "What to write: tasks (a flat task file, the default), bash (a shell command per line) or json"
      ),
      Option(
        .output,
        short: "o",
        value: .required("FILE"),
        group: .output,
        help: "Write to FILE instead of stdout"
      ),
      Option(
        .inline,
        group: .output,
        help:
          "For people: write values in place of $DISBATCH_TASKID and the like, and the tasks of a REPEAT "
          + "as plain lines, where that provably means the same to bash"
      ),
      noCheck,
      color,
    ] + general

  /// Options of `disbatch explain`.
  static let explain: [Option] =
    [
      Option(
        .format,
        value: .required("FORMAT"),
        group: .output,
        help: "How to write it: text (the default), markdown or json (JSON Lines)"
      ),
      Option(.all, group: .output, help: "List all codes"),
      Option(.writeDocs, value: .required("FOLDER"), group: .output, help: nil),
    ] + general

  /// Options of `disbatch fmt`.
  static let fmt: [Option] =
    [
      Option(.check, group: .output, help: "Write nothing; exit with 1 when a file would change"),
      Option(.diff, group: .output, help: "Write nothing; show as a patch what would change"),
      color,
    ] + general
}
