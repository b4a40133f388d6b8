import FoundationEssentials

/// The executable under test.
package enum Disbatch {
  /// The path of the executable: what TASKTEST_EXECUTABLE names, else the one built with the tests.
  package static let path: String = {
    if let chosen = ProcessInfo.processInfo.environment["TASKTEST_EXECUTABLE"] { return chosen }
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: "disbatch").path
  }()

  /// A command line of it, to be run in `folder`.
  package static func program(_ arguments: [String], in folder: TemporaryFolder? = nil) -> Program {
    Program(path, arguments, in: folder)
  }

  /// Runs a command line of it in `folder` and waits for the end.
  package static func run(
    _ arguments: String...,
    in folder: TemporaryFolder? = nil,
    seconds: Int = 120
  ) throws -> ProgramOutcome {
    try program(arguments, in: folder).run(seconds: seconds)
  }
}
