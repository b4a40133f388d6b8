import Dispatch
import FoundationEssentials
import Glibc

/// A program to be run: what, with which arguments, where, and with what around it.
///
/// It is started with no signal blocked or ignored, whatever the thread of the test has, and with no
/// descriptor but the standard three.
package struct Program: Sendable {
  /// What the program finds on its standard input.
  package enum Input: Sendable {
    /// Nothing: /dev/null.
    case none
    /// These bytes and then the end.
    case bytes([UInt8])
    /// A pipe that the test writes into (`RunningProgram.write`, `closeInput`).
    case pipe
  }

  /// The absolute path of the executable.
  package var path: String
  /// Its arguments, without the name.
  package var arguments: [String]
  /// Its whole environment.
  package var environment: [String: String]
  /// Its working directory; nil for the test's own.
  package var folder: String?
  /// Its standard input.
  package var input: Input = .none

  /// A program with the test's environment, less the variables that would change what it does.
  package init(_ path: String, _ arguments: [String] = [], in folder: TemporaryFolder? = nil) {
    self.path = path
    self.arguments = arguments
    self.folder = folder?.path
    // Tests may themselves run inside a batch job or on a terminal with wishes about colour.
    environment = ProcessInfo.processInfo.environment.filter { name, _ in
      !name.hasPrefix("DISBATCH_") && !name.hasPrefix("SLURM") && !name.contains("COLOR")
    }
  }

  /// The same program with one more variable in its environment.
  package func setting(_ name: String, to value: String) -> Program {
    var changed = self
    changed.environment[name] = value
    return changed
  }

  /// The same program with these bytes as its standard input.
  package func reading(_ text: String) -> Program {
    var changed = self
    changed.input = .bytes(Array(text.utf8))
    return changed
  }

  /// Runs it to its end, or kills it at the deadline.
  package func run(seconds: Int = 120) throws -> ProgramOutcome {
    try start().wait(seconds: seconds)
  }

  /// Starts it and goes on.
  package func start() throws -> RunningProgram {
    try RunningProgram(self)
  }
}
