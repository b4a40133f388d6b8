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

  /// Opens the log that was asked for.
  ///
  /// - Parameter rehearsing: Whether it is only looked whether it could be.
  /// - Returns: the log; `nil` where none was named, and in a rehearsal.
  /// - Throws: `RunError` with its path and why it cannot be written.
  func openLog(rehearsing: Bool) throws(RunError) -> LogSink? {
    guard let path = logPath else { return nil }
    do throws(Errno) {
      if rehearsing {
        try FileSystem.checkWritable(file: path)
        return nil
      }
      return LogSink(path: path, try FileDescriptor(opening: path, for: .appendingAtOnce))
    } catch .noReader {
      throw RunError.usage("cannot write the log \(path): it is a named pipe that nobody reads")
    } catch {
      throw RunError.usage("cannot write the log \(path): \(error.text)")
    }
  }
}
