extension Tables {
  /// Options of `disbatch check`.
  static let check: [Option] =
    [
      Option(
        "format",
        nil,
        .required("FORMAT"),
        .output,
        "How findings are written: human (the default), json (JSON Lines), gcc, github or sarif"
      ),
      color,
      Option(
        "max-errors",
        nil,
        .required("N"),
        .output,
        "Show at most N findings of a file, errors first (default: no limit)"
      ),
      Option(
        "fix",
        nil,
        .none,
        .output,
        "Mend in place what can be mended without a change of meaning"
      ),
      Option(
        "unsafe-fixes",
        nil,
        .none,
        .output,
        "With --fix or --diff, also mend to what was evidently meant"
      ),
      Option("diff", nil, .none, .output, "Show as a patch what --fix would mend"),
      Option(
        "deny",
        nil,
        .required("CODE"),
        .levels,
        "Report CODE (or a family as DB1, or all, or warnings) as an error"
      ),
      Option("warn", nil, .required("CODE"), .levels, "Report CODE as a warning"),
      Option(
        "allow",
        nil,
        .required("CODE"),
        .levels,
        "Do not report CODE; the last one said wins"
      ),
      Option(
        "shellcheck",
        nil,
        .joined("PATH"),
        .levels,
        "Also ask the program shellcheck about every distinct command"
      ),
      Option(
        "check-paths",
        nil,
        .none,
        .levels,
        "Also look whether the folders that tasks write to exist (DB507)"
      ),
      Option(
        "config",
        nil,
        .required("FILE"),
        .levels,
        "Take settings from FILE (default: the nearest .disbatchrc, else the user's)"
      ),
      Option("no-config", nil, .none, .levels, "Take settings from no file"),
    ] + general
}
