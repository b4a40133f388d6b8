import TaskRuntime

extension ParsedArguments {
  /// The task files named; standard input where none is and something may come from there.
  func files() throws(UsageError) -> [String] {
    if !operands.isEmpty { return operands }
    if !Terminal.isTerminal(0) { return ["-"] }
    throw UsageError("no task file named; '-' is standard input")
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
