import TaskRuntime

extension ParsedArguments {
  /// The task files named; standard input where none is and something may come from there.
  func files() throws(UsageError) -> [String] {
    if !operands.isEmpty { return operands }
    if !Terminal.isTerminal(0) { return ["-"] }
    throw UsageError("no task file named; '-' is standard input")
  }

  /// The value given last, as a path.
  func path(_ name: OptionName) throws(UsageError) -> String? {
    guard let path = value(name) else { return nil }
    if path.isEmpty { throw UsageError("\(name) needs a path, not an empty word") }
    return path
  }

  /// Where a run's tasks come from: the one file named, or the lines that `--task` gives.
  func input() throws(UsageError) -> RunOptions.Input {
    let lines = values(.task)
    guard lines.isEmpty else {
      if let file = operands.first {
        throw UsageError("--task LINE stands in place of a task file, but '\(file)' is named too")
      }
      if lines.contains(where: { $0.utf8.contains { [0x0A, 0x0D].contains($0) } }) {
        throw UsageError("--task takes one line of a task file; repeat it for several")
      }
      return .lines(lines)
    }
    guard let file = operands.first else {
      throw UsageError("no task file named; '-' is standard input, and --task LINE needs none")
    }
    if operands.count > 1 {
      throw UsageError(
        "one task file at a time, but these are named: "
          + operands.map { "'\($0)'" }.joined(separator: ", ")
      )
    }
    return file == "-" ? .standardInput : .file(file)
  }

  /// The one task file named.
  func file() throws(UsageError) -> String {
    if operands.count > 1 {
      throw UsageError(
        "one task file at a time, but \(operands.count) are named: "
          + operands.map { "'\($0)'" }.joined(separator: ", ")
      )
    }
    return try files()[0]
  }
}
