import TaskRuntime

extension ParsedArguments {
  /// The task files named; standard input where none is and something may come from there.
  func files() throws(UsageError) -> [String] {
    if !operands.isEmpty { return operands }
    if !Terminal.isTerminal(0) { return ["-"] }
    throw UsageError("no task file named; '-' is standard input")
  }

  /// The value given last, as a path.
  func path(_ name: String) throws(UsageError) -> String? {
    guard let path = value(name) else { return nil }
    if path.isEmpty { throw UsageError("--\(name) needs a path, not an empty word") }
    return path
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
