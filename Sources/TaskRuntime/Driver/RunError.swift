/// Why a run cannot begin.
package struct RunError: Error, Hashable, Sendable {
  /// What to tell the user; without a line end.
  package var message: String
  /// The exit status that goes with it.
  package var exitCode: Int32

  /// Makes an error.
  package init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  /// Wrong use, a file that cannot be read, a prefix that is taken.
  package static func usage(_ message: String) -> RunError { RunError(message, exitCode: 2) }

  /// The host does not give what a run needs.
  package static func host(_ what: String, _ reason: Errno) -> RunError {
    RunError("\(what): \(reason.advice)", exitCode: 1)
  }
}
