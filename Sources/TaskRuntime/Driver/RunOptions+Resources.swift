extension RunOptions {
  /// Makes sure that each slot has its item of each variable.
  ///
  /// - Parameters:
  ///   - slots: How many there are.
  ///   - environment: Looks a variable up.
  /// - Throws: `RunError` that names the variable, what it has and what is needed.
  func checkResources(
    slots: Int,
    environment: (String) -> String?
  ) throws(RunError) {
    for name in resources {
      let variable = ResourceVariable(name, value: environment(name))
      guard variable.items.count < slots else { continue }
      let found = variable.items.isEmpty ? "is not set" : "has \(variable.items.count) items"
      throw RunError.usage(
        "-E \(name): the variable \(found), but there are \(slots) slots; "
          + "give it an item for each, between commas, or lower the number of slots"
      )
    }
  }

  /// Makes sure that the log that was asked for can be written.
  ///
  /// - Throws: `RunError` with its path and why not.
  func checkLog() throws(RunError) {
    guard let path = logPath else { return }
    do {
      _ = try FileDescriptor(opening: path, for: .appending)
    } catch {
      throw RunError.usage("cannot write the log \(path): \(error.text)")
    }
  }
}
