import FoundationEssentials

/// The reader of SARIF logs from PyPI, if it is on this machine; `scripts/test` sees to it.
package enum SARIFTools {
  /// A Python that has sarif-tools.
  package static let python = ProcessInfo.processInfo.environment["TASKTEST_SARIF"]

  /// Whether logs can be read with it.
  package static var isHere: Bool { python != nil }

  /// Runs it with a command line.
  package static func run(_ arguments: String...) throws -> ProgramOutcome {
    try Program(python ?? "python3", ["-I", "-m", "sarif"] + arguments).run()
  }
}
