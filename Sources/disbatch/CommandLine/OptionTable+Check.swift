extension OptionTable {
  /// Options of `disbatch check`.
  static let check: [Option] =
    [
      Option(
        .format,
        value: .required("FORMAT"),
        group: .output,
        help:
          "How findings are written: human (the default), json (JSON Lines), gcc, github or sarif"
      ),
      color,
      Option(
        .maxErrors,
        value: .required("N"),
        group: .output,
        help: "Show at most N findings of a file, errors first (default: no limit)"
      ),
      Option(
        .fix,
        group: .output,
        help: "Fix in place what can be fixed without a change of meaning"
      ),
      Option(
        .unsafeFixes,
        group: .output,
        help: "With --fix or --diff, also change the meaning to what was evidently intended"
      ),
      Option(.diff, group: .output, help: "Show as a patch what --fix would change"),
      Option(
        .deny,
        value: .required("CODE"),
        group: .levels,
        help: "Report CODE (or a family such as DB1, or all, or warnings) as an error"
      ),
      Option(.warn, value: .required("CODE"), group: .levels, help: "Report CODE as a warning"),
      Option(
        .allow,
        value: .required("CODE"),
        group: .levels,
        help: "Do not report CODE; of --deny, --warn and --allow the last one wins"
      ),
      Option(
        .shellcheck,
        value: .joined("PATH"),
        group: .levels,
        help: "Also run shellcheck on every distinct command"
      ),
      Option(
        .checkPaths,
        group: .levels,
        help: "Also check that the folders that tasks write to exist (DB507)"
      ),
      Option(
        .config,
        value: .required("FILE"),
        group: .levels,
        help: "Take settings from FILE (default: the nearest .disbatchrc, else the user's)"
      ),
      Option(.noConfig, group: .levels, help: "Ignore settings files"),
    ] + general
}
