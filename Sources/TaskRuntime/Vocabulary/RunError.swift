/// Why a run cannot begin.
package struct RunError: Error, Hashable, Sendable {
  /// What to tell the user, in one line without an end; names in it may hold anything, line ends too.
  package var message: String
  /// Further lines about it, each without an end, as what was found and what can be done.
  package var details: [String]
  /// The exit status that goes with it.
  package var exitCode: Int32

  /// Makes an error.
  package init(_ message: String, details: [String] = [], exitCode: Int32) {
    self.message = message
    self.details = details
    self.exitCode = exitCode
  }

  /// Wrong use, a file that cannot be read, a prefix that is taken.
  package static func usage(_ message: String) -> RunError { RunError(message, exitCode: 2) }

  /// The host does not give what a run needs.
  package static func host(_ what: String, _ reason: Errno) -> RunError {
    RunError("\(what): \(reason.advice)", exitCode: 1)
  }

  /// A file that a run needs beside its prefix cannot be made or renamed.
  ///
  /// Whatever the reason, another place is a way out.
  package static func place(_ what: String, _ reason: Errno) -> RunError {
    place(what, because: reason.advice)
  }

  /// A file of the run's own cannot be written, as something else has its name.
  package static func place(_ what: String, _ fault: OwnFile.Fault) -> RunError {
    place(what, because: fault.text)
  }

  private static func place(_ what: String, because reason: String) -> RunError {
    usage("\(what): \(reason); -p PATH has the run's files elsewhere")
  }
}
